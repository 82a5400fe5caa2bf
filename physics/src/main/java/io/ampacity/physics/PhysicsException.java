package io.ampacity.physics;

/** A question that physics cannot answer from the facts given, such as a chip without known bandwidth. */
public final class PhysicsException extends RuntimeException {

    private static final long serialVersionUID = 1;

    /** @param advice one sentence that follows "Maybe" */
    public PhysicsException(String problem, String advice) {
        super(problem + ". Maybe " + advice);
    }
}
