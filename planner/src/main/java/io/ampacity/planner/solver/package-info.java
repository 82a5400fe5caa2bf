/**
 * A thin layer of our own over a mixed-integer solver: variables, rows, a sum to minimise, and proof of the answer.
 *
 * <p>The model is
 *
 * <pre>
 *   minimise   c·x + offset
 *   such that  rowLower ≤ A·x ≤ rowUpper
 *              lower ≤ x ≤ upper,  x_j whole for some j
 * </pre>
 *
 * <p>A solver's word is never taken on trust. {@link io.ampacity.planner.solver.Certificate} recomputes, from the model
 * and the returned vectors alone, what makes an answer an answer:
 *
 * <table>
 *   <caption>What is checked</caption>
 *   <tr><th>symbol</th><th>meaning</th><th>check</th></tr>
 *   <tr><td>x</td><td>values</td><td>within bounds, rows and integrality</td></tr>
 *   <tr><td>c·x</td><td>objective</td><td>equals the reported one</td></tr>
 *   <tr><td>z</td><td>proven bound (mixed-integer)</td><td>z ≤ c·x</td></tr>
 *   <tr><td>y, d</td><td>row duals, reduced costs (linear)</td><td>c − Aᵀy = d, signs fit the bounds</td></tr>
 *   <tr><td>b·y + l·d⁺ + u·d⁻</td><td>dual objective (linear)</td><td>equals c·x: strong duality</td></tr>
 * </table>
 */
@NullMarked
package io.ampacity.planner.solver;

import org.jspecify.annotations.NullMarked;
