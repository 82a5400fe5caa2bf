package io.ampacity.facts.check;

import io.ampacity.documents.Place;
import org.jspecify.annotations.Nullable;

/**
 * What one line of a list says about a region's energy, before anybody has judged it.
 *
 * @param year empty when the list has none
 * @param zone the grid zone; empty when the list has none
 * @param average gCO2e/kWh that the list calls an average; null when it says nothing
 * @param basis what the list says the average counts
 * @param marginal gCO2e/kWh of the plant that answers one more kWh
 * @param unlabelled gCO2e/kWh in a column that does not say what it is, read as an average by most
 */
record IntensityRow(
        String provider,
        String region,
        String year,
        String zone,
        @Nullable Double average,
        Basis basis,
        @Nullable Double marginal,
        @Nullable Double unlabelled,
        @Nullable Double pue,
        @Nullable Double wue,
        @Nullable Double carbonFree,
        Place place) {

    /** What an average counts. */
    enum Basis {
        DIRECT,
        LIFE_CYCLE,
        UNSAID
    }

    String id() {
        return provider + ":" + region;
    }
}
