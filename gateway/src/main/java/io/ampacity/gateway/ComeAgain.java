package io.ampacity.gateway;

/** It is being asked whether a request may pass: whoever wants to know looks again in a moment. */
final class ComeAgain extends RuntimeException {

    private static final long serialVersionUID = 1L;

    ComeAgain() {
        super("it is being asked", null, false, false);
    }
}
