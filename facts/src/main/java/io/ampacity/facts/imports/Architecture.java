package io.ampacity.facts.imports;

import io.ampacity.facts.LanguageModel.Attention;
import io.ampacity.facts.LanguageModel.Attention.GroupedQuery;
import io.ampacity.facts.LanguageModel.Attention.Latent;
import io.ampacity.facts.LanguageModel.FeedForward;
import io.ampacity.facts.LanguageModel.LayerKinds;
import io.ampacity.facts.LanguageModel.LinearLayer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The layers of a model as its configuration describes them, family by family.
 *
 * <p>Families write the same thing in different words, and some things have no word in {@link
 * io.ampacity.facts.LanguageModel}: those are put as the nearest thing with the same parameters and, where both cannot
 * be had, the same cache a token. {@link #notes()} says what was done.
 */
final class Architecture {

    private final ModelConfig config;
    private final String family;
    private final int hidden;
    private final int queryHeads;
    private final List<String> notes = new ArrayList<>();

    private int layers;
    private Attention attention;
    private LayerKinds kinds;
    private FeedForward feedForward;

    private Architecture(ModelConfig config) {
        this.config = config;
        this.family = config.text("model_type");
        this.hidden = config.number("hidden_size", "n_embd", "d_model");
        this.queryHeads = gemma3()
                ? config.numberOr(8, "num_attention_heads")
                : config.number("num_attention_heads", "n_head", "n_heads");
        this.layers = config.numberOr(0, "num_hidden_layers", "n_layer", "n_layers");
        this.attention = plainAttention();
        this.kinds = layerKinds();
        this.feedForward = plainFeedForward();
    }

    /** Reads the architecture; mistakes are noted in the configuration. */
    static Architecture of(ModelConfig config) {
        Architecture result = new Architecture(config);
        switch (result.family) {
            case "deepseek_v4", "deepseek_ref" -> result.compressedAttention();
            case "llama4", "llama4_text" -> result.llama4();
            case "mimo_v2_flash" -> result.mimoFlash();
            case "gemma4", "gemma4_text" -> result.gemma4();
            case "qwen3_5_moe", "qwen3_5_moe_text", "qwen3_5", "qwen3_5_text", "qwen3_next" -> result.deltaNet();
            case "kimi_linear" -> result.kimiDelta();
            case "nemotron_h" -> result.nemotronHybrid();
            case "nemotron-nas" -> result.nemotronSearched();
            default -> {}
        }
        if (config.has("index_topk")
                && !result.family.startsWith("deepseek_v4")
                && !result.family.equals("deepseek_ref")) {
            result.notes.add("Attends to the " + config.number("index_topk")
                    + " best tokens only; the cache is kept whole, so reads are an upper bound");
        }
        if (config.has("sparse_attention_config")) {
            result.notes.add("Attends to chosen blocks only; the cache is kept whole, so reads are an upper bound");
        }
        if (result.layers == 0) {
            config.error(config.place().below("num_hidden_layers"), null, "\"num_hidden_layers\" is missing", null);
        }
        return result;
    }

    int hidden() {
        return hidden;
    }

    int queryHeads() {
        return queryHeads;
    }

    int layers() {
        return layers;
    }

    Attention attention() {
        return attention;
    }

    LayerKinds kinds() {
        return kinds;
    }

    FeedForward feedForward() {
        return feedForward;
    }

    List<String> notes() {
        return List.copyOf(notes);
    }

    /** Gemma 3's files leave out what equals the family's defaults. */
    private boolean gemma3() {
        return family.startsWith("gemma3");
    }

    private int headSize() {
        if (gemma3()) {
            return config.numberOr(256, "head_dim");
        }
        return config.numberOr(Math.max(1, hidden / Math.max(1, queryHeads)), "head_dim", "attention_head_dim");
    }

    private Attention plainAttention() {
        if (config.has("kv_lora_rank")) {
            return new Latent(
                    config.number("kv_lora_rank"),
                    config.number("qk_rope_head_dim"),
                    config.number("qk_nope_head_dim"),
                    config.number("v_head_dim"),
                    config.optional("q_lora_rank"));
        }
        if (gemma3()) {
            return new GroupedQuery(config.numberOr(4, "num_key_value_heads"), headSize());
        }
        boolean oneHead = config.flag("multi_query");
        return new GroupedQuery(
                config.numberOr(oneHead ? 1 : queryHeads, "num_key_value_heads", "num_kv_heads", "n_head_kv"),
                headSize());
    }

    private LayerKinds layerKinds() {
        List<String> types = config.words("layer_types");
        if (types.isEmpty()) {
            int every = fullEvery();
            int full = layers / every;
            return every == 1
                    ? new LayerKinds(layers, 0, 0, 0)
                    : new LayerKinds(full, layers - full, config.number("sliding_window"), 0);
        }
        List<String> counted = types.subList(0, Math.min(layers, types.size()));
        int sliding =
                (int) counted.stream().filter(type -> type.contains("sliding")).count();
        int linear =
                (int) counted.stream().filter(type -> type.contains("linear")).count();
        return new LayerKinds(
                layers - sliding - linear, sliding, sliding == 0 ? 0 : config.number("sliding_window"), linear);
    }

    /** One layer in so many attends to all tokens, where the file tells a rhythm and not each layer. */
    private int fullEvery() {
        if (!config.has("sliding_window")) {
            return 1;
        }
        int usual = gemma3() ? 6 : family.equals("gemma2") ? 2 : 1;
        return Math.max(1, config.numberOr(usual, "sliding_window_pattern", "_sliding_window_pattern"));
    }

    private FeedForward plainFeedForward() {
        int matrices = matrices();
        Integer experts = config.optional("num_local_experts", "n_routed_experts", "num_experts");
        boolean mixture =
                experts != null && experts > 1 && !(family.startsWith("gemma4") && !config.flag("enable_moe_block"));
        if (experts == null || !mixture) {
            if (family.equals("nemotron-nas")) {
                return new FeedForward.Dense(1, matrices);
            }
            int size = family.equals("bloom")
                    ? 4 * hidden
                    : config.numberOr(4 * hidden, "intermediate_size", "ffn_hidden_size", "n_inner", "ffn_dim");
            return new FeedForward.Dense(size, matrices);
        }
        int size = config.number("moe_intermediate_size", "intermediate_size");
        int shared = config.numberOr(0, "n_shared_experts", "num_shared_experts");
        int denseLayers = config.numberOr(0, "first_k_dense_replace");
        return new FeedForward.MixtureOfExperts(
                experts,
                config.number("num_experts_per_tok", "num_experts_per_token", "top_k_experts", "experts_per_token"),
                size,
                shared,
                shared == 0 ? 0 : config.numberOr(size, "share_expert_dim"),
                denseLayers,
                denseLayers == 0 ? 0 : config.numberOr(0, "dense_intermediate_size", "intermediate_size"),
                matrices);
    }

    /** Gated blocks have three matrices; old and squared-ReLU ones two. */
    private int matrices() {
        boolean plain = config.text("mlp_hidden_act").equals("relu2")
                || List.of("bloom", "gpt2", "gpt_neox", "opt", "falcon", "mpt", "phi")
                        .contains(family);
        return plain ? 2 : 3;
    }

    private FeedForward.MixtureOfExperts mixture() {
        return feedForward instanceof FeedForward.MixtureOfExperts found
                ? found
                : new FeedForward.MixtureOfExperts(1, 1, 1, 0, 0, 0, 0, 3);
    }

    private void mixture(int expertSize, int shared, int sharedSize, int denseLayers, int denseSize) {
        FeedForward.MixtureOfExperts plain = mixture();
        feedForward = new FeedForward.MixtureOfExperts(
                plain.experts(),
                plain.expertsPerToken(),
                expertSize,
                shared,
                sharedSize,
                denseLayers,
                denseLayers == 0 ? 0 : denseSize,
                plain.matrices());
    }

    private boolean isMixture() {
        return feedForward instanceof FeedForward.MixtureOfExperts;
    }

    /** DeepSeek-V4: one vector a token is key and value; queries and outputs go through low ranks. */
    private void compressedAttention() {
        int head = headSize();
        int rope = config.number("qk_rope_head_dim");
        int rank = Math.max(1, head - rope);
        double output = (double) queryHeads * head * config.number("o_lora_rank")
                + (double) config.number("o_groups") * config.number("o_lora_rank") * hidden;
        double decompression = (double) rank * queryHeads;
        int value = (int) Math.max(
                1, Math.round((output - decompression * rank) / (decompression + (double) queryHeads * hidden)));
        attention = new Latent(rank, rope, rank, value, config.optional("q_lora_rank"));
        List<String> ratios = config.words("compress_ratios");
        int sliding = (int) ratios.stream().limit(layers).filter("0"::equals).count();
        kinds = new LayerKinds(layers - sliding, sliding, sliding == 0 ? 0 : config.number("sliding_window"), 0);
        notes.add("One vector of " + head + " values serves as key and value; the value size of " + value
                + " stands for the grouped output projection so that parameters add up. Compression of the cache is not"
                + " modelled: memory and reads for it are an upper bound");
    }

    private void llama4() {
        int step = Math.max(1, config.numberOr(1, "interleave_moe_layer_step"));
        int size = config.number("intermediate_size");
        mixture(size, 1, size, layers - layers / step, config.number("intermediate_size_mlp"));
        int full = layers / 4;
        kinds = new LayerKinds(full, layers - full, config.numberOr(8192, "attention_chunk_size"), 0);
        notes.add("Three of four layers attend within chunks, counted as sliding");
    }

    private void mimoFlash() {
        int width = (config.number("head_dim") + config.number("v_head_dim")) / 2;
        attention = new GroupedQuery(config.number("num_key_value_heads"), width);
        int sliding = (int) config.words("hybrid_layer_pattern").stream()
                .filter("1"::equals)
                .count();
        kinds = new LayerKinds(
                layers - sliding,
                sliding,
                config.number("sliding_window"),
                0,
                new GroupedQuery(config.number("swa_num_key_value_heads"), width),
                null);
        int dense = (int)
                config.words("moe_layer_freq").stream().filter("0"::equals).count();
        mixture(mixture().expertSize(), 0, 0, dense, config.number("intermediate_size"));
        notes.add("Head size is the mean of that of keys and that of values");
    }

    private void gemma4() {
        int heads = config.number("num_key_value_heads");
        int global = config.numberOr(heads, "num_global_key_value_heads");
        boolean sharedMatrix = config.flag("attention_k_eq_v");
        attention = new GroupedQuery(
                Math.max(1, sharedMatrix ? global / 2 : global), config.numberOr(headSize(), "global_head_dim"));
        kinds = new LayerKinds(
                kinds.full(), kinds.sliding(), kinds.window(), 0, new GroupedQuery(heads, headSize()), null);
        if (sharedMatrix) {
            notes.add("Full layers share one matrix for keys and values, counted as half the heads");
        }
        if (isMixture()) {
            mixture(mixture().expertSize(), 1, config.number("intermediate_size"), 0, 0);
        }
    }

    /** Gated DeltaNet, as in Qwen3-Next and Qwen3.5. */
    private void deltaNet() {
        long heads = config.number("linear_num_value_heads");
        long keys = (long) config.number("linear_num_key_heads") * config.number("linear_key_head_dim");
        long values = heads * config.number("linear_value_head_dim");
        long kernel = config.number("linear_conv_kernel_dim");
        linear(
                hidden * (2 * keys + 2 * values) + hidden * 2L * heads + values * hidden + kernel * (2 * keys + values),
                heads * config.number("linear_key_head_dim") * config.number("linear_value_head_dim")
                        + (kernel - 1) * (2 * keys + values));
        if (isMixture()) {
            mixture(mixture().expertSize(), 1, config.number("shared_expert_intermediate_size"), 0, 0);
        }
        notes.add("Gated DeltaNet in the linear layers");
    }

    private void kimiDelta() {
        ModelConfig linear = config.below("linear_attn_config");
        if (linear == null) {
            config.error(config.place().below("linear_attn_config"), null, "\"linear_attn_config\" is missing", null);
            return;
        }
        int full = linear.words("full_attn_layers").size();
        kinds = new LayerKinds(full, 0, 0, layers - full);
        long heads = linear.number("num_heads");
        long head = linear.number("head_dim");
        long width = heads * head;
        linear(5L * hidden * width + hidden * heads + 2L * hidden * head, heads * head * head + 9 * width);
        FeedForward.MixtureOfExperts plain = mixture();
        int routed = config.numberOr(hidden, "routed_expert_hidden_size");
        mixture(
                (int) ((long) plain.expertSize() * routed / hidden),
                plain.sharedExperts(),
                plain.expertSize(),
                plain.denseLayers(),
                plain.denseSize());
        notes.add("Kimi Delta Attention in the linear layers");
        narrowExperts(routed);
    }

    /** Mamba-2, attention and feed-forward blocks in a written order; each letter is one layer of the file. */
    private void nemotronHybrid() {
        List<String> order = order();
        int full = Collections.frequency(order, "attention");
        int mamba = Collections.frequency(order, "mamba");
        int blocks = Collections.frequency(order, "moe") + Collections.frequency(order, "mlp");
        layers = full + mamba;
        long state = config.number("ssm_state_size");
        long groups = config.number("n_groups");
        long heads = config.number("mamba_num_heads");
        long inner = heads * config.number("mamba_head_dim");
        long kernel = config.number("conv_kernel");
        long mixed = inner + 2 * groups * state;
        kinds = new LayerKinds(full, 0, 0, mamba);
        linear(
                hidden * (inner + mixed + heads) + kernel * mixed + inner * hidden,
                inner * state + (kernel - 1) * mixed);
        if (isMixture()) {
            int latent = config.numberOr(hidden, "moe_latent_size");
            mixture(
                    (int) ((long) mixture().expertSize() * latent / hidden),
                    mixture().sharedExperts(),
                    config.number("moe_shared_expert_intermediate_size"),
                    Math.max(0, layers - blocks),
                    0);
            notes.add("Mamba-2 in the linear layers; " + Math.max(0, layers - blocks) + " of the " + layers
                    + " layers have no block of experts, counted as dense layers of size 0");
            narrowExperts(latent);
        } else if (layers > 0) {
            feedForward = new FeedForward.Dense(
                    (int) ((long) config.number("intermediate_size") * blocks / layers), matrices());
            notes.add("Mamba-2 in the linear layers; feed-forward blocks follow " + blocks + " of " + layers
                    + " layers and their size is averaged over all");
        }
    }

    private List<String> order() {
        List<String> types = config.words("layers_block_type");
        if (!types.isEmpty()) {
            return types;
        }
        return config.text("hybrid_override_pattern")
                .chars()
                .mapToObj(letter -> switch (letter) {
                    case 'M' -> "mamba";
                    case 'E' -> "moe";
                    case '*' -> "attention";
                    case '-' -> "mlp";
                    default -> "unknown";
                })
                .toList();
    }

    /** A Llama whose blocks a search has thinned, each on its own. */
    private void nemotronSearched() {
        List<ModelConfig> blocks = blocks();
        int attending = 0;
        long sizes = 0;
        int perGroup = 1;
        for (ModelConfig block : blocks) {
            ModelConfig mixer = block.below("attention");
            ModelConfig feed = block.below("ffn");
            if (mixer != null && !mixer.flag("no_op")) {
                attending++;
                perGroup = Math.max(1, mixer.numberOr(1, "n_heads_in_group"));
            }
            if (feed != null && !feed.flag("no_op")) {
                sizes += searchedSize(feed);
            }
        }
        if (blocks.isEmpty() || attending == 0) {
            config.error(config.place().below("block_configs"), null, "\"block_configs\" is missing", null);
            return;
        }
        attention = new GroupedQuery(Math.max(1, queryHeads / perGroup), headSize());
        kinds = new LayerKinds(attending, 0, 0, layers - attending, null, new LinearLayer(0, 0));
        feedForward = new FeedForward.Dense((int) Math.max(1, Math.round((double) sizes / layers)), 3);
        notes.add((layers - attending) + " of " + layers
                + " layers have no attention, counted as linear layers without parameters; feed-forward size averaged"
                + " over all layers");
    }

    private List<ModelConfig> blocks() {
        List<ModelConfig> blocks = new ArrayList<>();
        if (config.node("block_configs") instanceof io.ampacity.documents.DocumentNode.SequenceNode sequence) {
            for (io.ampacity.documents.DocumentNode element : sequence.elements()) {
                if (element instanceof io.ampacity.documents.DocumentNode.MappingNode mapping) {
                    blocks.add(new ModelConfig(mapping));
                }
            }
        }
        return blocks;
    }

    /** Two thirds of the multiple of the hidden size, rounded up to 256, as the model's code has it. */
    private long searchedSize(ModelConfig feed) {
        double multiple;
        try {
            multiple = Double.parseDouble(feed.text("ffn_mult"));
        } catch (NumberFormatException missing) {
            return 0;
        }
        long plain = (long) (2 * multiple * hidden / 3);
        return Math.ceilDiv(plain, 256L) * 256;
    }

    private void narrowExperts(int width) {
        if (width != hidden) {
            notes.add("Routed experts work on " + width + " of " + hidden + " dimensions, counted as a smaller size");
        }
    }

    private void linear(long parameters, long state) {
        kinds = new LayerKinds(
                kinds.full(),
                kinds.sliding(),
                kinds.window(),
                kinds.linear(),
                kinds.slidingAttention(),
                kinds.linear() == 0 ? null : new LinearLayer(parameters, state));
    }

    @Nullable String note() {
        return notes.isEmpty() ? null : String.join(". ", notes) + ".";
    }
}
