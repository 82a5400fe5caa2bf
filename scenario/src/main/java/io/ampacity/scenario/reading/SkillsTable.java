package io.ampacity.scenario.reading;

import io.ampacity.documents.schema.Amount;
import io.ampacity.documents.schema.Attribute;
import io.ampacity.documents.schema.ById;
import io.ampacity.documents.schema.Form;
import io.ampacity.documents.schema.Listing;
import io.ampacity.documents.schema.Name;
import io.ampacity.documents.schema.Nested;
import io.ampacity.documents.schema.Section;
import io.ampacity.units.Dimension;
import java.util.List;
import java.util.Map;

/** What a document may say about the families of chips a team can run. */
final class SkillsTable {

    private static final double MONTH = 31_557_600.0 / 12;

    static final Name FAMILY = new Name("chip family", "cuda");

    /** What a document may say about one way to learn a family. */
    static final class WayTable {
        static final Attribute<Double> COST = Attribute.of(
                        "cost",
                        Amount.of(Dimension.MONEY).atLeast(0).atMost(1e12),
                        "Paid in the period it is started in: courses, trials, or finding people.")
                .mandatory()
                .example("200 kUSD");
        static final Attribute<Double> LEAD_TIME = Attribute.of(
                        "lead-time",
                        Amount.of(Dimension.TIME).atLeast(0).atMost(240 * MONTH),
                        "Time from the start until chips of the family can be used, in whole months.")
                .mandatory()
                .example("3 months");
        static final Attribute<Double> RUNNING_COST = Attribute.of(
                        "running-cost",
                        Amount.of(Dimension.MONEY)
                                .followedBy("/year")
                                .atLeast(0)
                                .atMost(1e12),
                        "Cost of keeping it, such as wages, from its first use to the end of the horizon.")
                .orElse("0 USD/year")
                .example("900 kUSD/year");
        static final Section SECTION = Section.of(
                "way to learn", "What it costs to run a family, and from when.", COST, LEAD_TIME, RUNNING_COST);

        private WayTable() {}
    }

    /** What a document may say about a family that can be learned. */
    static final class LearnTable {
        static final Attribute<Form> TRAIN = Attribute.<Form>of(
                        "train", Nested.of(WayTable.SECTION), "By teaching the people there are.")
                .whenAbsent("cannot be taught")
                .example("{cost: 200 kUSD, lead-time: 6 months}");
        static final Attribute<Form> HIRE = Attribute.<Form>of(
                        "hire", Nested.of(WayTable.SECTION), "By taking on people who can run it.")
                .whenAbsent("cannot be hired")
                .example("{cost: 80 kUSD, lead-time: 3 months, running-cost: 900 kUSD/year}");
        static final Section SECTION = Section.of(
                "learnable family",
                "The ways to come to run a family of chips; a plan takes one of them, in the period that is best, or none.",
                TRAIN,
                HIRE);

        private LearnTable() {}
    }

    static final Attribute<List<String>> TODAY = Attribute.of(
                    "today", Listing.distinct(FAMILY), "Families the team can run from the first period on.")
            .mandatory()
            .example("[cuda]");
    static final Attribute<Map<String, Form>> LEARN = Attribute.of(
                    "learn",
                    new ById<>("chip family", Nested.of(LearnTable.SECTION)),
                    "Families the team can learn to run, by their names.")
            .whenAbsent("none")
            .example("{rocm: {train: {cost: 200 kUSD, lead-time: 6 months}}}");

    static final Section SECTION = Section.of(
            "skills",
            "The families of chips a team can run. Chips of no other are rented, reserved, bought or made, until their family is learned. Without this key every family can be run: what is unknown is not a limit.",
            TODAY,
            LEARN);

    private SkillsTable() {}
}
