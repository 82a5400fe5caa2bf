package io.ampacity.physics.measurement;

/** A measurement file that cannot be understood: what, where, and what to do. */
public final class MeasurementException extends RuntimeException {

    private static final long serialVersionUID = 2;

    private final String problem;
    private final String advice;

    /** @param advice one sentence that follows "Maybe" */
    public MeasurementException(String problem, String advice) {
        super(problem + ". Maybe " + advice);
        this.problem = problem;
        this.advice = advice;
    }

    public String problem() {
        return problem;
    }

    public String advice() {
        return advice;
    }
}
