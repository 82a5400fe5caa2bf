package io.ampacity.planner.solver;

/**
 * What a mixed-integer search found.
 *
 * @param objective of the answer; NaN when there is none
 * @param bound proven: no answer is below it
 * @param values by variable, whole where they must be; empty when there is no answer
 */
@SuppressWarnings("ArrayRecordComponent") // a vector handed over once, never compared
public record MixedIntegerSolution(Outcome outcome, double objective, double bound, double[] values) {

    /** Whether there is an answer. */
    public boolean hasValues() {
        return outcome == Outcome.OPTIMAL || outcome == Outcome.FEASIBLE;
    }

    /** (objective − bound) / |objective|, never below 0; 0 when both are zero. */
    public double gap() {
        double difference = Math.max(0, objective - bound);
        return difference == 0 ? 0 : difference / Math.max(1e-12, Math.abs(objective));
    }
}
