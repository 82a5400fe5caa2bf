package io.ampacity.gateway.reading;

import io.ampacity.documents.schema.Amount;
import io.ampacity.documents.schema.Attribute;
import io.ampacity.documents.schema.Listing;
import io.ampacity.documents.schema.Section;
import io.ampacity.documents.schema.Text;
import io.ampacity.documents.schema.Whole;
import io.ampacity.gateway.settings.CanarySettings;
import io.ampacity.units.Dimension;
import java.util.List;

/** How a pool is tried. */
final class CanaryTable {

    private static final double LONGEST_HOLD_SECONDS = 30 * 86_400.0;

    static final Attribute<Double> SHARE = Attribute.of(
                    "share",
                    Amount.of(Dimension.FRACTION).positive().atMost(0.5),
                    "Of the model's requests, chosen by their ids.")
            .orElse("5 %");
    static final Attribute<Double> WORSE_BY = Attribute.of(
                    "worse-by",
                    Amount.of(Dimension.FRACTION).atLeast(1.01).atMost(1000),
                    "Factor of the others' share of failures, or of their mean time to the first token, above which it"
                            + " is stopped.")
            .orElse("2");
    static final Attribute<Integer> REQUESTS = Attribute.of(
                    "requests",
                    Whole.between(CanarySettings.FEWEST_FAILURES, 1_000_000),
                    "Of its own, over which it is compared, then anew. Three failures are the fewest that stop it.")
            .orElse("100");
    static final Attribute<List<Double>> EXPAND = Attribute.of(
                    "expand",
                    Listing.of(Amount.of(Dimension.FRACTION).positive().atMost(1)),
                    "Shares that it gets after the first, each larger than the one before: the next one when it was not"
                            + " worse over its requests.")
            .whenAbsent("its share stays");
    static final Attribute<Double> HOLD = Attribute.of(
                    "hold",
                    Amount.of(Dimension.TIME).atLeast(0).atMost(LONGEST_HOLD_SECONDS),
                    "How long it keeps each share at the least before it gets the next.")
            .orElse("10 min");

    static final Section SECTION = Section.of(
            "canary",
            "A pool on trial: it gets its share and nothing else, larger shares if that is wanted and it shows itself, and nothing once it is worse than the others.",
            SHARE,
            WORSE_BY,
            REQUESTS,
            EXPAND,
            HOLD);

    static final Attribute<String> PLAN = Attribute.of(
                    "plan",
                    Text.upTo(Common.LONGEST_TEXT),
                    "File of the plan (JSON), from the document's folder; each of its pools needs an upstream.")
            .mandatory()
            .example("next.json");

    static final Attribute<String> SCENARIO = Attribute.of(
                    "scenario", Text.upTo(Common.LONGEST_TEXT), "File of the scenario that the plan answers.")
            .whenAbsent("where the plan says")
            .example("next.yaml");

    static final Section OF_PLAN = Section.of(
            "plan on trial",
            "A plan beside what is carried out: its share of the requests of every model goes to its pools with its weights, and none once they are worse than the others.",
            PLAN,
            SCENARIO,
            SHARE,
            WORSE_BY,
            REQUESTS,
            EXPAND,
            HOLD);

    private CanaryTable() {}
}
