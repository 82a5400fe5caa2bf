package io.ampacity.physics.measurement;

import de.siegmar.fastcsv.reader.NamedCsvRecord;
import io.ampacity.facts.Deployment;
import io.ampacity.facts.Engine;
import io.ampacity.facts.Precision;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads measured serving latencies collected by AIConfigurator ({@code silicon_sample.csv}).
 *
 * <p>Faults of the file that are mended here: the clients of a row stand in the text of its source, its batch size
 * often differs; layouts wider than eight chips keep a copy of attention on each; rows of 2026-04-06 with spread experts give the product of all degrees as tensor (or data) degree.
 */
public final class SiliconReader {

    private static final Pattern CLIENTS = Pattern.compile("silicon_concurrency=(\\d+)");

    /** Rows from InferenceX draw lengths evenly from 80 to 100 % of the longest; the others keep them fixed. */
    private static final double RANGE_SPREAD = 0.2;

    private SiliconReader() {}

    public static List<Measurement> read(Path file) {
        List<Measurement> measurements = new ArrayList<>();
        for (NamedCsvRecord row : CsvTable.read(file)) {
            boolean split = CsvTable.text(file, row, "mode").equals("disagg");
            Precision weights = precision(CsvTable.text(file, row, "precision"));
            String prefix = split ? "decode_" : "";
            Deployment deployment = layout(file, row, prefix, weights, dated(file, row));
            int clients = clients(file, row, split, deployment);
            measurements.add(new Measurement(
                    CsvTable.text(file, row, "id"),
                    CsvTable.text(file, row, "system"),
                    CsvTable.text(file, row, "model_path"),
                    deployment,
                    split ? Measurement.Load.DISAGGREGATED : Measurement.Load.CLOSED_LOOP,
                    CsvTable.whole(file, row, "isl", 1024),
                    CsvTable.whole(file, row, "osl", 1024),
                    clients,
                    dated(file, row) ? RANGE_SPREAD : 0,
                    speculative(file, row, deployment) ? (deployment.dataParallel() > 1 ? 1 : 3) : 0,
                    admissionSteps(file, row, deployment, clients),
                    deployment.chips(),
                    CsvTable.number(file, row, "silicon_ttft_ms") / 1e3,
                    CsvTable.number(file, row, "silicon_tpot_ms") / 1e3,
                    null,
                    null));
        }
        return measurements;
    }

    /**
     * Whether a row tells how it was run, so that something can be learned from it. Drafted rows tell only by their
     * release; aggregated rows on GB200 count all chips of several workers as one layout (12 to 72 of them), or have 16
     * clients wait longer for a token than 256.
     */
    public static boolean tellsHowItRan(Measurement row) {
        boolean rack = row.chip().equals("gb200") && row.load() == Measurement.Load.CLOSED_LOOP;
        return !row.speculative() && !rack;
    }

    /** The disaggregated rows with all they tell of both pools. */
    public static List<SplitMeasurement> readSplit(Path file) {
        List<SplitMeasurement> measurements = new ArrayList<>();
        for (NamedCsvRecord row : CsvTable.read(file)) {
            if (!CsvTable.text(file, row, "mode").equals("disagg")) {
                continue;
            }
            Precision weights = precision(CsvTable.text(file, row, "precision"));
            Deployment prefill = layout(file, row, "prefill_", weights, dated(file, row));
            Deployment decode = layout(file, row, "decode_", weights, dated(file, row));
            int prefillWorkers = CsvTable.whole(file, row, "prefill_num_workers", 0);
            int decodeWorkers = CsvTable.whole(file, row, "decode_num_workers", 0);
            int clients = clients(file, row, true, decode);
            measurements.add(new SplitMeasurement(
                    CsvTable.text(file, row, "id"),
                    settings(row) + " clients=" + clients,
                    CsvTable.text(file, row, "system"),
                    CsvTable.text(file, row, "model_path"),
                    prefill,
                    prefillWorkers == 0 ? null : prefillWorkers,
                    decode,
                    decodeWorkers == 0 ? null : decodeWorkers,
                    CsvTable.whole(file, row, "isl", 1024),
                    CsvTable.whole(file, row, "osl", 1024),
                    clients,
                    dated(file, row) ? RANGE_SPREAD : 0,
                    CsvTable.number(file, row, "silicon_ttft_ms") / 1e3,
                    CsvTable.number(file, row, "silicon_tpot_ms") / 1e3));
        }
        return measurements;
    }

    private static String settings(NamedCsvRecord row) {
        Set<String> figures = Set.of("id", "silicon_data_source", "silicon_ttft_ms", "silicon_tpot_ms");
        StringBuilder text = new StringBuilder();
        for (String name : row.getHeader()) {
            if (!figures.contains(name)) {
                text.append(name).append('=').append(row.getField(name)).append(' ');
            }
        }
        return text.toString();
    }

    private static boolean dated(Path file, NamedCsvRecord row) {
        return CsvTable.text(file, row, "silicon_data_source").contains("source_file=2026-");
    }

    /**
     * TensorRT-LLM rows of DeepSeek that drafted tokens: InferenceX's list of runs (nvidia-master.yaml) has release
     * 1.2.0rc6.post3 with drafting only, and with 1.1.0rc2.post2 most spread layouts and concurrencies. It drafts three
     * tokens, or one with copies of attention.
     */
    private static boolean speculative(Path file, NamedCsvRecord row, Deployment deployment) {
        if (deployment.engine() != Engine.TRTLLM
                || !CsvTable.text(file, row, "model_path").contains("DeepSeek")) {
            return false;
        }
        return switch (CsvTable.text(file, row, "backend_version")) {
            case "1.2.0rc6.post3" -> true;
            case "1.1.0rc2.post2" -> deployment.expertParallel() > 1;
            default -> false;
        };
    }

    /**
     * Decoding steps that requests wait by the settings of InferenceX's launch scripts: SGLang on Blackwell looks at its
     * queue every 10 steps, every 30 with 16 clients and more; TensorRT-LLM gathers prompts of Llama for 20 steps when
     * inputs and outputs have 1,024 tokens on fewer than eight chips, and with copies of attention waits for prompts of
     * other copies, for 60 steps at most.
     */
    private static int admissionSteps(Path file, NamedCsvRecord row, Deployment deployment, int clients) {
        if (!dated(file, row) || !CsvTable.text(file, row, "mode").equals("agg")) {
            return 0;
        }
        boolean llama = CsvTable.text(file, row, "model_path").contains("Llama-3.1-70B");
        boolean even = CsvTable.whole(file, row, "isl", 0) == 1024 && CsvTable.whole(file, row, "osl", 0) == 1024;
        return switch (deployment.engine()) {
            case VLLM -> 0;
            case SGLANG -> CsvTable.text(file, row, "system").startsWith("b200") ? (clients >= 16 ? 15 : 5) : 0;
            case TRTLLM -> {
                if (deployment.dataParallel() > 1) {
                    yield 30;
                }
                yield llama && even && deployment.tensorParallel() < 8 ? 20 : 0;
            }
        };
    }

    private static int clients(Path file, NamedCsvRecord row, boolean split, Deployment deployment) {
        Matcher matcher = CLIENTS.matcher(CsvTable.text(file, row, "silicon_data_source"));
        if (matcher.find()) {
            return Integer.parseInt(matcher.group(1));
        }
        return split
                ? CsvTable.whole(file, row, "decode_batch_size", 1) * CsvTable.whole(file, row, "decode_num_workers", 1)
                : CsvTable.whole(file, row, "batch_size", 1) * deployment.dataParallel();
    }

    private static Deployment layout(Path file, NamedCsvRecord row, String prefix, Precision weights, boolean dated) {
        int tensor = Math.max(1, CsvTable.whole(file, row, prefix + "tp_size", 1));
        int data = Math.max(1, CsvTable.whole(file, row, prefix + "attention_dp_size", 1));
        int expertTensor = Math.max(1, CsvTable.whole(file, row, prefix + "moe_tp_size", 1));
        int expert = Math.max(1, CsvTable.whole(file, row, prefix + "moe_ep_size", 1));
        boolean products = CsvTable.text(file, row, "silicon_data_source").contains("source_file=2026-04-06");
        if (products && expert > 1 && expertTensor > 1 && tensor * data == expertTensor * expert) {
            int chips = Math.max(expertTensor, expert);
            if (data > 1) {
                data = chips;
            } else {
                tensor = chips;
            }
        }
        if (tensor > 8 && data == 1) {
            data = tensor;
            tensor = 1;
        }
        String backend = CsvTable.text(file, row, "backend");
        Engine engine =
                switch (backend) {
                    case "trtllm" -> Engine.TRTLLM;
                    case "sglang" -> Engine.SGLANG;
                    case "vllm" -> Engine.VLLM;
                    default ->
                        throw new MeasurementException(
                                file + ":" + row.getStartingLineNumber() + ": the engine \"" + backend
                                        + "\" is unknown",
                                "add it");
                };
        // InferenceX starts vLLM with an eight-bit cache; SGLang on Hopper keeps its default of sixteen bits.
        boolean hopper = CsvTable.text(file, row, "system").startsWith("h");
        Precision cache =
                weights == Precision.BF16 || (engine == Engine.VLLM && !dated) || (engine == Engine.SGLANG && hopper)
                        ? Precision.BF16
                        : Precision.FP8;
        return new Deployment(tensor, 1, expert, data, weights, cache, engine);
    }

    private static Precision precision(String text) {
        return switch (text) {
            case "fp4" -> Precision.FP4;
            case "fp8" -> Precision.FP8;
            default -> Precision.BF16;
        };
    }
}
