/**
 * Traces that are made rather than recorded: a model of one, its synthesis and its fitting.
 *
 * <h2>Arrivals</h2>
 *
 * <p>A session (a lone request is a session of one turn) begins at the points of a renewal process on operational time
 * &tau;: gaps are independent with mean 1 and coefficient of variation {@code c} ({@code gapVariation}), gamma with shape
 * 1/c&sup2; or Weibull. Clock time follows from &tau; = &int; r(t) dt, where r is the mean rate times a step function
 * that repeats ({@code shape}, hours of a day or a week, or minutes of an hour). So bursts keep their texture while the
 * rate changes, and c = 1 is a Poisson process, whatever the shape. Over long windows the index of dispersion of counts
 * tends to c&sup2; [1]. A log that stamps requests in rounds is told by {@code batchSeconds}.
 *
 * <h2>Lengths</h2>
 *
 * <p>Prompt and output lengths have any marginal distribution, joined by a Gaussian copula: with Spearman's rank
 * correlation &rho; the normal correlation is 2 sin(&pi;&rho;/6) [2].
 *
 * <h2>Sessions</h2>
 *
 * <p>The number of turns is geometric. The prompt of a later turn is the prompt and the answer before it and then new
 * tokens, so that it shares all full blocks of the prompt before. All sessions may begin with the same tokens.
 *
 * <h2>Chance</h2>
 *
 * <p>All draws come from the 64-bit outputs of {@code L64X128MixRandom} (LXM family [3]), turned into numbers by the
 * methods of {@link io.ampacity.traces.model.Chance} with {@code exp} and {@code log} of
 * {@link java.lang.StrictMath} (its {@code pow} allocates); a seed therefore gives the same
 * trace on every machine and Java version.
 *
 * <ol>
 *   <li>D. R. Cox, P. A. W. Lewis: The Statistical Analysis of Series of Events, 1966, chapter 4.
 *   <li>H. Hotelling, M. R. Pabst: Rank correlation and tests of significance, Ann. Math. Stat. 7, 1936.
 *   <li>G. L. Steele, S. Vigna: LXM: Better splittable pseudorandom number generators, OOPSLA 2021.
 * </ol>
 */
@NullMarked
package io.ampacity.traces.model;

import org.jspecify.annotations.NullMarked;
