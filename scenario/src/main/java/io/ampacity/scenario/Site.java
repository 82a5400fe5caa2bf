package io.ampacity.scenario;

import io.ampacity.units.CarbonIntensity;
import io.ampacity.units.EnergyPrice;
import io.ampacity.units.HourlyPrice;
import io.ampacity.units.Power;
import io.ampacity.units.TimeSpan;
import io.ampacity.units.WaterIntensity;
import org.jspecify.annotations.Nullable;

/**
 * A place where chips run. A null figure is unknown, which is neither zero nor unlimited; results say what could not be
 * counted for want of it.
 *
 * @param supplier id of the {@link Supplier} that operates it; own sites are operated by a supplier of kind own
 * @param region catalogue region it stands in, which gives grid and PUE unless the scenario states its own; null for
 *     a site outside the catalogue
 * @param jurisdiction ISO 3166-1 alpha-2 country
 * @param power most facility power the site may draw; null where the operator bears that limit (cloud regions)
 * @param pue power usage effectiveness, at least 1
 * @param tariff electricity price paid; null where it is inside the rent
 * @param carbonIntensity of the grid on the basis the policy names
 * @param gridProfile id of an hourly profile; null when unknown
 * @param roundTrip network round trip from the users it is near to
 * @param spacePerChip rent of space, staff and repair for one own chip; null when unknown
 */
public record Site(
        String id,
        Kind kind,
        String supplier,
        @Nullable String region,
        String jurisdiction,
        @Nullable Power power,
        double pue,
        @Nullable EnergyPrice tariff,
        @Nullable CarbonIntensity carbonIntensity,
        @Nullable WaterIntensity waterIntensity,
        @Nullable String gridProfile,
        TimeSpan roundTrip,
        @Nullable HourlyPrice spacePerChip) {

    /** The same with another power envelope. */
    public Site withPower(@Nullable Power other) {
        return new Site(
                id,
                kind,
                supplier,
                region,
                jurisdiction,
                other,
                pue,
                tariff,
                carbonIntensity,
                waterIntensity,
                gridProfile,
                roundTrip,
                spacePerChip);
    }

    public enum Kind {
        CLOUD_REGION,
        DATA_CENTRE,
        EDGE
    }
}
