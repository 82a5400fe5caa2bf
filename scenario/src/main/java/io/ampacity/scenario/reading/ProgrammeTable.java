package io.ampacity.scenario.reading;

import io.ampacity.documents.schema.Amount;
import io.ampacity.documents.schema.Attribute;
import io.ampacity.documents.schema.Form;
import io.ampacity.documents.schema.Listing;
import io.ampacity.documents.schema.Months;
import io.ampacity.documents.schema.Nested;
import io.ampacity.documents.schema.Section;
import io.ampacity.documents.schema.Whole;
import io.ampacity.documents.schema.Word;
import io.ampacity.scenario.Programme;
import io.ampacity.units.Dimension;
import java.util.List;

/** What a document may say about a chip programme. */
final class ProgrammeTable {

    private static final double MONTH = 31_557_600.0 / 12;

    /** What a document may say about how many chips are made. */
    static final class RampTable {
        static final Attribute<Double> AFTER = Attribute.of(
                        "after",
                        Amount.of(Dimension.TIME).atLeast(0).atMost(240 * MONTH),
                        "Time since first silicon, in whole months.")
                .orElse("0 months")
                .example("6 months");
        static final Attribute<Double> CHIPS = Attribute.of(
                        "chips-per-month",
                        Amount.of(Dimension.COUNT).atLeast(0).atMost(1e8),
                        "Most chips made a month from then on.")
                .mandatory()
                .example("5,000");
        static final Section SECTION =
                Section.of("step of a ramp", "How many chips can be made, from a time on.", AFTER, CHIPS);

        private RampTable() {}
    }

    /** What a document may say about a price by volume. */
    static final class TierTable {
        static final Attribute<Double> FROM = Attribute.of(
                        "from",
                        Amount.of(Dimension.COUNT).positive().atMost(1e9),
                        "Chips of the programme made before the price holds.")
                .mandatory()
                .example("50,000");
        static final Attribute<Double> PRICE = Attribute.of(
                        "price",
                        Amount.of(Dimension.MONEY).positive().atMost(100e6),
                        "Price of one chip made from then on.")
                .mandatory()
                .example("7 kUSD");
        static final Section SECTION = Section.of(
                "price by volume", "The price of chips beyond a volume; chips before it keep theirs.", FROM, PRICE);

        private TierTable() {}
    }

    /** What a document may say about a learning curve. */
    static final class LearningTable {
        static final Attribute<Double> RATE = Attribute.of(
                        "per-doubling",
                        Amount.of(Dimension.FRACTION).atLeast(0.3).atMost(1),
                        "What a chip costs after each doubling of the volume, as a share of what it cost before.")
                .mandatory()
                .example("85 %");
        static final Attribute<Double> FROM = Attribute.of(
                        "from",
                        Amount.of(Dimension.COUNT).positive().atMost(1e9),
                        "Chips made at the stated price before it begins to fall.")
                .mandatory()
                .example("10,000");
        static final Section SECTION = Section.of(
                "learning curve",
                "A price that falls with volume (Wright's law), counted as the mean over each doubling.",
                RATE,
                FROM);

        private LearningTable() {}
    }

    static final Attribute<Programme.Kind> KIND = Attribute.of(
                    "kind", Word.of(Programme.Kind.class), "How you come to the chip; for reports.")
            .orElse("partner");
    static final Attribute<String> CHIP =
            Attribute.of("chip", Names.CHIP, "The chip that comes of it.").mandatory();
    static final Attribute<String> SUPPLIER = Attribute.of(
                    "supplier", Names.SUPPLIER, "Who is paid for the chips, such as the partner.")
            .orElse("own");
    static final Attribute<List<String>> SITES = Attribute.of(
                    "sites", Listing.distinct(Names.SITE), "Own sites where its chips may stand.")
            .whenAbsent("every own site")
            .example("[frankfurt-dc]");
    static final Attribute<Months.Span> START =
            Attribute.of("start", new Months(), "First period it can start in.").whenAbsent("the first period");
    static final Attribute<Months.Span> LATEST = Attribute.of(
                    "latest-start", new Months(), "Last period it can start in.")
            .whenAbsent("the last period from which its first silicon comes inside the horizon");
    static final Attribute<Programme.Decision> DECISION = Attribute.of(
                    "decision",
                    Word.of(Programme.Decision.class),
                    "Whether the plan is free to start it, must, or never does.")
            .orElse("free");
    static final Attribute<Double> UP_FRONT = Attribute.of(
                    "up-front",
                    Amount.of(Dimension.MONEY).atLeast(0).atMost(1e13),
                    "Paid at the start, such as the price of a chip maker or a licence.")
            .orElse("0 USD")
            .example("2 GUSD");
    static final Attribute<Double> VALUE_AT_END = Attribute.of(
                    "value-at-end",
                    Amount.of(Dimension.FRACTION).atLeast(0).atMost(1),
                    "Share of the up-front price that is still there at the end of the horizon, as of a firm that can be sold again.")
            .orElse("0 %")
            .example("50 %");
    static final Attribute<Double> ENGINEERING = Attribute.of(
                    "engineering",
                    Amount.of(Dimension.MONEY).atLeast(0).atMost(1e12),
                    "Non-recurring cost of design and software, spread evenly from the start to first silicon.")
            .orElse("0 USD")
            .example("250 MUSD");
    static final Attribute<Integer> TAPE_OUTS = Attribute.of(
                    "tape-outs", Whole.between(0, 20), "Tape-outs needed before chips can be sold.")
            .orElse("1");
    static final Attribute<Double> TAPE_OUT_COST = Attribute.of(
                    "tape-out-cost",
                    Amount.of(Dimension.MONEY).atLeast(0).atMost(1e10),
                    "Cost of each, masks and first wafers, paid in the period before first silicon.")
            .orElse("0 USD")
            .example("30 MUSD");
    static final Attribute<Double> RUNNING_COST = Attribute.of(
                    "running-cost",
                    Amount.of(Dimension.MONEY).followedBy("/year").atLeast(0).atMost(1e12),
                    "Cost of the team, from the start to the end of the horizon, or until it fails.")
            .orElse("0 USD/year")
            .example("60 MUSD/year");
    static final Attribute<Double> FIRST_SILICON = Attribute.of(
                    "first-silicon",
                    Amount.of(Dimension.TIME).atLeast(0).atMost(240 * MONTH),
                    "Time from the start until chips can be ordered, in whole months.")
            .mandatory()
            .example("18 months");
    static final Attribute<List<Form>> RAMP = Attribute.of(
                    "ramp", Listing.of(Nested.of(RampTable.SECTION)), "Most chips made, by time since first silicon.")
            .mandatory()
            .example("[{chips-per-month: 1,000}, {after: 6 months, chips-per-month: 5,000}]");
    static final Attribute<Double> YIELD = Attribute.of(
                    "yield",
                    Amount.of(Dimension.FRACTION)
                            .positive()
                            .atMost(1)
                            .doubtBelow(0.2, "is a very low yield", "80 % was meant"),
                    "Share of the chips made that can be used.")
            .orElse("100 %")
            .example("80 %");
    static final Attribute<Double> PRICE = Attribute.of(
                    "price",
                    Amount.of(Dimension.MONEY)
                            .positive()
                            .atMost(100e6)
                            .doubtAbove(500e3, "is very dear for one chip", "this is the price of a whole machine"),
                    "Price of one chip made, with its share of server and network.")
            .mandatory()
            .example("9 kUSD");
    static final Attribute<List<Form>> TIERS = Attribute.of(
                    "tiers", Listing.of(Nested.of(TierTable.SECTION)), "Prices beyond volumes.")
            .whenAbsent("one price")
            .example("[{from: 50,000, price: 7 kUSD}]");
    static final Attribute<Form> LEARNING = Attribute.<Form>of(
                    "learning", Nested.of(LearningTable.SECTION), "A learning curve, in place of `tiers`.")
            .whenAbsent("none")
            .example("{per-doubling: 85 %, from: 10,000}");
    static final Attribute<Integer> BLOCK = Attribute.of(
                    "block", Whole.between(1, 1_000_000), "Chips that are ordered together.")
            .orElse("8");
    static final Attribute<Double> USEFUL_LIFE = Attribute.of(
                    "useful-life",
                    Amount.of(Dimension.TIME).positive().atMost(240 * MONTH),
                    "Time over which a chip is recovered, in whole months.")
            .orElse("60 months");
    static final Attribute<Double> LEAD_TIME = Attribute.of(
                    "lead-time",
                    Amount.of(Dimension.TIME).atLeast(0).atMost(60 * MONTH),
                    "Time from the order of a chip to its service, in whole months.")
            .orElse("3 months");
    static final Attribute<Double> SUCCESS = Attribute.of(
                    "success",
                    Amount.of(Dimension.FRACTION).positive().atMost(1),
                    "How likely it is that chips come of it. Below 100 % each future that does not state its outcome is split in two: one in which it works and one in which it fails.")
            .orElse("100 %")
            .example("70 %");

    static final Section SECTION = Section.of(
            "programme",
            "A chip of your own, designed alone, with a partner, or bought with the firm that makes it: started once, in the period that is best, or not at all. Money of a period falls in its middle; programmes count in full inside the horizon.",
            KIND,
            CHIP,
            SUPPLIER,
            SITES,
            START,
            LATEST,
            DECISION,
            UP_FRONT,
            VALUE_AT_END,
            ENGINEERING,
            TAPE_OUTS,
            TAPE_OUT_COST,
            RUNNING_COST,
            FIRST_SILICON,
            RAMP,
            YIELD,
            PRICE,
            TIERS,
            LEARNING,
            BLOCK,
            USEFUL_LIFE,
            LEAD_TIME,
            SUCCESS);

    private ProgrammeTable() {}
}
