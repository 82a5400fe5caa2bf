package io.ampacity.physics.measurement;

import io.ampacity.documents.DocumentNode;
import io.ampacity.documents.DocumentNode.MappingNode;
import io.ampacity.documents.DocumentNode.SequenceNode;
import io.ampacity.documents.YamlDocument;
import io.ampacity.facts.Deployment;
import io.ampacity.facts.Engine;
import io.ampacity.facts.Precision;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads offline results of language models from an MLPerf Inference summary, as tokens/s of one chip.
 *
 * <p>A result does not tell its layout; the deployment is that of one chip and only a statement of the formats. Prompt
 * lengths are means of the benchmark's data sets, output lengths those that the result reports where it does.
 */
public final class MlperfReader {

    /** Sequences an engine runs on a chip at most. */
    private static final int MOST_SEQUENCES = 2048;

    /** An offline run hands in a data set once, so that each of a server's chips gets its part of it at most. */
    private static final int CHIPS_OF_A_SERVER = 8;

    private static final Pattern TOKENS = Pattern.compile("TOKENS_PER_SAMPLE: ([0-9.]+)");

    /** Chips of round 5.1 that the catalogue knows. */
    public static final List<ChipName> KNOWN_CHIPS = List.of(
            new ChipName("H200-SXM", "h200-sxm"),
            new ChipName("GB200", "gb200-nvl72"),
            new ChipName("GB300", "gb300-nvl72"),
            new ChipName("B200-SXM", "b200-sxm"),
            new ChipName("MI300X", "mi300x"),
            new ChipName("MI325X", "mi325x"));

    private MlperfReader() {}

    /** The closed data-centre division's offline results in tokens/s on chips that {@code chips} names. */
    public static List<Measurement> read(Path file, List<ChipName> chips) {
        if (!(YamlDocument.read(file) instanceof SequenceNode results)) {
            throw new MeasurementException(file + " is not a list of results", "check that it is a summary");
        }
        List<Measurement> measurements = new ArrayList<>();
        for (DocumentNode element : results.elements()) {
            if (element instanceof MappingNode row) {
                Measurement measurement = measurement(row, chips);
                if (measurement != null) {
                    measurements.add(measurement);
                }
            }
        }
        return measurements;
    }

    /**
     * How a summary names a chip.
     *
     * @param words a part of the accelerator's name
     * @param chip the catalogue's name
     */
    public record ChipName(String words, String chip) {}

    private static @Nullable Measurement measurement(MappingNode row, List<ChipName> chips) {
        if (!"Offline".equals(JsonText.text(row, "Scenario"))
                || !"closed".equals(JsonText.text(row, "Category"))
                || !"datacenter".equals(JsonText.text(row, "Suite"))
                || !"Tokens/s".equals(JsonText.text(row, "Performance_Units"))) {
            return null;
        }
        String accelerator = String.valueOf(JsonText.text(row, "Accelerator"));
        String chip = chips.stream()
                .filter(name -> accelerator.contains(name.words()))
                .map(ChipName::chip)
                .findFirst()
                .orElse(null);
        Task task = Task.of(String.valueOf(JsonText.text(row, "Model")));
        Double result = JsonText.number(row, "Performance_Result");
        Double each = JsonText.number(row, "a#");
        Double nodes = JsonText.number(row, "Nodes");
        // A result on unlike chips is told as "(x3)" and cannot be divided among them.
        if (chip == null
                || task == null
                || result == null
                || each == null
                || nodes == null
                || accelerator.contains("(x")) {
            return null;
        }
        Matcher tokens = TOKENS.matcher(String.valueOf(JsonText.text(row, "Accuracy")));
        int outputs = tokens.find() ? (int) Math.round(Double.parseDouble(tokens.group(1))) : task.outputs;
        Precision precision =
                switch (String.valueOf(JsonText.text(row, "weight_data_types")).toLowerCase(Locale.ROOT)) {
                    case "fp4" -> Precision.FP4;
                    case "fp8" -> Precision.FP8;
                    default -> Precision.BF16;
                };
        Engine engine = chip.startsWith("mi") ? Engine.VLLM : Engine.TRTLLM;
        return new Measurement(
                JsonText.text(row, "ID") + " " + task.model,
                chip,
                task.model,
                new Deployment(1, 1, 1, 1, precision, Precision.FP8, engine),
                Measurement.Load.OFFLINE,
                task.prompts,
                outputs,
                Math.min(MOST_SEQUENCES, task.samples / CHIPS_OF_A_SERVER),
                0,
                false,
                1,
                null,
                null,
                result / (each * nodes),
                null);
    }

    /** The language-model tasks with the mean lengths and the sizes of their data sets. */
    private enum Task {
        LLAMA2("llama2-70b-99", "llama-2-70b", 294, 294, 24_576),
        MIXTRAL("mixtral-8x7b", "mixtral-8x7b", 290, 145, 15_000),
        LLAMA_405B("llama3.1-405b", "llama-3.1-405b", 9428, 650, 8_313),
        LLAMA_8B("llama3.1-8b", "llama-3.1-8b", 860, 128, 13_368),
        DEEPSEEK("deepseek-r1", "deepseek-r1", 800, 3700, 4_388);

        private final String name;
        private final String model;
        private final int prompts;
        private final int outputs;
        private final int samples;

        Task(String name, String model, int prompts, int outputs, int samples) {
            this.name = name;
            this.model = model;
            this.prompts = prompts;
            this.outputs = outputs;
            this.samples = samples;
        }

        /** The task of a result; null for others, and for the stricter twin of one. */
        static @Nullable Task of(String model) {
            for (Task task : values()) {
                if (task.name.equals(model)) {
                    return task;
                }
            }
            return null;
        }
    }
}
