package io.ampacity.gateway.protocol;

/** A request that no upstream is asked about. Carries no stack, since it is thrown for what strangers send. */
public final class BadRequest extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public BadRequest(String message) {
        super(message, null, false, false);
    }
}
