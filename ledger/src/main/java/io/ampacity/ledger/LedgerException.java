package io.ampacity.ledger;

import org.jspecify.annotations.Nullable;

/** A ledger that cannot be used now. */
public final class LedgerException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public LedgerException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
