package io.ampacity.scenario.reading;

import io.ampacity.documents.schema.Amount;
import io.ampacity.documents.schema.Attribute;
import io.ampacity.documents.schema.ById;
import io.ampacity.documents.schema.Form;
import io.ampacity.documents.schema.Listing;
import io.ampacity.documents.schema.Nested;
import io.ampacity.documents.schema.Section;
import io.ampacity.documents.schema.Word;
import io.ampacity.scenario.Site;
import io.ampacity.units.Dimension;
import java.util.List;
import java.util.Map;

/** What a document may say about a site. */
final class SiteTable {

    static final Attribute<Site.Kind> KIND = Attribute.of("kind", Word.of(Site.Kind.class), "What kind of place it is.")
            .whenAbsent("`cloud-region` for a region of the catalogue, else `data-centre`");
    static final Attribute<String> SUPPLIER = Attribute.of(
                    "supplier", Names.SUPPLIER, "Who operates it; `own` is your own organisation.")
            .whenAbsent("who lists the region, else `own`");
    static final Attribute<String> REGION = Attribute.of(
                    "region",
                    Names.REGION,
                    "Region of the catalogue it stands in or near, for country, grid and whatever is not stated here.")
            .whenAbsent("its key, when that is a region");
    static final Attribute<String> JURISDICTION = Attribute.of(
                    "jurisdiction", Names.COUNTRY, "Country whose law applies, as two letters of ISO 3166-1.")
            .whenAbsent("the region's; must be given without one")
            .example("DE");
    static final Attribute<Double> POWER = Attribute.of(
                    "power",
                    Amount.of(Dimension.POWER)
                            .positive()
                            .atMost(100e9)
                            .doubtBelow(1e3, "is very little power for a site", "kW or MW was meant"),
                    "Most power the whole site may draw, cooling included.")
            .whenAbsent(
                    "the operator's business in a cloud region; none yet at an own site with `expansions`; must be given for any other own site")
            .example("1.2 MW");
    static final Attribute<Double> PUE = Attribute.of(
                    "pue",
                    Amount.of(Dimension.COUNT)
                            .atLeast(1)
                            .atMost(10)
                            .doubtAbove(
                                    2.2, "is a very high PUE", "facility power over IT power was meant, such as 1.25"),
                    "Power usage effectiveness: facility power over IT power.")
            .whenAbsent("the region's, else 1.56 with a warning")
            .example("1.25");
    static final Attribute<Double> TARIFF = Attribute.of(
                    "tariff",
                    Amount.of(Dimension.ENERGY_PRICE)
                            .atLeast(0)
                            .atMost(10)
                            .doubtAbove(1, "is a very high tariff", "USD/MWh was meant"),
                    "Price of electricity.")
            .whenAbsent("inside the rent in a cloud region; the region's for an own site, else unknown")
            .example("95 USD/MWh");
    static final Attribute<Double> CARBON_INTENSITY = Attribute.of(
                    "carbon-intensity",
                    Amount.of(Dimension.CARBON_INTENSITY)
                            .atLeast(0)
                            .atMost(5_000)
                            .doubtAbove(1_500, "is more than any grid emits", "g/kWh was meant"),
                    "Carbon intensity of its electricity, on the basis that `policy.carbon` names.")
            .whenAbsent("the region's, else the grid's, else unknown")
            .example("332 g/kWh");
    static final Attribute<Double> WATER_INTENSITY = Attribute.of(
                    "water-intensity",
                    Amount.of(Dimension.WATER_INTENSITY).atLeast(0).atMost(100),
                    "Water used on site for one kWh of IT energy.")
            .whenAbsent("the region's, else unknown")
            .example("0.2 L/kWh");
    static final Attribute<String> GRID = Attribute.of("grid", Names.GRID, "Grid zone whose hourly profile applies.")
            .whenAbsent("the region's, else unknown")
            .example("DE-LU");
    static final Attribute<Double> ROUND_TRIP = Attribute.of(
                    "round-trip",
                    Amount.of(Dimension.TIME)
                            .atLeast(0)
                            .atMost(10)
                            .doubtAbove(0.5, "is longer than around the world", "ms was meant"),
                    "Network round trip from the users it is near to.")
            .whenAbsent("5 ms for `edge`, 20 ms for `data-centre`, 30 ms for `cloud-region`")
            .example("12 ms");
    static final Attribute<Double> SPACE = Attribute.of(
                    "space-per-chip",
                    Amount.of(Dimension.HOURLY_PRICE).atLeast(0).atMost(100),
                    "Rent of space, staff and repair for one own chip.")
            .whenAbsent("unknown")
            .example("150 USD/month");
    static final Attribute<List<String>> BUY = Attribute.of(
                    "buy", Listing.distinct(Names.CHIP), "Chips that may be bought for this own site.")
            .whenAbsent("none")
            .example("[h200-sxm, mi300x]");
    static final Attribute<Map<String, Form>> EXPANSIONS = Attribute.of(
                    "expansions",
                    new ById<>("expansion", Nested.of(ExpansionTable.SECTION)),
                    "More power that may be built at this own site, by a name you choose.")
            .whenAbsent("none")
            .example("{hall-b: {power: 2 MW, price: 22 MUSD, lead-time: 12 months}}");

    static final Section SECTION = Section.of(
            "site",
            "A place where chips run: an own data centre, an edge site, or a cloud region that is refined here.",
            KIND,
            SUPPLIER,
            REGION,
            JURISDICTION,
            POWER,
            PUE,
            TARIFF,
            CARBON_INTENSITY,
            WATER_INTENSITY,
            GRID,
            ROUND_TRIP,
            SPACE,
            BUY,
            EXPANSIONS,
            NetworkTable.LINE);

    private SiteTable() {}
}
