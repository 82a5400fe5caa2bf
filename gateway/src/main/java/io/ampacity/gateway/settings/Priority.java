package io.ampacity.gateway.settings;

/** How urgent a request is when not all can be served. */
public enum Priority {
    HIGH,
    NORMAL,
    LOW;

    /** The less urgent of two. */
    public Priority lower(Priority other) {
        return compareTo(other) >= 0 ? this : other;
    }
}
