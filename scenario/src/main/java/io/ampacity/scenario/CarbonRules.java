package io.ampacity.scenario;

import io.ampacity.units.Carbon;
import io.ampacity.units.CarbonPrice;
import org.jspecify.annotations.Nullable;

/**
 * Limits on greenhouse gas and its price. A null limit is no limit.
 *
 * @param perPeriod most in any period
 * @param total most over the horizon
 * @param price added to the cost that is minimised, and reported apart from it
 * @param basis which intensity is counted
 */
public record CarbonRules(
        @Nullable Carbon perPeriod,
        @Nullable Carbon total,
        @Nullable CarbonPrice price,
        Policy.CarbonBasis basis) {

    /** Neither limit nor price, on the average direct intensity. */
    public static final CarbonRules NONE = new CarbonRules(null, null, null, Policy.CarbonBasis.AVERAGE_DIRECT);

    /** The same with other limits. */
    public CarbonRules within(@Nullable Carbon eachPeriod, @Nullable Carbon overall) {
        return new CarbonRules(eachPeriod, overall, price, basis);
    }

    /** The same with another price. */
    public CarbonRules priced(@Nullable CarbonPrice other) {
        return new CarbonRules(perPeriod, total, other, basis);
    }
}
