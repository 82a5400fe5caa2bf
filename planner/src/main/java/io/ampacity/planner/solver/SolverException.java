package io.ampacity.planner.solver;

/** The solver could not be used, or gave an answer that fails its own proof. */
public final class SolverException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public SolverException(String message) {
        super(message);
    }

    public SolverException(String message, Throwable cause) {
        super(message, cause);
    }
}
