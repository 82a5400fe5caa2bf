package io.ampacity.gateway.reading;

import io.ampacity.documents.schema.Amount;
import io.ampacity.documents.schema.Attribute;
import io.ampacity.documents.schema.Section;
import io.ampacity.documents.schema.Text;
import io.ampacity.units.Dimension;

/** Tokens' prices. */
final class PriceTable {

    private static Attribute<Double> price(String key, String description) {
        return Attribute.of(
                        key,
                        Amount.of(Dimension.MONEY)
                                .followedBy("/Mtokens")
                                .atLeast(0)
                                .atMost(100_000),
                        description)
                .example("0.60 USD/Mtokens");
    }

    static final Attribute<Double> PROMPT =
            price("prompt", "Of a million prompt tokens.").mandatory();
    static final Attribute<Double> CACHED =
            price("cached", "Of those that a cache gave.").whenAbsent("as prompt");
    static final Attribute<Double> CACHE_WRITE =
            price("cache-write", "Of those that a cache took.").whenAbsent("as prompt");
    static final Attribute<Double> OUTPUT =
            price("output", "Of a million output tokens, reasoning included.").mandatory();
    static final Attribute<String> AS_OF = Attribute.of("as-of", Text.upTo(10), "Day on which they were looked up.")
            .mandatory()
            .example("2026-11-01");
    static final Attribute<String> SOURCE = Attribute.of("source", Text.upTo(Common.LONGEST_TEXT), "Where.")
            .mandatory()
            .example("contract of 2026");

    static final Section SECTION =
            Section.of("token prices", "What tokens cost.", PROMPT, CACHED, CACHE_WRITE, OUTPUT, AS_OF, SOURCE);

    private PriceTable() {}
}
