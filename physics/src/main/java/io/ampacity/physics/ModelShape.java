package io.ampacity.physics;

import io.ampacity.facts.LanguageModel;
import io.ampacity.facts.LanguageModel.Attention;
import io.ampacity.facts.LanguageModel.FeedForward;
import io.ampacity.facts.Precision;
import java.util.Set;

/**
 * The sizes of a language model that time, memory and energy follow from, counted from its configuration.
 *
 * <p>Parameters of one layer are split by how a group of chips shares them: what tensor parallelism cuts, what every
 * chip keeps whole, what experts spread. Norms and biases (below 0.1 %) are left out.
 *
 * @param layers all layers
 * @param fullLayers layers whose attention reads the whole context
 * @param slidingLayers layers whose attention reads a window
 * @param window tokens a sliding layer reads at most
 * @param linearLayers layers with a state of fixed size instead of keys and values
 * @param hidden width of the residual stream
 * @param queryHeads query heads of a layer
 * @param keyValueHeads key-value heads that tensor parallelism can spread; 1 for latent attention
 * @param attentionParameters attention weights of one layer that tensor parallelism cuts
 * @param replicatedParameters attention weights of one layer that every chip keeps whole
 * @param moeLayers layers with routed experts
 * @param denseParameters feed-forward weights of one dense layer
 * @param sharedParameters weights of one mixture layer that every token visits: shared experts and router
 * @param expertParameters weights of one routed expert
 * @param experts routed experts of a mixture layer, 0 without any
 * @param expertsPerToken routed experts a token visits
 * @param headParameters weights of the output projection
 * @param embeddingParameters weights of the token table when it is not the output projection too
 * @param keyValueElements elements one token keeps in one layer
 * @param decodeFlopsPerPair floating-point operations of one query token on one cached token in one layer
 * @param prefillFlopsPerPair the same while a prompt is read (latent attention expands its keys then)
 * @param latent whether heads share one compressed key and value
 * @param blockScaled whether its eight-bit checkpoint keeps a scale for each block of 128 × 128 weights and each 128
 *     activations, rather than one for a matrix
 */
public record ModelShape(
        int layers,
        int fullLayers,
        int slidingLayers,
        int window,
        int linearLayers,
        int hidden,
        int queryHeads,
        int keyValueHeads,
        double attentionParameters,
        double replicatedParameters,
        int moeLayers,
        double denseParameters,
        double sharedParameters,
        double expertParameters,
        int experts,
        int expertsPerToken,
        double headParameters,
        double embeddingParameters,
        double keyValueElements,
        double decodeFlopsPerPair,
        double prefillFlopsPerPair,
        boolean latent,
        boolean blockScaled) {

    /**
     * Windows beyond this are counted as full attention, for then contexts are mostly shorter than the window and a
     * charge of whole windows would be far too much.
     */
    private static final int LONGEST_WINDOW = 2048;

    /** Kernels launched for a prompt by latent attention, which expands and folds its heads, beside a plain layer's. */
    private static final double LATENT_LAUNCHES = 3;

    /** The same for a mixture, whose experts are multiplied grouped. */
    private static final double MIXTURE_LAUNCHES = 1;

    /** Small kernels of latent attention, and of a mixture, beside those of a plain layer. */
    private static final double MORE_KERNELS = 0.4;

    /** Width of DeepSeek-V3's experts, from which most of what is known of them was measured. */
    private static final double USUAL_EXPERT = 2048;

    /** Makers whose eight-bit checkpoints follow DeepSeek-V3 (arXiv 2412.19437) in scaling block by block. */
    private static final Set<String> BLOCK_SCALING_MAKERS =
            Set.of("DeepSeek", "Alibaba", "Z.ai", "MiniMax", "Moonshot AI", "StepFun", "Xiaomi");

    /** Counts a model. */
    public static ModelShape of(LanguageModel model) {
        double hidden = model.hiddenSize();
        int heads = model.queryHeads();
        double attention;
        double replicated;
        double elements;
        double decodePair;
        double prefillPair;
        int keyValueHeads;
        boolean latent;
        switch (model.attention()) {
            case Attention.GroupedQuery grouped -> {
                double width = grouped.headSize();
                attention = hidden * width * (2.0 * heads + 2.0 * grouped.keyValueHeads());
                replicated = 0;
                elements = 2 * width * grouped.keyValueHeads();
                decodePair = 4 * width * heads;
                prefillPair = decodePair;
                keyValueHeads = grouped.keyValueHeads();
                latent = false;
            }
            case Attention.Latent compressed -> {
                double content = compressed.contentHeadSize();
                double rope = compressed.ropeHeadSize();
                double value = compressed.valueHeadSize();
                double rank = compressed.keyValueRank();
                Integer queryRank = compressed.queryRank();
                double query =
                        queryRank == null ? hidden * heads * (content + rope) : queryRank * heads * (content + rope);
                attention = query + rank * heads * (content + value) + heads * value * hidden;
                replicated = hidden * (rank + rope) + (queryRank == null ? 0 : hidden * queryRank);
                elements = rank + rope;
                decodePair = 2 * heads * (2 * rank + rope);
                prefillPair = 2 * heads * (content + rope + value);
                keyValueHeads = 1;
                latent = true;
            }
        }
        int moeLayers = 0;
        double dense;
        double shared = 0;
        double expert = 0;
        int experts = 0;
        int perToken = 0;
        switch (model.feedForward()) {
            case FeedForward.Dense block -> dense = hidden * block.size() * block.matrices();
            case FeedForward.MixtureOfExperts mixture -> {
                dense = hidden * mixture.denseSize() * mixture.matrices();
                moeLayers = model.layers() - mixture.denseLayers();
                experts = mixture.experts();
                perToken = mixture.expertsPerToken();
                expert = hidden * mixture.expertSize() * mixture.matrices();
                shared = hidden * mixture.sharedExpertSize() * mixture.sharedExperts() * mixture.matrices()
                        + hidden * experts;
            }
        }
        double table = hidden * model.vocabulary();
        LanguageModel.LayerKinds kinds = model.layerKinds();
        boolean shortWindow = kinds.window() > 0 && kinds.window() <= LONGEST_WINDOW;
        int sliding = shortWindow ? kinds.sliding() : 0;
        return new ModelShape(
                model.layers(),
                model.layers() - sliding - kinds.linear(),
                sliding,
                shortWindow ? kinds.window() : 0,
                kinds.linear(),
                model.hiddenSize(),
                heads,
                keyValueHeads,
                attention,
                replicated,
                moeLayers,
                dense,
                shared,
                expert,
                experts,
                perToken,
                table,
                model.tiedEmbeddings() ? 0 : table,
                elements,
                decodePair,
                prefillPair,
                latent,
                BLOCK_SCALING_MAKERS.contains(model.maker()));
    }

    /** Entries of the token table. */
    public double vocabulary() {
        return headParameters / hidden;
    }

    /** Layers whose feed-forward is one block for all tokens. */
    public int denseLayers() {
        return layers - moeLayers;
    }

    /** All parameters. */
    public double totalParameters() {
        return activeParameters() + moeLayers * expertParameters * (experts - expertsPerToken) + embeddingParameters;
    }

    /** Parameters that one token is multiplied with: without the input table, with the output projection. */
    public double activeParameters() {
        return layers * (attentionParameters + replicatedParameters)
                + denseLayers() * denseParameters
                + moeLayers * (sharedParameters + expertsPerToken * expertParameters)
                + headParameters;
    }

    /** Bytes of all weights: token tables in BF16 as engines keep them, the rest at {@code precision}. */
    public double weightBytes(Precision precision) {
        double tables = headParameters + embeddingParameters;
        return (totalParameters() - tables) * precision.bytes() + tables * tableBytes(precision);
    }

    /** Bytes of one entry of the token tables: engines leave them at 16 bits when the rest is quantised. */
    static double tableBytes(Precision precision) {
        return Math.max(precision.bytes(), Precision.BF16.bytes());
    }

    /** Bytes one more token of context adds to the KV cache of the whole model (sliding windows do not grow). */
    public double kvBytesPerToken(Precision precision) {
        return fullLayers * keyValueElements * precision.bytes();
    }

    /** Bytes one sequence keeps whatever its length: full windows of sliding layers and linear states. */
    public double stateBytesPerSequence(Precision precision) {
        return slidingLayers * (double) window * keyValueElements * precision.bytes()
                + linearLayers * keyValueElements * 128 * Precision.BF16.bytes();
    }

    /**
     * Layers counted by their small kernels. Latent attention expands and folds its heads, and a mixture chooses, sorts
     * and gathers: each brings two fifths as many kernels as all else in a plain layer.
     */
    public double kernelLayers() {
        return layers + MORE_KERNELS * ((latent ? layers : 0) + moeLayers);
    }

    /** Layers counted by the kernels that are launched one by one while a prompt is read. */
    public double launchLayers() {
        return layers + LATENT_LAUNCHES * (latent ? layers : 0) + MIXTURE_LAUNCHES * moeLayers;
    }

    /**
     * Share of the rate of large products that grouped ones reach, from the share that experts of width
     * {@value #USUAL_EXPERT} reach: wider ones have fewer tiles half empty, in proportion to the edge.
     */
    public double expertShare(double usual) {
        double width = Math.sqrt(expertParameters / (3.0 * hidden) / USUAL_EXPERT);
        return experts == 0 ? 1 : width / (width + 1 / usual - 1);
    }

    /** Routed experts of one layer that {@code tokens} tokens touch, each choosing its experts evenly. */
    public double touchedExperts(double tokens) {
        if (experts == 0 || tokens <= 0) {
            return 0;
        }
        return experts * -Math.expm1(tokens * Math.log1p(-Math.min(0.999999, (double) expertsPerToken / experts)));
    }
}
