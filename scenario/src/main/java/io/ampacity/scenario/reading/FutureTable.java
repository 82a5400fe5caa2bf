package io.ampacity.scenario.reading;

import io.ampacity.documents.schema.Amount;
import io.ampacity.documents.schema.Attribute;
import io.ampacity.documents.schema.ById;
import io.ampacity.documents.schema.Form;
import io.ampacity.documents.schema.Nested;
import io.ampacity.documents.schema.Section;
import io.ampacity.documents.schema.Word;
import io.ampacity.units.Dimension;
import java.util.Map;

/** What a document may say about a future, and about how bad futures are weighed. */
final class FutureTable {

    static final Attribute<Double> PROBABILITY = Attribute.of(
                    "probability",
                    Amount.of(Dimension.FRACTION).positive().atMost(1),
                    "How likely it is; those of all futures add up to 100 %.")
            .mandatory()
            .example("30 %");
    static final Attribute<Double> DEMAND = Attribute.of(
                    "demand",
                    Amount.of(Dimension.FRACTION).atLeast(0).atMost(1_000),
                    "Factor on the traffic of every serving workload and on every batch.")
            .orElse("100 %")
            .example("160 %");
    static final Attribute<Double> GROWTH = Attribute.of(
                    "growth",
                    Amount.of(Dimension.FRACTION).followedBy("/year").above(-1).atMost(100),
                    "Growth a year on top of that of each workload, compounding.")
            .orElse("0 %/year")
            .example("25 %/year");
    static final Attribute<Map<String, Double>> WORKLOADS = Attribute.of(
                    "workloads",
                    new ById<>(
                            "workload", Amount.of(Dimension.FRACTION).atLeast(0).atMost(1_000)),
                    "Factors on the demand of single workloads, beside `demand`.")
            .whenAbsent("all alike")
            .example("{assistant: 140 %}");
    static final Attribute<Double> PRICE = Attribute.of(
                    "price",
                    Amount.of(Dimension.FRACTION).atLeast(0).atMost(1_000),
                    "Factor on prices without a commitment: on demand and spot.")
            .orElse("100 %")
            .example("120 %");
    static final Attribute<Map<String, Double>> SUPPLIERS = Attribute.of(
                    "suppliers",
                    new ById<>(
                            "supplier", Amount.of(Dimension.FRACTION).atLeast(0).atMost(1_000)),
                    "Factors on such prices of single suppliers, beside `price`.")
            .whenAbsent("all alike")
            .example("{aws: 130 %}");
    static final Attribute<Double> DELAY = Attribute.of(
                    "delay",
                    Amount.of(Dimension.TIME).atLeast(0).atMost(10 * 31_557_600.0),
                    "How late every purchase is delivered, in whole months.")
            .orElse("0 months")
            .example("6 months");

    /** How a programme comes out. */
    enum Result {
        WORKS,
        FAILS
    }

    /** What a document may say about how a programme comes out. */
    static final class OutcomeTable {
        static final Attribute<Result> RESULT = Attribute.of(
                        "outcome", Word.of(Result.class), "Whether chips come of it.")
                .orElse("works")
                .example("fails");
        static final Attribute<Double> DELAY = Attribute.of(
                        "delay",
                        Amount.of(Dimension.TIME).atLeast(0).atMost(10 * 31_557_600.0),
                        "How late its chips are delivered, in whole months.")
                .orElse("0 months")
                .example("6 months");
        static final Section SECTION = Section.of("outcome", "How a programme comes out in a future.", RESULT, DELAY);

        private OutcomeTable() {}
    }

    static final Attribute<Map<String, Form>> PROGRAMMES = Attribute.of(
                    "programmes",
                    new ById<>("programme", new Nested(OutcomeTable.SECTION, OutcomeTable.RESULT)),
                    "How programmes come out.")
            .whenAbsent("as their `success` says")
            .example("{titan: fails}");
    static final Attribute<Map<String, Double>> SITES = Attribute.of(
                    "sites",
                    new ById<>("site", Amount.of(Dimension.TIME).atLeast(0).atMost(10 * 31_557_600.0)),
                    "How late the expansions of single sites are ready, in whole months.")
            .whenAbsent("in time")
            .example("{frankfurt-dc: 6 months}");

    static final Section SECTION = Section.of(
            "future",
            "One way in which things may come, as what differs from what the scenario states. Reservations, purchases, programmes and expansions are the same in all futures; the rest of the plan follows the future that came.",
            PROBABILITY,
            DEMAND,
            GROWTH,
            WORKLOADS,
            PRICE,
            SUPPLIERS,
            DELAY,
            PROGRAMMES,
            SITES);

    /** What a document may say about how bad futures are weighed. */
    static final class RiskTable {
        static final Attribute<Double> TAIL = Attribute.of(
                        "tail",
                        Amount.of(Dimension.FRACTION).positive().atMost(1),
                        "The share of the probability, taken from the dearest futures, whose mean cost is weighed (conditional value at risk). At or below the probability of the dearest future it is the worst case.")
                .mandatory()
                .example("10 %");
        static final Attribute<Double> WEIGHT = Attribute.of(
                        "weight",
                        Amount.of(Dimension.FRACTION).atLeast(0).atMost(1),
                        "Part of what is minimised that is the mean over the tail; the rest is the mean over all futures.")
                .orElse("100 %")
                .example("50 %");

        static final Section SECTION = Section.of("risk", "How bad futures are weighed.", TAIL, WEIGHT);

        private RiskTable() {}
    }

    private FutureTable() {}
}
