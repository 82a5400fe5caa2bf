package io.ampacity.gateway.reading;

import io.ampacity.documents.schema.Amount;
import io.ampacity.documents.schema.Attribute;
import io.ampacity.documents.schema.Name;
import io.ampacity.documents.schema.Section;
import io.ampacity.documents.schema.Text;
import io.ampacity.documents.schema.Whole;
import io.ampacity.documents.schema.Word;
import io.ampacity.gateway.settings.BudgetPeriod;
import io.ampacity.units.Dimension;

/** Who is sent copies of a model's requests. */
final class ShadowTable {

    static final Attribute<String> UPSTREAM = Attribute.of(
                    "upstream", new Name("upstream", "new-server"), "Who gets the copies; its price must be known.")
            .mandatory();
    static final Attribute<String> MODEL = Attribute.of(
                    "model", Text.upTo(500), "Name that the upstream knows the model by.")
            .whenAbsent("the upstream's, or the model's own");
    static final Attribute<Double> SHARE = Attribute.of(
                    "share",
                    Amount.of(Dimension.FRACTION).positive().atMost(1),
                    "Of the model's requests, chosen by their ids.")
            .orElse("1 %");
    static final Attribute<Double> BUDGET = Attribute.of(
                    "budget",
                    Amount.of(Dimension.MONEY).positive(),
                    "Most that copies may cost in a period; for a plan, those of each model.")
            .mandatory()
            .example("20 USD");
    static final Attribute<BudgetPeriod> PERIOD = Attribute.of(
                    "budget-period", Word.of(BudgetPeriod.class), "When the budget begins anew.")
            .orElse("day");
    static final Attribute<Integer> MOST_OPEN = Attribute.of(
                    "most-open",
                    Whole.between(1, 100_000),
                    "Copies that may be open at once; further ones are left out.")
            .orElse("20");

    static final Section SECTION = Section.of(
            "shadow",
            "Who is sent copies of a model's requests. Their answers are measured, and reach nobody.",
            UPSTREAM,
            MODEL,
            SHARE,
            BUDGET,
            PERIOD,
            MOST_OPEN);

    static final Section OF_PLAN = Section.of(
            "plan in the shadow",
            "A plan whose pools are sent copies of requests, with its weights. Their answers are measured, and reach nobody.",
            CanaryTable.PLAN,
            CanaryTable.SCENARIO,
            SHARE,
            BUDGET,
            PERIOD,
            MOST_OPEN);

    private ShadowTable() {}
}
