package io.ampacity.facts;

import org.jspecify.annotations.Nullable;

/**
 * A cloud region and the grid it draws from. Average direct, average life-cycle and marginal intensities are three
 * different quantities; they are never substituted for one another.
 *
 * @param id provider and region, such as {@code aws:eu-central-1}
 * @param jurisdiction ISO 3166-1 alpha-2 country whose law applies
 * @param gridProfile the hourly profile of its grid, a {@link GridProfile} id; null when none is known
 * @param averageDirect gCO2e/kWh, yearly mean of direct emissions
 * @param averageLifeCycle gCO2e/kWh, yearly mean with fuel supply and construction
 * @param marginal gCO2e/kWh of the plant that answers one more kWh
 * @param pue power usage effectiveness, facility power over IT power, at least 1
 * @param wue water usage effectiveness in L/kWh
 * @param carbonFreeEnergy share of carbon-free energy, 0 to 1
 * @param tariffUsdPerKilowattHour electricity price for a large customer
 * @param latitude of the place it is named for, in degrees north
 * @param longitude of that place, in degrees east
 * @param egressUsdPerGigabyte price of data that leaves for the internet
 * @param transferUsdPerGigabyte price of data that leaves for another region of the provider
 */
public record Region(
        String id,
        String provider,
        String name,
        String jurisdiction,
        @Nullable String gridProfile,
        @Nullable Figure averageDirect,
        @Nullable Figure averageLifeCycle,
        @Nullable Figure marginal,
        @Nullable Figure pue,
        @Nullable Figure wue,
        @Nullable Figure carbonFreeEnergy,
        @Nullable Figure tariffUsdPerKilowattHour,
        @Nullable Figure latitude,
        @Nullable Figure longitude,
        @Nullable Figure egressUsdPerGigabyte,
        @Nullable Figure transferUsdPerGigabyte,
        @Nullable String note) {

    /** A region of which neither place nor network is known. */
    public Region(
            String id,
            String provider,
            String name,
            String jurisdiction,
            @Nullable String gridProfile,
            @Nullable Figure averageDirect,
            @Nullable Figure averageLifeCycle,
            @Nullable Figure marginal,
            @Nullable Figure pue,
            @Nullable Figure wue,
            @Nullable Figure carbonFreeEnergy,
            @Nullable Figure tariffUsdPerKilowattHour,
            @Nullable String note) {
        this(
                id,
                provider,
                name,
                jurisdiction,
                gridProfile,
                averageDirect,
                averageLifeCycle,
                marginal,
                pue,
                wue,
                carbonFreeEnergy,
                tariffUsdPerKilowattHour,
                null,
                null,
                null,
                null,
                note);
    }

    /** Where it stands; null when that is unknown. */
    public @Nullable Coordinates coordinates() {
        return latitude == null || longitude == null ? null : new Coordinates(latitude.value(), longitude.value());
    }
}
