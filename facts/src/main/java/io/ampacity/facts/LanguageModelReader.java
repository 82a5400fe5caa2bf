package io.ampacity.facts;

import io.ampacity.facts.LanguageModel.Attention;
import io.ampacity.facts.LanguageModel.FeedForward;
import io.ampacity.facts.LanguageModel.LayerKinds;
import io.ampacity.facts.LanguageModel.LinearLayer;
import io.ampacity.units.Dimension;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads the architecture of one language model. */
final class LanguageModelReader {

    private LanguageModelReader() {}

    static @Nullable LanguageModel read(String id, Fields fields) {
        int layers = fields.integer("layers", 1);
        Attention attention = attention(fields);
        LayerKinds kinds = kinds(fields, layers);
        FeedForward feedForward = feedForward(fields);
        Sources.Source source = fields.source();
        String name = fields.text("name");
        List<String> aliases = fields.texts("aliases");
        String maker = fields.text("maker");
        int hidden = fields.integer("hidden", 1);
        int queryHeads = fields.integer("query-heads", 1);
        int vocabulary = fields.integer("vocabulary", 1);
        boolean tied = fields.flag("tied-embeddings");
        Integer context = fields.optionalInteger("context", 1);
        Precision precision = fields.choice("precision", List.of(Precision.values()), Precision::id, Precision.BF16);
        Figure parameters = fields.figure("parameters", Dimension.COUNT, 1);
        Figure active = fields.figure("active-parameters", Dimension.COUNT, 1);
        String note = fields.optionalText("note");
        if (attention == null || kinds == null || feedForward == null) {
            return null;
        }
        return new LanguageModel(
                id,
                name,
                aliases,
                maker,
                layers,
                hidden,
                queryHeads,
                vocabulary,
                tied,
                context,
                attention,
                kinds,
                feedForward,
                precision,
                parameters,
                active,
                source.title(),
                source.asOf(),
                note);
    }

    private static @Nullable Attention attention(Fields entry) {
        Fields fields = entry.mapping("attention");
        if (fields == null) {
            entry.error(
                    entry.placeOf("attention"),
                    null,
                    "\"attention\" is missing",
                    "add {key-value-heads: 8, head-size: 128}");
            return null;
        }
        Attention attention = fields.has("latent-rank")
                ? new Attention.Latent(
                        fields.integer("latent-rank", 1),
                        fields.integer("rope-head-size", 0),
                        fields.integer("content-head-size", 1),
                        fields.integer("value-head-size", 1),
                        fields.optionalInteger("query-rank", 1))
                : grouped(fields);
        return checked(fields, entry, attention);
    }

    private static Attention.GroupedQuery grouped(Fields fields) {
        return new Attention.GroupedQuery(fields.integer("key-value-heads", 1), fields.integer("head-size", 1));
    }

    private static @Nullable LayerKinds kinds(Fields entry, int layers) {
        Fields fields = entry.mapping("layer-kinds");
        if (fields == null) {
            return new LayerKinds(layers, 0, 0, 0);
        }
        Fields sliding = fields.mapping("sliding-attention");
        Attention.GroupedQuery slidingAttention = null;
        if (sliding != null) {
            slidingAttention = checked(sliding, entry, grouped(sliding));
        }
        Long parameters = fields.optionalLong("linear-parameters", 0);
        Long state = fields.optionalLong("linear-state", 0);
        LayerKinds kinds = new LayerKinds(
                fields.integerOr("full", 0, 0),
                fields.integerOr("sliding", 0, 0),
                fields.integerOr("window", 0, 0),
                fields.integerOr("linear", 0, 0),
                slidingAttention,
                parameters == null || state == null ? null : new LinearLayer(parameters, state));
        if (kinds.full() + kinds.sliding() + kinds.linear() != layers) {
            fields.error(
                    fields.place(),
                    null,
                    "full, sliding and linear layers add up to " + (kinds.full() + kinds.sliding() + kinds.linear())
                            + ", not to the model's " + layers,
                    "count them again");
        }
        if (kinds.sliding() > 0 && kinds.window() == 0) {
            fields.error(fields.place(), null, "sliding layers have no window", "add window: 4096");
        }
        return checked(fields, entry, kinds);
    }

    private static @Nullable FeedForward feedForward(Fields entry) {
        Fields fields = entry.mapping("feed-forward");
        if (fields == null) {
            entry.error(
                    entry.placeOf("feed-forward"),
                    null,
                    "\"feed-forward\" is missing",
                    "add {size: 14336, matrices: 3}");
            return null;
        }
        FeedForward block = fields.has("experts")
                ? new FeedForward.MixtureOfExperts(
                        fields.integer("experts", 1),
                        fields.integer("experts-per-token", 1),
                        fields.integer("expert-size", 1),
                        fields.integerOr("shared-experts", 0, 0),
                        fields.integerOr("shared-expert-size", 0, 0),
                        fields.integerOr("dense-layers", 0, 0),
                        fields.integerOr("dense-size", 0, 0),
                        fields.integer("matrices", 1))
                : new FeedForward.Dense(fields.integer("size", 1), fields.integer("matrices", 1));
        if (block instanceof FeedForward.MixtureOfExperts mixture && mixture.expertsPerToken() > mixture.experts()) {
            fields.error(
                    fields.place(),
                    null,
                    "a token visits " + mixture.expertsPerToken() + " of " + mixture.experts() + " experts",
                    "swap experts and experts-per-token");
        }
        return checked(fields, entry, block);
    }

    /** Closes a part of an entry; null when it had a mistake, which the entry then has too. */
    private static <T> @Nullable T checked(Fields part, Fields entry, T value) {
        part.finish();
        if (part.failed()) {
            entry.fail();
            return null;
        }
        return value;
    }
}
