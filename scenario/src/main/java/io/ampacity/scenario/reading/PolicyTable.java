package io.ampacity.scenario.reading;

import io.ampacity.documents.schema.Amount;
import io.ampacity.documents.schema.Attribute;
import io.ampacity.documents.schema.ById;
import io.ampacity.documents.schema.Form;
import io.ampacity.documents.schema.Listing;
import io.ampacity.documents.schema.Months;
import io.ampacity.documents.schema.Nested;
import io.ampacity.documents.schema.Section;
import io.ampacity.documents.schema.Text;
import io.ampacity.documents.schema.Whole;
import io.ampacity.documents.schema.Word;
import io.ampacity.facts.ChipPart;
import io.ampacity.scenario.Policy;
import io.ampacity.scenario.ShareCaps;
import io.ampacity.units.Dimension;
import java.util.List;
import java.util.Map;

/** What a document may say about the rules a plan must keep. */
final class PolicyTable {

    /** What a document may say about money. */
    static final class BudgetTable {
        static final Attribute<Double> PERIOD = Attribute.of(
                        "period", Amount.of(Dimension.MONEY).positive(), "Most money spent in any period.")
                .whenAbsent("no limit")
                .example("6 MUSD");
        static final Attribute<Double> TOTAL = Attribute.of(
                        "total",
                        Amount.of(Dimension.MONEY).positive(),
                        "Most money spent over the horizon, not discounted.")
                .whenAbsent("no limit")
                .example("22 MUSD");

        static final Section SECTION =
                Section.of("budget", "Limits on money. A single amount is the total.", PERIOD, TOTAL);

        private BudgetTable() {}
    }

    /** What a document may say about greenhouse gas. */
    static final class CarbonTable {
        static final Attribute<Policy.CarbonBasis> BASIS = Attribute.of(
                        "basis",
                        Word.of(Policy.CarbonBasis.class),
                        "Which carbon intensity is counted; the three are never mixed.")
                .orElse("average-direct");
        static final Attribute<Double> PRICE = Attribute.of(
                        "price",
                        Amount.of(Dimension.CARBON_PRICE)
                                .atLeast(0)
                                .atMost(100_000)
                                .doubtAbove(2_000, "is a very high carbon price", "USD/t was meant"),
                        "Price of carbon, added to the cost that is minimised and reported apart from it.")
                .whenAbsent("carbon has no price")
                .example("90 USD/t");
        static final Attribute<Double> PERIOD = Attribute.of(
                        "period", Amount.of(Dimension.CARBON).atLeast(0), "Most greenhouse gas in any period.")
                .whenAbsent("no limit")
                .example("250 t");
        static final Attribute<Double> TOTAL = Attribute.of(
                        "total", Amount.of(Dimension.CARBON).atLeast(0), "Most greenhouse gas over the horizon.")
                .whenAbsent("no limit")
                .example("900 t");

        static final Section SECTION =
                Section.of("carbon", "Limits on and price of greenhouse gas.", BASIS, PRICE, PERIOD, TOTAL);

        private CarbonTable() {}
    }

    /** What a document may say about a class of data. */
    static final class DataClassTable {
        static final Attribute<List<String>> SUB_PROCESSORS = Attribute.of(
                        "sub-processors",
                        Listing.distinct(Names.SUPPLIER),
                        "Suppliers that may process it; your own organisation always may. An empty list allows no other.")
                .whenAbsent("any supplier may")
                .example("[aws, gcp]");
        static final Attribute<List<String>> JURISDICTIONS = Attribute.of(
                        "jurisdictions",
                        Listing.of(Names.COUNTRY),
                        "Countries where it may be processed, as two letters each; `EU` and `EEA` stand for their members.")
                .whenAbsent("anywhere")
                .example("[DE, FR, IE]");

        static final Section SECTION =
                Section.of("data class", "Where data of a class may be processed.", SUB_PROCESSORS, JURISDICTIONS);

        private DataClassTable() {}
    }

    /** What a document may say about a loss that the plan must live through. */
    static final class SurvivalTable {
        static final Attribute<Policy.LossOf> LOSS = Attribute.of(
                        "loss",
                        Word.of(Policy.LossOf.class),
                        "What may be lost: any one supplier, any one site, or all chips of any one family, such as cuda or rocm (`ampacity facts show chip ID`).")
                .mandatory();
        static final Attribute<Double> SERVICE = Attribute.of(
                        "service",
                        Amount.of(Dimension.FRACTION)
                                .positive()
                                .atMost(1)
                                .doubtBelow(0.05, "is next to no service", "80 % was meant"),
                        "Share of every serving workload's peak rate that must still be served at its objective.")
                .mandatory()
                .example("80 %");

        static final Attribute<Integer> AT_ONCE = Attribute.of(
                        "at-once", Whole.between(1, 2), "How many are lost at the same time: any one, or any two.")
                .orElse("1");

        static final Section SECTION =
                Section.of("survival", "A loss that the plan must live through.", LOSS, SERVICE, AT_ONCE);

        private SurvivalTable() {}
    }

    /** What a document may say about limits that hold in some periods. */
    static final class PeriodLimitTable {
        static final Attribute<Months.Span> FROM =
                Attribute.of("from", new Months(), "First period they hold in.").whenAbsent("the first period");
        static final Attribute<Months.Span> UNTIL =
                Attribute.of("until", new Months(), "Last period they hold in.").whenAbsent("the last period");
        static final Attribute<Double> SPENDING = Attribute.of(
                        "spending", Amount.of(Dimension.MONEY).positive(), "Most money spent in each of them.")
                .whenAbsent("no limit")
                .example("3 MUSD");
        static final Attribute<Double> CAPITAL = Attribute.of(
                        "capital",
                        Amount.of(Dimension.MONEY).atLeast(0),
                        "Most money in each of them for what is bought and built.")
                .whenAbsent("no limit")
                .example("10 MUSD");
        static final Attribute<Double> OPERATING = Attribute.of(
                        "operating",
                        Amount.of(Dimension.MONEY).positive(),
                        "Most money in each of them for rent, energy, space and running projects.")
                .whenAbsent("no limit")
                .example("2 MUSD");
        static final Attribute<Double> ENERGY = Attribute.of(
                        "energy",
                        Amount.of(Dimension.ENERGY).positive(),
                        "Most electricity used in each of them, cooling included.")
                .whenAbsent("no limit")
                .example("12 GWh");
        static final Attribute<Double> CARBON = Attribute.of(
                        "carbon", Amount.of(Dimension.CARBON).positive(), "Most greenhouse gas in each of them.")
                .whenAbsent("no limit")
                .example("300 t");
        static final Section SECTION = Section.of(
                "limits of periods",
                "Limits that hold in some periods.",
                FROM,
                UNTIL,
                SPENDING,
                CAPITAL,
                OPERATING,
                ENERGY,
                CARBON);

        private PeriodLimitTable() {}
    }

    /** What a document may say about the makers of parts of chips. */
    static final class PartShareTable {
        static final Attribute<ChipPart> PART = Attribute.of(
                        "part", Word.of(ChipPart.class), "Which part of chips it is about.")
                .mandatory();
        static final Attribute<String> MAKER = Attribute.of(
                        "maker", Text.upTo(200), "The maker it is about, as the facts of chips name it.")
                .whenAbsent("whoever makes it")
                .example("tsmc");
        static final Attribute<ShareCaps.ShareOf> OF = Attribute.of(
                        "of",
                        Word.of(ShareCaps.ShareOf.class),
                        "What the share is of: money spent, or chips held, each by its dense BF16 peak.")
                .orElse("compute");
        static final Attribute<Double> CAP = Attribute.of(
                        "cap",
                        Amount.of(Dimension.FRACTION).atLeast(0).atMost(1),
                        "Most that may rest on chips whose part is made by that maker alone.")
                .mandatory()
                .example("80 %");
        static final Section SECTION = Section.of(
                "part share", "A limit on what rests on one maker of a part of chips.", PART, MAKER, OF, CAP);

        private PartShareTable() {}
    }

    static final Attribute<Double> SUPPLIER_COMPUTE_CAP = Attribute.of(
                    "supplier-compute-cap",
                    Amount.of(Dimension.FRACTION).positive().atMost(1),
                    "Most of all compute, as dense BF16 peak of the chips held, that may be rented from any one supplier.")
            .whenAbsent("no limit")
            .example("60 %");
    static final Attribute<List<Form>> PART_SHARES = Attribute.of(
                    "part-shares",
                    Listing.of(Nested.of(PartShareTable.SECTION)),
                    "Limits on what rests on one foundry, packager or maker of memory.")
            .whenAbsent("none")
            .example("[{part: memory, cap: 70 %}]");
    static final Attribute<List<Form>> BY_PERIOD = Attribute.of(
                    "by-period",
                    Listing.of(Nested.of(PeriodLimitTable.SECTION)),
                    "Limits that hold in some periods, beside those on every period.")
            .whenAbsent("none")
            .example("[{from: 2027-Q3, energy: 12 GWh, spending: 3 MUSD}]");

    static final Attribute<Form> BUDGET = Attribute.<Form>of(
                    "budget", new Nested(BudgetTable.SECTION, BudgetTable.TOTAL), "Limits on money.")
            .whenAbsent("no limit")
            .example("{period: 6 MUSD, total: 22 MUSD}");
    static final Attribute<Form> CAPITAL_BUDGET = Attribute.<Form>of(
                    "capital-budget",
                    new Nested(BudgetTable.SECTION, BudgetTable.TOTAL),
                    "Limits on money for what is bought and built: chips on delivery, expansions when they are ready, programmes while they are developed. Whole prices count, not their recovery over a useful life.")
            .whenAbsent("no limit")
            .example("{total: 40 MUSD}");
    static final Attribute<Form> OPERATING_BUDGET = Attribute.<Form>of(
                    "operating-budget",
                    new Nested(BudgetTable.SECTION, BudgetTable.TOTAL),
                    "Limits on money for rent, energy, space and running projects.")
            .whenAbsent("no limit")
            .example("{period: 2 MUSD}");
    static final Attribute<Form> CARBON = Attribute.<Form>of(
                    "carbon", Nested.of(CarbonTable.SECTION), "Limits on and price of greenhouse gas.")
            .orElse("{}")
            .whenAbsent("no limit and no price")
            .example("{price: 90 USD/t, total: 900 t}");
    static final Attribute<Map<String, Form>> DATA_CLASSES = Attribute.of(
                    "data-classes",
                    new ById<>("data class", Nested.of(DataClassTable.SECTION)),
                    "Classes of data that workloads name.")
            .whenAbsent("none")
            .example("{personal: {sub-processors: [aws], jurisdictions: [EU]}}");
    static final Attribute<Double> SUPPLIER_SHARE_CAP = Attribute.of(
                    "supplier-share-cap",
                    Amount.of(Dimension.FRACTION).positive().atMost(1),
                    "Most any one supplier other than yourself may hold of the money spent.")
            .whenAbsent("no limit")
            .example("70 %");
    static final Attribute<List<Form>> SURVIVE = Attribute.of(
                    "survive", Listing.of(Nested.of(SurvivalTable.SECTION)), "Losses that the plan must live through.")
            .whenAbsent("none")
            .example("[{loss: supplier, service: 80 %}]");
    static final Attribute<Form> RISK = Attribute.<Form>of(
                    "risk", Nested.of(FutureTable.RiskTable.SECTION), "How bad futures are weighed.")
            .whenAbsent("the mean over all futures is minimised")
            .example("{tail: 20 %, weight: 50 %}");

    static final Section SECTION = Section.of(
            "policy",
            "Rules a plan never breaks.",
            BUDGET,
            CAPITAL_BUDGET,
            OPERATING_BUDGET,
            CARBON,
            DATA_CLASSES,
            SUPPLIER_SHARE_CAP,
            SUPPLIER_COMPUTE_CAP,
            PART_SHARES,
            SURVIVE,
            RISK,
            BY_PERIOD);

    private PolicyTable() {}
}
