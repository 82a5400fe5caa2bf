package io.ampacity.reports.focus;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A charge: values by column; a column without a value is null in the sense of the specification. Immutable. */
public final class FocusRow {

    private final Map<FocusColumn, String> values;

    private FocusRow(Map<FocusColumn, String> values) {
        this.values = values;
    }

    /** What a column holds, or null. */
    public @Nullable String value(FocusColumn column) {
        return values.get(column);
    }

    /** A number; null where there is none. */
    public @Nullable BigDecimal decimal(FocusColumn column) {
        String value = values.get(column);
        return value == null ? null : new BigDecimal(value);
    }

    /** Gathers a row. */
    static final class Draft {

        private final Map<FocusColumn, String> values = new EnumMap<>(FocusColumn.class);

        Draft set(FocusColumn column, @Nullable String value) {
            if (value == null || value.isEmpty()) {
                values.remove(column);
            } else {
                values.put(column, value);
            }
            return this;
        }

        Draft set(FocusColumn column, BigDecimal value) {
            return set(column, plain(value));
        }

        /** Quantity, unit price and the cost that is exactly their product. */
        Draft priced(FocusColumn unitPrice, FocusColumn cost, BigDecimal price, BigDecimal quantity) {
            return set(unitPrice, price).set(cost, price.multiply(quantity));
        }

        /** A copy to go on from. */
        Draft copy() {
            Draft copy = new Draft();
            copy.values.putAll(values);
            return copy;
        }

        FocusRow done() {
            return new FocusRow(new EnumMap<>(values));
        }
    }

    /** A number as a decimal of up to sixteen digits. */
    static BigDecimal decimal(double value) {
        return new BigDecimal(value).round(MathContext.DECIMAL64);
    }

    private static String plain(BigDecimal value) {
        return value.signum() == 0 ? "0" : value.stripTrailingZeros().toPlainString();
    }
}
