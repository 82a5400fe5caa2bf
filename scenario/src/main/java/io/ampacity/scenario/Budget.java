package io.ampacity.scenario;

import io.ampacity.units.Money;
import org.jspecify.annotations.Nullable;

/**
 * Most money of one kind that may be spent, undiscounted. A null limit is no limit.
 *
 * @param perPeriod in any period
 * @param total over the horizon
 */
public record Budget(@Nullable Money perPeriod, @Nullable Money total) {

    public static final Budget UNLIMITED = new Budget(null, null);

    public boolean isUnlimited() {
        return perPeriod == null && total == null;
    }

    /** The same with every limit multiplied by a factor. */
    public Budget times(double factor) {
        return new Budget(
                perPeriod == null ? null : new Money(perPeriod.usd() * factor),
                total == null ? null : new Money(total.usd() * factor));
    }
}
