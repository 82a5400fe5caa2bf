package io.ampacity.facts.imports;

import io.ampacity.documents.DocumentException;
import io.ampacity.documents.DocumentNode;
import io.ampacity.documents.DocumentNode.MappingNode;
import io.ampacity.documents.Issue;
import io.ampacity.documents.YamlDocument;
import io.ampacity.facts.Figure;
import io.ampacity.facts.LanguageModel;
import io.ampacity.facts.LanguageModel.FeedForward;
import io.ampacity.facts.ParameterCount;
import io.ampacity.facts.Precision;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Reads the {@code config.json} of a language model on Hugging Face.
 *
 * <p>The file does not say how many parameters the model has; the figures given are counted from the architecture and
 * say so.
 */
public final class HuggingFaceConfig {

    private static final String SUFFIX = "config.json";

    /** Left out of the files of Gemma 3, as the family's default. */
    private static final int GEMMA_3_VOCABULARY = 262_208;

    private HuggingFaceConfig() {}

    /**
     * Reads a file. The model is named by {@code _name_or_path}, or by the file: {@code Qwen--Qwen3-8B_config.json} and
     * {@code Qwen3-8B/config.json} both name themselves.
     *
     * @throws DocumentException when it is missing or no JSON
     */
    public static Imported<LanguageModel> read(Path file) {
        DocumentNode root = YamlDocument.read(file);
        return read(root, nameOf(file), file.toString());
    }

    /** Reads text; {@code name} is the model's name on Hugging Face. */
    public static Imported<LanguageModel> read(String name, String json) {
        return read(YamlDocument.parse(name, json), name, name);
    }

    private static Imported<LanguageModel> read(DocumentNode root, String name, String source) {
        if (!(root instanceof MappingNode mapping)) {
            return new Imported<>(
                    List.of(),
                    List.of(Issue.error(
                            root.place(), null, "this is not a JSON object", "name the model's config.json")));
        }
        ModelConfig config = new ModelConfig(mapping);
        Architecture architecture = Architecture.of(config);
        int vocabulary = config.text("model_type").startsWith("gemma3")
                ? config.numberOr(GEMMA_3_VOCABULARY, "vocab_size")
                : config.number("vocab_size", "padded_vocab_size");
        checkShape(config, architecture);
        if (config.failed()) {
            return new Imported<>(List.of(), config.issues());
        }
        LanguageModel plain = new LanguageModel(
                id(name),
                name.substring(name.lastIndexOf('/') + 1),
                List.of(name),
                name.contains("/") ? name.substring(0, name.indexOf('/')) : "unknown",
                architecture.layers(),
                architecture.hidden(),
                architecture.queryHeads(),
                vocabulary,
                tied(config),
                config.optional("max_position_embeddings", "seq_length", "n_positions"),
                architecture.attention(),
                architecture.kinds(),
                architecture.feedForward(),
                precision(config),
                null,
                null,
                source,
                "unknown",
                architecture.note());
        if (config.text("model_type").isEmpty()) {
            config.doubt("\"model_type\" is missing; the model is read as a plain transformer");
        }
        return new Imported<>(List.of(counted(plain)), config.issues());
    }

    private static LanguageModel counted(LanguageModel model) {
        ParameterCount count = ParameterCount.of(model);
        String origin = "counted from " + model.source();
        return new LanguageModel(
                model.id(),
                model.name(),
                model.aliases(),
                model.maker(),
                model.layers(),
                model.hiddenSize(),
                model.queryHeads(),
                model.vocabulary(),
                model.tiedEmbeddings(),
                model.maximumContext(),
                model.attention(),
                model.layerKinds(),
                model.feedForward(),
                model.nativePrecision(),
                Figure.of(count.total(), origin, model.asOf()),
                model.feedForward() instanceof FeedForward.MixtureOfExperts
                        ? Figure.of(count.active(), origin, model.asOf())
                        : null,
                model.source(),
                model.asOf(),
                model.note());
    }

    private static void checkShape(ModelConfig config, Architecture architecture) {
        if (architecture.feedForward() instanceof FeedForward.MixtureOfExperts mixture
                && mixture.expertsPerToken() > mixture.experts()) {
            config.error(
                    config.place(),
                    null,
                    "a token visits " + mixture.expertsPerToken() + " of " + mixture.experts() + " experts",
                    "check num_experts_per_tok");
        }
        if (architecture.layers() > 10_000) {
            config.error(config.place(), null, architecture.layers() + " layers are more than any model has", null);
        }
    }

    /** Families whose tables are one unless the file says otherwise. */
    private static boolean tied(ModelConfig config) {
        if (config.has("tie_word_embeddings")) {
            return config.flag("tie_word_embeddings");
        }
        String family = config.text("model_type");
        return family.startsWith("gemma")
                || List.of("bloom", "gpt2", "opt", "falcon", "cohere").contains(family);
    }

    private static Precision precision(ModelConfig config) {
        ModelConfig quantised = config.below("quantization_config");
        if (quantised != null) {
            String words = words(quantised).toLowerCase(Locale.ROOT);
            if (words.contains("fp4")
                    || words.contains("mxfp4")
                    || words.contains("num_bits: 4")
                    || words.contains("int4")
                    || words.contains("awq")
                    || words.contains("gptq")) {
                return Precision.FP4;
            }
            if (words.contains("fp8") || words.contains("float8") || words.contains("num_bits: 8 float")) {
                return config.text("expert_dtype").equals("fp4") ? Precision.FP4 : Precision.FP8;
            }
            if (words.contains("int8") || words.contains("num_bits: 8")) {
                return Precision.INT8;
            }
        }
        String type = config.text(config.has("torch_dtype") ? "torch_dtype" : "dtype");
        return type.equals("float32") ? Precision.FP32 : Precision.BF16;
    }

    /** The words that tell the format, wherever they stand in the quantisation part. */
    private static String words(ModelConfig quantised) {
        StringBuilder words = new StringBuilder();
        for (String key : List.of("quant_method", "quant_algo", "fmt", "format", "bits")) {
            words.append(quantised.text(key)).append(' ');
        }
        ModelConfig groups = quantised.below("config_groups");
        ModelConfig group = groups == null ? null : groups.below("group_0");
        ModelConfig weights = group == null ? null : group.below("weights");
        if (weights != null) {
            words.append("num_bits: ")
                    .append(weights.text("num_bits"))
                    .append(' ')
                    .append(weights.text("type"));
        }
        return words.toString();
    }

    private static String nameOf(Path file) {
        String name = file.getFileName().toString();
        if (name.equals(SUFFIX)) {
            Path folder = file.toAbsolutePath().getParent();
            Path above = folder == null ? null : folder.getFileName();
            return above == null ? "model" : above.toString().replace("--", "/");
        }
        String stem = name.endsWith("_" + SUFFIX)
                ? name.substring(0, name.length() - SUFFIX.length() - 1)
                : name.endsWith(".json") ? name.substring(0, name.length() - ".json".length()) : name;
        return stem.replace("--", "/");
    }

    private static String id(String name) {
        List<String> parts = new ArrayList<>(List.of(name.split("/", -1)));
        return parts.getLast().toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9.-]+", "-");
    }
}
