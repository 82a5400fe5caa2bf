package io.ampacity.gateway;

/** A request that the gateway itself refuses. Carries no stack, since it is thrown for what strangers send. */
final class Refusal extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final int status;
    private final String type;
    private final String code;
    private final double retryAfterSeconds;
    private String key = "";

    Refusal(int status, String type, String code, String message, double retryAfterSeconds) {
        super(message, null, false, false);
        this.status = status;
        this.type = type;
        this.code = code;
        this.retryAfterSeconds = retryAfterSeconds;
    }

    /** The same, of somebody who showed a key that is known. */
    Refusal of(String name) {
        key = name;
        return this;
    }

    /** Name of the key that was shown; empty when none was believed. */
    String key() {
        return key;
    }

    int status() {
        return status;
    }

    String type() {
        return type;
    }

    String code() {
        return code;
    }

    /** Below 0 when coming again is no use. */
    double retryAfterSeconds() {
        return retryAfterSeconds;
    }
}
