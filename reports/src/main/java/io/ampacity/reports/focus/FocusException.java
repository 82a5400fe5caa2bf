package io.ampacity.reports.focus;

/** A bill that cannot be read. Its message says what, where and what may help. */
public final class FocusException extends RuntimeException {

    private static final long serialVersionUID = 1;

    FocusException(String message) {
        super(message);
    }
}
