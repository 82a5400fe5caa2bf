package io.ampacity.facts;

import io.ampacity.facts.LanguageModel.Attention;
import io.ampacity.facts.LanguageModel.FeedForward;

/**
 * The weights of a model, counted from its architecture.
 *
 * <p>Counted: embeddings, attention or linear mixers, feed-forward blocks and routers. Left out, being far below one
 * percent: norms, biases, convolution of position. Left out by definition: vision towers and extra prediction layers.
 *
 * <table>
 * <caption>Symbols</caption>
 * <tr><td>h</td><td>{@link LanguageModel#hiddenSize()}</td></tr>
 * <tr><td>q, k, d</td><td>query heads, key-value heads, head size: 2·h·q·d + 2·h·k·d an attention layer</td></tr>
 * <tr><td>r, ρ, c, v, s</td><td>latent attention: s·h + s·q·(c+ρ) + h·(r+ρ) + r·q·(c+v) + q·v·h, the first two being
 * h·q·(c+ρ) without query compression</td></tr>
 * <tr><td>f, m</td><td>feed-forward size and matrices: m·h·f a block or expert; h a router and expert</td></tr>
 * </table>
 *
 * @param total all weights
 * @param active weights that take part in a token's arithmetic: routed experts only as many as a token visits, and
 *     the embedding table only where it is also the output
 */
public record ParameterCount(double total, double active) {

    /** Counts a model's weights. */
    public static ParameterCount of(LanguageModel model) {
        double table = (double) model.vocabulary() * model.hiddenSize();
        LanguageModel.LayerKinds kinds = model.layerKinds();
        Attention sliding = kinds.slidingAttention() == null ? model.attention() : kinds.slidingAttention();
        double mixers = kinds.full() * attention(model, model.attention())
                + kinds.sliding() * attention(model, sliding)
                + kinds.linear()
                        * (kinds.linearLayer() == null
                                ? attention(model, model.attention())
                                : kinds.linearLayer().parameters());
        double all = feedForward(model, true);
        double visited = feedForward(model, false);
        return new ParameterCount(table * (model.tiedEmbeddings() ? 1 : 2) + mixers + all, table + mixers + visited);
    }

    private static double attention(LanguageModel model, Attention attention) {
        double hidden = model.hiddenSize();
        double heads = model.queryHeads();
        return switch (attention) {
            case Attention.GroupedQuery grouped -> 2 * hidden * (heads + grouped.keyValueHeads()) * grouped.headSize();
            case Attention.Latent latent -> {
                double queryWidth = heads * (latent.contentHeadSize() + latent.ropeHeadSize());
                Integer rank = latent.queryRank();
                double query = rank == null ? hidden * queryWidth : rank * (hidden + queryWidth);
                yield query
                        + hidden * (latent.keyValueRank() + latent.ropeHeadSize())
                        + latent.keyValueRank() * heads * (latent.contentHeadSize() + latent.valueHeadSize())
                        + heads * latent.valueHeadSize() * hidden;
            }
        };
    }

    private static double feedForward(LanguageModel model, boolean allExperts) {
        double hidden = model.hiddenSize();
        return switch (model.feedForward()) {
            case FeedForward.Dense dense -> model.layers() * dense.matrices() * hidden * dense.size();
            case FeedForward.MixtureOfExperts mixture -> {
                double experts = allExperts ? mixture.experts() : mixture.expertsPerToken();
                double sizes =
                        experts * mixture.expertSize() + (double) mixture.sharedExperts() * mixture.sharedExpertSize();
                yield (model.layers() - mixture.denseLayers())
                                * (mixture.matrices() * hidden * sizes + hidden * mixture.experts())
                        + mixture.denseLayers() * mixture.matrices() * hidden * mixture.denseSize();
            }
        };
    }
}
