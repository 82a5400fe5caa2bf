package io.ampacity.scenario;

import io.ampacity.units.Money;
import org.jspecify.annotations.Nullable;

/**
 * Chips already owned at a site.
 *
 * @param chips count of chips, at least 1
 * @param fromPeriod first period they can be used, 0-based
 * @param untilPeriod first period they are gone again; null when beyond the horizon
 * @param monthlyBookCost depreciation and finance still to be borne for one chip, already sunk and so never a reason
 *     not to use it; null when unknown
 */
public record OwnedFleet(
        String site,
        String chip,
        int chips,
        int fromPeriod,
        @Nullable Integer untilPeriod,
        @Nullable Money monthlyBookCost) {}
