/**
 * Published figures that ought to fit together, and whether they do.
 *
 * <p>A document states {@link io.ampacity.planner.claims.Figure}s, each with the range in which it may lie, and {@link
 * io.ampacity.planner.claims.Relation}s between them, which are products: <i>chips a year = queries a year × cost of a
 * query × part of it that is chips</i>. The logarithm of a product is a sum, so the question whether any choice inside
 * the ranges meets all relations is a linear programme, and so are these:
 *
 * <ul>
 *   <li>the nearest choice: the least sum of |ln(x / likely)| / half width of its range. A sum of absolute values moves
 *       few figures far rather than all a little, so it says <em>what</em> has to give;
 *   <li>what the others leave of each range: the least and the most x that some choice of all others allows;
 *   <li>when nothing fits: the least stretch of ranges that would, and for each figure alone the value that would.
 * </ul>
 *
 * <p>Goal programming with absolute deviations: Charnes, Cooper and Ferguson, Management Science 1 (1955).
 */
@NullMarked
package io.ampacity.planner.claims;

import org.jspecify.annotations.NullMarked;
