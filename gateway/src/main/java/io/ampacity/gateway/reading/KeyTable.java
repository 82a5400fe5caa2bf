package io.ampacity.gateway.reading;

import io.ampacity.documents.schema.Amount;
import io.ampacity.documents.schema.Attribute;
import io.ampacity.documents.schema.Listing;
import io.ampacity.documents.schema.Name;
import io.ampacity.documents.schema.Section;
import io.ampacity.documents.schema.Text;
import io.ampacity.documents.schema.Word;
import io.ampacity.gateway.settings.BudgetPeriod;
import io.ampacity.gateway.settings.Priority;
import io.ampacity.units.Dimension;
import java.util.List;

/** A key that clients may show. */
final class KeyTable {

    static final Attribute<String> HASH = Attribute.of(
                    "sha256", Text.upTo(64), "SHA-256 of the key, in hex; the key itself is stored nowhere.")
            .mandatory()
            .example("9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08");
    static final Attribute<List<String>> MODELS = Attribute.of(
                    "models", Listing.distinct(Text.upTo(Common.LONGEST_TEXT)), "Models it may ask for.")
            .whenAbsent("all");
    static final Attribute<String> DATA_CLASS = Attribute.of(
                    "data-class",
                    new Name("data class", "personal"),
                    "Rules that its requests fall under, beside those of the model.")
            .whenAbsent("none");
    static final Attribute<Double> REQUESTS = Attribute.of(
                    "requests-per-minute", Amount.of(Dimension.COUNT).positive(), "Most it may ask.")
            .whenAbsent("no limit");
    static final Attribute<Double> TOKENS = Attribute.of(
                    "tokens-per-minute", Amount.of(Dimension.COUNT).positive(), "Most it may use.")
            .whenAbsent("no limit");
    static final Attribute<Double> BUDGET = Attribute.of(
                    "budget",
                    Amount.of(Dimension.MONEY).positive(),
                    "Most it may spend in a period: money is set aside before a call, and a stream is cut where none"
                            + " is left. Pools of unknown price are not asked then.")
            .whenAbsent("no limit")
            .example("500 USD");
    static final Attribute<BudgetPeriod> PERIOD = Attribute.of(
                    "budget-period",
                    Word.of(BudgetPeriod.class),
                    "How often the budget begins anew, by UTC. Without a ledger it also does when the gateway starts.")
            .orElse("month");
    static final Attribute<Priority> PRIORITY = Attribute.of(
                    "priority",
                    Word.of(Priority.class),
                    "When not all can be served; a request can lower its own with `X-Ampacity-Priority`.")
            .orElse("normal");

    static final Section SECTION = Section.of(
            "key",
            "A key that clients may show.",
            HASH,
            MODELS,
            DATA_CLASS,
            REQUESTS,
            TOKENS,
            BUDGET,
            PERIOD,
            PRIORITY);

    private KeyTable() {}
}
