package io.ampacity.gateway.translation;

/** An answer that is not in the protocol that its upstream speaks. Carries no stack. */
public final class MalformedAnswer extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public MalformedAnswer(String message) {
        super(message, null, false, false);
    }
}
