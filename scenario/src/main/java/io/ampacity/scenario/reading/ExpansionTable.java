package io.ampacity.scenario.reading;

import io.ampacity.documents.schema.Amount;
import io.ampacity.documents.schema.Attribute;
import io.ampacity.documents.schema.Listing;
import io.ampacity.documents.schema.Months;
import io.ampacity.documents.schema.Section;
import io.ampacity.documents.schema.Whole;
import io.ampacity.units.Dimension;
import java.util.List;

/** What a document may say about more power at an own site. */
final class ExpansionTable {

    private static final double MONTH = 31_557_600.0 / 12;

    static final Attribute<Double> POWER = Attribute.of(
                    "power",
                    Amount.of(Dimension.POWER)
                            .positive()
                            .atMost(100e9)
                            .doubtBelow(1e3, "is very little power for a site", "kW or MW was meant"),
                    "Facility power of one step, cooling included.")
            .mandatory()
            .example("2 MW");
    static final Attribute<Double> PRICE = Attribute.of(
                    "price",
                    Amount.of(Dimension.MONEY).atLeast(0).atMost(1e13),
                    "What one step costs to build, with its cooling.")
            .mandatory()
            .example("22 MUSD");
    static final Attribute<Double> RUNNING_COST = Attribute.of(
                    "running-cost",
                    Amount.of(Dimension.MONEY).followedBy("/year").atLeast(0).atMost(1e12),
                    "Cost of one step once it is ready, beside energy.")
            .orElse("0 USD/year")
            .example("400 kUSD/year");
    static final Attribute<Integer> STEPS = Attribute.of(
                    "steps", Whole.between(1, 10_000), "Most steps; each may be ordered when it is best.")
            .orElse("1");
    static final Attribute<Months.Span> FROM = Attribute.of(
                    "from", new Months(), "First period a step can be ordered in.")
            .whenAbsent("the first period");
    static final Attribute<Double> LEAD_TIME = Attribute.of(
                    "lead-time",
                    Amount.of(Dimension.TIME).atLeast(0).atMost(240 * MONTH),
                    "Time from the order to use, in whole months.")
            .orElse("12 months");
    static final Attribute<Double> USEFUL_LIFE = Attribute.of(
                    "useful-life",
                    Amount.of(Dimension.TIME).positive().atMost(600 * MONTH),
                    "Time over which a step is recovered, in whole months.")
            .orElse("180 months");
    static final Attribute<List<String>> COOLS = Attribute.of(
                    "cools",
                    Listing.distinct(Names.CHIP),
                    "Chips that may stand at the site only once a step is ready, such as those that need liquid cooling.")
            .whenAbsent("none")
            .example("[gb200-nvl72]");

    static final Section SECTION = Section.of(
            "expansion",
            "More power at an own site, in equal steps, with the cooling that comes with it. It costs the same in each period of use, as a purchase does.",
            POWER,
            PRICE,
            RUNNING_COST,
            STEPS,
            FROM,
            LEAD_TIME,
            USEFUL_LIFE,
            COOLS);

    private ExpansionTable() {}
}
