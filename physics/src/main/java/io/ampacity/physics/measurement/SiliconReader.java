package io.ampacity.physics.measurement;

import de.siegmar.fastcsv.reader.NamedCsvRecord;
import io.ampacity.facts.Deployment;
import io.ampacity.facts.Engine;
import io.ampacity.facts.Precision;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
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
            Deployment deployment = layout(file, row, prefix, weights);
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
                    speculative(file, row, deployment),
                    deployment.chips(),
                    CsvTable.number(file, row, "silicon_ttft_ms") / 1e3,
                    CsvTable.number(file, row, "silicon_tpot_ms") / 1e3,
                    null,
                    null));
        }
        return measurements;
    }

    private static boolean dated(Path file, NamedCsvRecord row) {
        return CsvTable.text(file, row, "silicon_data_source").contains("source_file=2026-");
    }

    /**
     * TensorRT-LLM rows of DeepSeek that must have drafted tokens: these releases answer in half the time of others with
     * the same layout, below what reading the weights once a token allows.
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

    private static int clients(Path file, NamedCsvRecord row, boolean split, Deployment deployment) {
        Matcher matcher = CLIENTS.matcher(CsvTable.text(file, row, "silicon_data_source"));
        if (matcher.find()) {
            return Integer.parseInt(matcher.group(1));
        }
        return split
                ? CsvTable.whole(file, row, "decode_batch_size", 1) * CsvTable.whole(file, row, "decode_num_workers", 1)
                : CsvTable.whole(file, row, "batch_size", 1) * deployment.dataParallel();
    }

    private static Deployment layout(Path file, NamedCsvRecord row, String prefix, Precision weights) {
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
        Precision cache = weights == Precision.BF16 || engine == Engine.VLLM ? Precision.BF16 : Precision.FP8;
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
