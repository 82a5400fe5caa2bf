package io.ampacity.planner.coefficients;

/** The scenario lacks something without which one of its limits or costs cannot be built. */
public final class PlannerException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** Says what, where (dotted path) and, after "Maybe", what to do. */
    public PlannerException(String message) {
        super(message);
    }
}
