package io.ampacity.planner.solver;

/**
 * Solves linear models. The same model and options give the same answer, unless the time limit cuts the search short.
 * Implementations check every answer with a {@link Certificate} before they return it.
 */
public interface Solver {

    /**
     * Finds the best whole-numbered answer.
     *
     * @throws SolverException when the answer fails its certificate, or the solver fails
     */
    MixedIntegerSolution solve(LinearModel model, SolveOptions options);

    /**
     * Solves a model without integers, with duals; undecided when time runs out.
     *
     * @throws SolverException when the answer fails its certificate, or the solver fails
     * @throws IllegalArgumentException when the model has integers; see {@link LinearModel#relaxed}
     */
    LinearSolution solveLinear(LinearModel model, Deadline deadline);

    /** The same, however long it takes. */
    default LinearSolution solveLinear(LinearModel model) {
        return solveLinear(model, Deadline.in(Double.POSITIVE_INFINITY));
    }

    /** Takes a model without integers in, to be changed and solved again and again. */
    Standing standing(LinearModel model);
}
