package io.ampacity.facts;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A transformer language model as its configuration describes it.
 *
 * @param id lower-case name used in scenarios, such as {@code llama-3.1-70b}
 * @param aliases other names, among them the Hugging Face id
 * @param layers transformer layers of all kinds
 * @param hiddenSize width of the residual stream
 * @param queryHeads query heads of an attention layer
 * @param vocabulary entries of the token table
 * @param tiedEmbeddings whether input and output token tables are one
 * @param maximumContext longest context in tokens; null when unknown
 * @param attention how keys and values are kept
 * @param layerKinds how many layers attend fully, in a sliding window, or linearly
 * @param feedForward dense or mixture of experts
 * @param nativePrecision the format the weights are published in
 * @param publishedParameters total parameters by the maker's word, to check the derived count
 * @param publishedActiveParameters parameters used for one token by the maker's word
 * @param source where the configuration was read
 * @param asOf the date of the source
 */
public record LanguageModel(
        String id,
        String name,
        List<String> aliases,
        String maker,
        int layers,
        int hiddenSize,
        int queryHeads,
        int vocabulary,
        boolean tiedEmbeddings,
        @Nullable Integer maximumContext,
        Attention attention,
        LayerKinds layerKinds,
        FeedForward feedForward,
        Precision nativePrecision,
        @Nullable Figure publishedParameters,
        @Nullable Figure publishedActiveParameters,
        String source,
        String asOf,
        @Nullable String note) {

    public LanguageModel {
        aliases = List.copyOf(aliases);
    }

    /** What an attention layer keeps for each token. */
    public sealed interface Attention {

        /** Keys and values of {@code keyValueHeads} heads (multi-head and multi-query are its ends). */
        record GroupedQuery(int keyValueHeads, int headSize) implements Attention {}

        /**
         * Multi-head latent attention (DeepSeek-V2, arXiv 2405.04434): one compressed vector a token.
         *
         * @param queryRank rank of the query compression; null when queries are not compressed
         */
        record Latent(
                int keyValueRank,
                int ropeHeadSize,
                int contentHeadSize,
                int valueHeadSize,
                @Nullable Integer queryRank) implements Attention {}
    }

    /**
     * How the layers attend; the three counts add up to {@link LanguageModel#layers()}.
     *
     * @param window tokens a sliding layer looks back; 0 when there is none
     * @param slidingAttention what a sliding layer keeps where that differs from {@link LanguageModel#attention()}
     * @param linearLayer the size of a linear layer; null when there is none or it is unknown
     */
    public record LayerKinds(
            int full,
            int sliding,
            int window,
            int linear,
            Attention.@Nullable GroupedQuery slidingAttention,
            @Nullable LinearLayer linearLayer) {

        /** Layers whose sliding ones keep the same heads as the full ones. */
        public LayerKinds(int full, int sliding, int window, int linear) {
            this(full, sliding, window, linear, null, null);
        }
    }

    /**
     * A layer that mixes tokens through a state of fixed size (Mamba-2, Gated DeltaNet and their kin).
     *
     * @param parameters weights of the mixer, without the feed-forward block
     * @param stateValues values kept for one sequence, however long it is
     */
    public record LinearLayer(long parameters, long stateValues) {}

    /** The layers between attentions. */
    public sealed interface FeedForward {

        /**
         * One block for all tokens.
         *
         * @param matrices matrices of size hidden × size: 3 when gated (SwiGLU), else 2
         */
        record Dense(int size, int matrices) implements FeedForward {}

        /**
         * Routed experts, with shared ones and leading dense layers where the model has them.
         *
         * @param expertsPerToken routed experts a token visits
         * @param sharedExperts experts of {@code sharedExpertSize} that every token visits
         * @param denseLayers layers that have a dense block of {@code denseSize} instead; size 0 means no block at all
         */
        record MixtureOfExperts(
                int experts,
                int expertsPerToken,
                int expertSize,
                int sharedExperts,
                int sharedExpertSize,
                int denseLayers,
                int denseSize,
                int matrices)
                implements FeedForward {}
    }
}
