package io.ampacity.planner.solver;

/**
 * A linear model that stays in the solver: its bounds change, rows are added, and each solution starts from the last one.
 * Confined to the thread that made it.
 */
public interface Standing extends AutoCloseable {

    /** Replaces the bounds of rows, named by their indices in ascending order. */
    void boundRows(int[] rows, double[] lower, double[] upper);

    /** Adds a row at the end. */
    void addRow(double lower, double upper, int[] variables, double[] coefficients);

    /**
     * Solves as it stands; undecided, without vectors, when time runs out. Not certified: whoever uses the duals for a bound
     * reckons the bound from them.
     *
     * @throws SolverException when there is no answer
     */
    LinearSolution solve(Deadline deadline);

    @Override
    void close();
}
