package io.ampacity.planner.solver;

/**
 * What a linear search found.
 *
 * @param outcome optimal, infeasible or unbounded
 * @param objective of the answer; NaN when there is none
 * @param values by variable
 * @param duals by row: what the objective gains per unit by which the row's binding bound moves up
 * @param reducedCosts by variable: the same for its binding bound
 */
@SuppressWarnings("ArrayRecordComponent") // vectors handed over once, never compared
public record LinearSolution(
        Outcome outcome, double objective, double[] values, double[] duals, double[] reducedCosts) {

    public double dual(Row row) {
        return duals[row.index()];
    }

    public double reducedCost(Variable variable) {
        return reducedCosts[variable.index()];
    }
}
