package io.ampacity.facts.imports;

import static org.assertj.core.api.Assertions.assertThat;

import io.ampacity.facts.BuiltInCatalogue;
import io.ampacity.facts.LanguageModel;
import io.ampacity.facts.LanguageModel.Attention;
import io.ampacity.facts.LanguageModel.FeedForward;
import io.ampacity.facts.ParameterCount;
import io.ampacity.facts.Precision;
import io.ampacity.testing.SharedData;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class HuggingFaceConfigTest {

    /** {@code -70B}, {@code -0.6B}, {@code -30B-A3B}; not the 17B of Llama 4, which counts active parameters. */
    private static final Pattern SIZE = Pattern.compile("-(\\d+(?:\\.\\d+)?)B(?:-A(\\d+(?:\\.\\d+)?)B)?(?=-|$)");

    /** Names that state something else than the sum of what is counted, with the total their makers publish. */
    private static final Map<String, Double> PUBLISHED = Map.of(
            "Mixtral-8x7B-v0.1", 46.7,
            "Mixtral-8x22B-v0.1", 141.0,
            "Llama-4-Maverick-17B-128E-Instruct", 400.0,
            "Llama-4-Scout-17B-16E-Instruct", 109.0,
            // Its text part is Qwen3 1.7B; the vision tower makes up the rest.
            "Qwen3-VL-2B-Instruct", 1.7,
            // As the model page counts, with the extra prediction layer.
            "MiMo-7B-Base", 7.83,
            "NVIDIA-Nemotron-3-Nano-30B-A3B-BF16", 31.6,
            "NVIDIA-Nemotron-3-Nano-30B-A3B-NVFP4", 31.6,
            "NVIDIA-Nemotron-3.5-Lightning-30B-A3B-NVFP4", 31.6);

    private static final Map<String, Double> FAMILIES = Map.of(
            "DeepSeek-R1",
            671.0,
            "DeepSeek-V3",
            671.0,
            "Kimi-K2",
            1040.0,
            "GLM-5",
            744.0,
            "gpt-oss-120b",
            116.8,
            "gpt-oss-20b",
            20.9,
            "MiMo-V2-Flash",
            309.0);

    @Test
    void aPlainConfigurationIsReadWhole() {
        LanguageModel model =
                HuggingFaceConfig.read("meta-llama/Llama-3.1-8B", """
                {"architectures": ["LlamaForCausalLM"], "model_type": "llama", "hidden_size": 4096,
                 "intermediate_size": 14336, "num_attention_heads": 32, "num_hidden_layers": 32,
                 "num_key_value_heads": 8, "vocab_size": 128256, "max_position_embeddings": 131072,
                 "tie_word_embeddings": false, "torch_dtype": "bfloat16", "rope_theta": 500000.0}
                """).only();
        assertThat(model.id()).isEqualTo("llama-3.1-8b");
        assertThat(model.attention()).isEqualTo(new Attention.GroupedQuery(8, 128));
        assertThat(model.feedForward()).isEqualTo(new FeedForward.Dense(14336, 3));
        assertThat(model.layerKinds()).isEqualTo(new LanguageModel.LayerKinds(32, 0, 0, 0));
        // The published count is 8,030,261,248; norms are left out here.
        assertThat(ParameterCount.of(model).total()).isBetween(8.0299e9, 8.0303e9);
    }

    @Test
    void theTextPartOfAMultiModalModelIsWhatIsRead() {
        LanguageModel model = HuggingFaceConfig.read("Qwen/Qwen3-VL-8B", """
                {"model_type": "qwen3_vl", "hidden_size": 7, "tie_word_embeddings": false,
                 "vision_config": {"hidden_size": 1152},
                 "text_config": {"model_type": "qwen3_vl_text", "hidden_size": 4096, "head_dim": 128,
                  "intermediate_size": 12288, "num_attention_heads": 32, "num_hidden_layers": 36,
                  "num_key_value_heads": 8, "vocab_size": 151936}}
                """).only();
        assertThat(model.hiddenSize()).isEqualTo(4096);
        assertThat(ParameterCount.of(model).total()).isBetween(8.1e9, 8.3e9);
    }

    @Test
    void allMistakesOfABadFileAreToldTogether() {
        Imported<LanguageModel> imported = HuggingFaceConfig.read("x/y", """
                {"model_type": "llama", "hidden_size": "large", "num_hidden_layers": -3, "vocab_size": 1e99}
                """);
        assertThat(imported.records()).isEmpty();
        assertThat(imported.issues())
                .extracting(issue -> issue.problem())
                .anySatisfy(
                        problem -> assertThat(problem).contains("hidden_size").contains("large"))
                .anySatisfy(problem -> assertThat(problem).contains("num_attention_heads"))
                .anySatisfy(problem -> assertThat(problem).contains("-3"))
                .anySatisfy(problem -> assertThat(problem).contains("1e99"));
    }

    @Test
    void quantisedWeightsAreRecognised() {
        String head = "{\"model_type\": \"llama\", \"hidden_size\": 64, \"num_attention_heads\": 4,"
                + " \"num_hidden_layers\": 2, \"intermediate_size\": 128, \"vocab_size\": 100, \"quantization_config\": ";
        assertThat(HuggingFaceConfig.read("a/b", head + "{\"quant_method\": \"fp8\", \"fmt\": \"e4m3\"}}")
                        .only()
                        .nativePrecision())
                .isEqualTo(Precision.FP8);
        assertThat(HuggingFaceConfig.read("a/b", head + "{\"quant_method\": \"mxfp4\"}}")
                        .only()
                        .nativePrecision())
                .isEqualTo(Precision.FP4);
        assertThat(HuggingFaceConfig.read("a/b", head + "{\"quant_algo\": \"NVFP4\"}}")
                        .only()
                        .nativePrecision())
                .isEqualTo(Precision.FP4);
    }

    @Test
    void everyPublishedConfigurationCountsToTheNumberInItsName() throws IOException {
        int named = 0;
        List<Path> files = configurations();
        assertThat(files).hasSizeGreaterThanOrEqualTo(83);
        for (Path file : files) {
            Imported<LanguageModel> imported = HuggingFaceConfig.read(file);
            assertThat(imported.issues()).as(file.toString()).isEmpty();
            LanguageModel model = imported.only();
            double billions = ParameterCount.of(model).total() / 1e9;
            Double expected = expected(model.name());
            if (expected != null) {
                named++;
                assertThat(billions / expected)
                        .as("%s: %.2f B", model.name(), billions)
                        .isBetween(0.95, 1.05);
            }
            Matcher size = SIZE.matcher(model.name());
            if (size.find() && size.group(2) != null) {
                double active = ParameterCount.of(model).active() / 1e9;
                assertThat(active / Double.parseDouble(size.group(2)))
                        .as("%s: %.2f B active", model.name(), active)
                        .isBetween(0.8, 1.2);
            }
        }
        assertThat(named).isGreaterThanOrEqualTo(60);
    }

    @Test
    void theCatalogueSaysWhatTheConfigurationsSay() throws IOException {
        int compared = 0;
        for (Path file : configurations()) {
            LanguageModel read = HuggingFaceConfig.read(file).only();
            LanguageModel known =
                    BuiltInCatalogue.load().model(read.aliases().getFirst()).orElse(null);
            if (known != null) {
                compared++;
                assertThat(read.attention()).as(read.name()).isEqualTo(known.attention());
                assertThat(read.layerKinds()).as(read.name()).isEqualTo(known.layerKinds());
                assertThat(read.feedForward()).as(read.name()).isEqualTo(known.feedForward());
                assertThat(read.layers()).as(read.name()).isEqualTo(known.layers());
                assertThat(read.vocabulary()).as(read.name()).isEqualTo(known.vocabulary());
                assertThat(read.tiedEmbeddings()).as(read.name()).isEqualTo(known.tiedEmbeddings());
            }
        }
        assertThat(compared).isGreaterThanOrEqualTo(80);
    }

    private static @org.jspecify.annotations.Nullable Double expected(String name) {
        Double known = PUBLISHED.get(name);
        if (known != null) {
            return known;
        }
        for (Map.Entry<String, Double> family : FAMILIES.entrySet()) {
            if (name.startsWith(family.getKey())) {
                return family.getValue();
            }
        }
        Matcher size = SIZE.matcher(name);
        return size.find() ? Double.valueOf(size.group(1)) : null;
    }

    private static List<Path> configurations() throws IOException {
        Path folder = SharedData.at("aiconfigurator/aic-core/src/aiconfigurator_core/model_configs");
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith("_config.json"))
                    .sorted()
                    .toList();
        }
    }

    @Test
    void whatGemma3LeavesOutIsItsFamilysDefault() {
        LanguageModel read = HuggingFaceConfig.read("google/gemma-3-4b-it", """
                {"model_type": "gemma3", "text_config": {"model_type": "gemma3_text", "hidden_size": 2560,
                 "intermediate_size": 10240, "num_hidden_layers": 34, "sliding_window": 1024}}
                """).only();
        assertThat(read.attention()).isEqualTo(new Attention.GroupedQuery(4, 256));
        assertThat(read.queryHeads()).isEqualTo(8);
        assertThat(read.layerKinds().full()).isEqualTo(5);
        assertThat(read.layerKinds().sliding()).isEqualTo(29);
        assertThat(ParameterCount.of(read).total()).isBetween(3.8e9, 4.0e9);
    }

    @Test
    void slidingLayersThatOnlyARhythmTellsAreCounted() {
        LanguageModel gemma2 = HuggingFaceConfig.read("google/gemma-2-9b", """
                {"model_type": "gemma2", "hidden_size": 3584, "intermediate_size": 14336, "num_hidden_layers": 42,
                 "num_attention_heads": 16, "num_key_value_heads": 8, "head_dim": 256, "sliding_window": 4096,
                 "vocab_size": 256000}
                """).only();
        assertThat(gemma2.layerKinds().full()).isEqualTo(21);
        assertThat(gemma2.layerKinds().window()).isEqualTo(4096);
        LanguageModel command = HuggingFaceConfig.read("cohere/command-a", """
                {"model_type": "cohere2", "hidden_size": 12288, "intermediate_size": 36864, "num_hidden_layers": 64,
                 "num_attention_heads": 96, "num_key_value_heads": 8, "head_dim": 128, "sliding_window": 4096,
                 "sliding_window_pattern": 4, "vocab_size": 256000}
                """).only();
        assertThat(command.layerKinds().full()).isEqualTo(16);
        LanguageModel mistral =
                HuggingFaceConfig.read("mistralai/Mistral-7B-v0.2", """
                {"model_type": "mistral", "hidden_size": 4096, "intermediate_size": 14336, "num_hidden_layers": 32,
                 "num_attention_heads": 32, "num_key_value_heads": 8, "sliding_window": null, "vocab_size": 32000}
                """).only();
        assertThat(mistral.layerKinds().full()).isEqualTo(32);
    }
}
