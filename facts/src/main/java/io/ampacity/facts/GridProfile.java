package io.ampacity.facts;

import org.jspecify.annotations.Nullable;

/**
 * How carbon intensity and energy price of a grid vary over the year and the day.
 *
 * @param id name of the grid zone, such as {@code DE-LU}
 * @param carbonDirect gCO2e/kWh, direct emissions; null when unknown
 * @param price USD/kWh, wholesale; null when unknown
 */
public record GridProfile(
        String id,
        String name,
        @Nullable MonthHourTable carbonDirect,
        @Nullable MonthHourTable price,
        String source,
        String asOf,
        @Nullable String note) {}
