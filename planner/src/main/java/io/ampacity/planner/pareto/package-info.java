/**
 * What cost is exchanged for: fronts of plans from the cheapest to the best in one other respect.
 *
 * <p>The ends are found by themselves: the cheapest plan, and the plan that is best in the other respect at whatever cost. Plans
 * between are the cheapest under a limit on that respect, the limit tightened step by step (the ε-constraint method of
 * Haimes, Lasdon and Wismer 1971, which unlike weighted sums also finds plans off the convex hull). Of plans of one cost the
 * one best in the other respect is kept by a second search under that cost, so that no point is dominated.
 *
 * <p>The largest share of spending is a ratio, paid(s) / spent. Its least is found by Dinkelbach's method (1967, for several
 * ratios Crouzeix, Ferland and Schaible 1985): minimise max over s of paid(s) − λ · spent, set λ to the share reached, repeat
 * until it falls no more.
 */
@NullMarked
package io.ampacity.planner.pareto;

import org.jspecify.annotations.NullMarked;
