package io.ampacity.planner;

import io.ampacity.planner.coefficients.Assumptions;
import io.ampacity.planner.solver.SolveOptions.Progress;
import org.jspecify.annotations.Nullable;

/**
 * How to plan.
 *
 * @param relativeGap good enough when this close to the proven bound, such as 0.001
 * @param timeLimitSeconds for the search; the best plan so far is given when it ends
 * @param assumptions what no scenario states
 * @param progress told as the search goes on; null for nobody
 */
public record PlannerOptions(
        double relativeGap,
        double timeLimitSeconds,
        Assumptions assumptions,
        @Nullable Progress progress) {

    /** Within one per cent of the best, at most a minute. */
    public static PlannerOptions usual() {
        return new PlannerOptions(0.01, 60, Assumptions.usual(), null);
    }

    /** The proven best, however long it takes. */
    public static PlannerOptions exact() {
        return new PlannerOptions(0, Double.POSITIVE_INFINITY, Assumptions.usual(), null);
    }

    public PlannerOptions withAssumptions(Assumptions others) {
        return new PlannerOptions(relativeGap, timeLimitSeconds, others, progress);
    }

    /** The same with another time limit. */
    public PlannerOptions within(double seconds) {
        return new PlannerOptions(relativeGap, seconds, assumptions, progress);
    }

    public PlannerOptions withProgress(@Nullable Progress listener) {
        return new PlannerOptions(relativeGap, timeLimitSeconds, assumptions, listener);
    }
}
