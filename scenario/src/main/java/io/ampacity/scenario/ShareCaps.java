package io.ampacity.scenario;

import org.jspecify.annotations.Nullable;

/**
 * Most that may hang on one party, as shares from 0 to 1. A null cap is none.
 *
 * @param supplierSpending most any one supplier that is not own may hold of the money spent
 */
public record ShareCaps(@Nullable Double supplierSpending) {

    public static final ShareCaps NONE = new ShareCaps(null);

    /** The same with another cap on what one supplier is paid. */
    public ShareCaps withSupplierSpending(@Nullable Double cap) {
        return new ShareCaps(cap);
    }
}
