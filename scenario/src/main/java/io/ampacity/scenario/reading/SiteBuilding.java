package io.ampacity.scenario.reading;

import io.ampacity.documents.schema.Form;
import io.ampacity.documents.schema.SchemaReading;
import io.ampacity.documents.schema.Word;
import io.ampacity.facts.Catalogue;
import io.ampacity.facts.Figure;
import io.ampacity.facts.GridProfile;
import io.ampacity.facts.MonthHourTable;
import io.ampacity.facts.Region;
import io.ampacity.scenario.Policy;
import io.ampacity.scenario.Site;
import io.ampacity.units.CarbonIntensity;
import io.ampacity.units.EnergyPrice;
import io.ampacity.units.HourlyPrice;
import io.ampacity.units.Power;
import io.ampacity.units.TimeSpan;
import io.ampacity.units.WaterIntensity;
import org.jspecify.annotations.Nullable;

/**
 * Makes a {@link Site} of what the document states and what the catalogue knows of its region.
 *
 * @param basis the carbon intensity that the policy counts
 * @param carbonIsLimited whether the policy limits carbon, so that an unknown intensity makes the limit unprovable
 */
record SiteBuilding(Catalogue catalogue, SchemaReading reading, Policy.CarbonBasis basis, boolean carbonIsLimited) {

    /** Mean PUE of data centres worldwide, Uptime Institute Global Data Center Survey 2024. */
    private static final double SURVEY_PUE = 1.56;

    /**
     * @param key the catalogue region that the site is, null when it is none
     * @param lister the supplier that lists that region, null when none does
     * @return null, with the reason noted, when there is too little to make a site
     */
    @Nullable Site site(String id, Form form, @Nullable Region key, @Nullable String lister) {
        int errorsBefore = reading.errors();
        String named = form.valueOrNull(SiteTable.REGION);
        Region region = named == null ? key : catalogue.regions().get(named);
        Site.Kind stated = form.valueOrNull(SiteTable.KIND);
        Site.Kind kind = stated != null ? stated : key != null ? Site.Kind.CLOUD_REGION : Site.Kind.DATA_CENTRE;
        String supplier = supplier(id, form, key, lister);
        if (reading.errors() > errorsBefore) {
            return null;
        }
        boolean own = supplier.equals(Names.OWN);
        if (own && kind == Site.Kind.CLOUD_REGION) {
            reading.error(
                    form.place(),
                    id,
                    "the cloud region \"" + id + "\" names no supplier that operates it",
                    "add supplier: with a key of suppliers, or kind: data-centre");
        }
        if (!own && form.states(SiteTable.BUY)) {
            reading.error(
                    form.place(SiteTable.BUY),
                    null,
                    "chips are bought for own sites only, and \"" + id + "\" is operated by " + supplier,
                    "remove buy");
        }
        String jurisdiction = jurisdiction(id, form, region);
        Double power = form.valueOrNull(SiteTable.POWER);
        if (own && power == null && form.states(SiteTable.EXPANSIONS)) {
            power = 0.0;
        }
        if (!own && form.states(SiteTable.EXPANSIONS)) {
            reading.error(
                    form.place(SiteTable.EXPANSIONS),
                    null,
                    "own sites are expanded, and \"" + id + "\" is operated by " + supplier,
                    "remove expansions");
        }
        if (own && power == null) {
            reading.error(
                    form.place(SiteTable.POWER),
                    null,
                    "the own site \"" + id + "\" states no power, and unknown is not unlimited",
                    "add power: 1.2 MW");
        }
        if (jurisdiction == null || reading.errors() > errorsBefore) {
            return null;
        }
        String grid = grid(form, region);
        Double water = form.valueOrNull(SiteTable.WATER_INTENSITY);
        Double waterKnown = water != null ? water : value(region == null ? null : region.wue());
        Double roundTrip = form.valueOrNull(SiteTable.ROUND_TRIP);
        Double space = form.valueOrNull(SiteTable.SPACE);
        Double tariff = tariff(id, form, region, own);
        Double carbon = carbon(id, form, region, grid);
        return new Site(
                id,
                kind,
                supplier,
                region == null ? null : region.id(),
                jurisdiction,
                power == null ? null : new Power(power),
                pue(id, form, region),
                tariff == null ? null : new EnergyPrice(tariff),
                carbon == null ? null : new CarbonIntensity(carbon),
                waterKnown == null ? null : new WaterIntensity(waterKnown),
                grid,
                new TimeSpan(roundTrip != null ? roundTrip : usualRoundTripSeconds(kind)),
                space == null ? null : new HourlyPrice(space));
    }

    private String supplier(String id, Form form, @Nullable Region key, @Nullable String lister) {
        String stated = form.valueOrNull(SiteTable.SUPPLIER);
        if (key != null && lister == null) {
            reading.error(
                    form.place(),
                    id,
                    "\"" + id + "\" is a cloud region that no supplier lists",
                    "add it to suppliers." + key.provider() + ".regions, or choose another name for the site");
        } else if (lister != null && stated != null && !stated.equals(lister)) {
            reading.error(
                    form.place(SiteTable.SUPPLIER),
                    stated,
                    "\"" + id + "\" is listed by supplier " + lister + ", not by " + stated,
                    "remove this key");
        }
        return stated != null ? stated : lister != null ? lister : Names.OWN;
    }

    private @Nullable String jurisdiction(String id, Form form, @Nullable Region region) {
        String stated = form.valueOrNull(SiteTable.JURISDICTION);
        if (stated == null && region == null) {
            reading.error(
                    form.place(SiteTable.JURISDICTION),
                    null,
                    "the site \"" + id + "\" states neither its country nor a region that has one",
                    "add jurisdiction: DE");
        }
        if ("EU".equals(stated) || "EEA".equals(stated)) {
            reading.error(
                    form.place(SiteTable.JURISDICTION),
                    stated,
                    "\"" + stated + "\" is not one country",
                    "write the country the site stands in, such as DE");
        }
        return stated != null ? stated : region == null ? null : region.jurisdiction();
    }

    private double pue(String id, Form form, @Nullable Region region) {
        Double stated = form.valueOrNull(SiteTable.PUE);
        Double known = stated != null ? stated : value(region == null ? null : region.pue());
        if (known == null) {
            reading.warning(
                    form.place(SiteTable.PUE),
                    null,
                    "the PUE of \"" + id + "\" is unknown; the mean of the Uptime Institute's 2024 survey, "
                            + SURVEY_PUE + ", is counted",
                    "add pue: 1.25");
            return SURVEY_PUE;
        }
        return known;
    }

    private @Nullable Double tariff(String id, Form form, @Nullable Region region, boolean own) {
        Double stated = form.valueOrNull(SiteTable.TARIFF);
        if (stated != null || !own) {
            return stated;
        }
        Double known = value(region == null ? null : region.tariffUsdPerKilowattHour());
        if (known == null) {
            reading.warning(
                    form.place(SiteTable.TARIFF),
                    null,
                    "the electricity tariff of the own site \"" + id
                            + "\" is unknown, so its energy costs nothing in results",
                    "add tariff: 95 USD/MWh");
        }
        return known;
    }

    private @Nullable String grid(Form form, @Nullable Region region) {
        String stated = form.valueOrNull(SiteTable.GRID);
        String known = stated != null ? stated : region == null ? null : region.gridProfile();
        return known != null && catalogue.grids().containsKey(known) ? known : null;
    }

    private @Nullable Double carbon(String id, Form form, @Nullable Region region, @Nullable String grid) {
        Double stated = form.valueOrNull(SiteTable.CARBON_INTENSITY);
        Double known = stated != null ? stated : region == null ? null : value(figure(region));
        if (known == null && basis == Policy.CarbonBasis.AVERAGE_DIRECT && grid != null) {
            GridProfile profile = catalogue.grids().get(grid);
            MonthHourTable hours = profile == null ? null : profile.carbonDirect();
            known = hours == null ? null : Double.valueOf(hours.mean());
        }
        if (known == null) {
            String problem =
                    "the carbon intensity of \"" + id + "\" on the basis " + Word.written(basis) + " is unknown";
            if (carbonIsLimited) {
                reading.error(
                        form.place(SiteTable.CARBON_INTENSITY),
                        null,
                        problem + ", so the policy's carbon limit cannot be kept there",
                        "add carbon-intensity: 332 g/kWh, or leave the site out");
            } else {
                reading.warning(
                        form.place(SiteTable.CARBON_INTENSITY),
                        null,
                        problem + ", so its carbon is not counted",
                        "add carbon-intensity: 332 g/kWh");
            }
        }
        return known;
    }

    private @Nullable Figure figure(Region region) {
        return switch (basis) {
            case AVERAGE_DIRECT -> region.averageDirect();
            case AVERAGE_LIFE_CYCLE -> region.averageLifeCycle();
            case MARGINAL -> region.marginal();
        };
    }

    private static @Nullable Double value(@Nullable Figure figure) {
        return figure == null ? null : Double.valueOf(figure.value());
    }

    private static double usualRoundTripSeconds(Site.Kind kind) {
        return switch (kind) {
            case EDGE -> 0.005;
            case DATA_CENTRE -> 0.020;
            case CLOUD_REGION -> 0.030;
        };
    }
}
