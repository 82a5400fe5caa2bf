package io.ampacity.physics.measurement;

import de.siegmar.fastcsv.reader.NamedCsvRecord;
import io.ampacity.facts.Deployment;
import io.ampacity.facts.Engine;
import io.ampacity.facts.Precision;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads the serving measurements of the ML.ENERGY leaderboard: vLLM at a steady batch, with power.
 *
 * <p>The files tell output lengths only. Prompts are taken as what fills the KV cache of rows that it limits.
 */
public final class MlEnergyReader {

    private static final int CHAT_PROMPT = 200;
    private static final int SCIENCE_PROMPT = 250;

    private MlEnergyReader() {}

    public static List<Measurement> read(Path file) {
        List<Measurement> measurements = new ArrayList<>();
        for (NamedCsvRecord row : CsvTable.read(file)) {
            Precision precision =
                    switch (CsvTable.text(file, row, "weight_precision")) {
                        case "fp8" -> Precision.FP8;
                        case "mxfp4", "fp4", "nvfp4" -> Precision.FP4;
                        default -> Precision.BF16;
                    };
            int chips = CsvTable.whole(file, row, "num_gpus", 1);
            int tensor = CsvTable.whole(file, row, "tensor_parallel", 1);
            int expert = CsvTable.whole(file, row, "expert_parallel", 1);
            Deployment deployment =
                    new Deployment(Math.max(tensor, chips), 1, expert, 1, precision, Precision.BF16, Engine.VLLM);
            boolean chat = CsvTable.text(file, row, "task").equals("lm-arena-chat");
            measurements.add(new Measurement(
                    file.getFileName() + ":" + row.getStartingLineNumber(),
                    CsvTable.text(file, row, "gpu_model"),
                    CsvTable.text(file, row, "model_id"),
                    deployment,
                    Measurement.Load.BATCH,
                    chat ? CHAT_PROMPT : SCIENCE_PROMPT,
                    (int) Math.round(CsvTable.number(file, row, "avg_output_len")),
                    (int) Math.round(CsvTable.number(file, row, "avg_batch_size")),
                    0,
                    false,
                    chips,
                    null,
                    CsvTable.number(file, row, "median_itl_ms") / 1e3,
                    CsvTable.number(file, row, "output_throughput_tokens_per_sec"),
                    CsvTable.number(file, row, "avg_power_watts")));
        }
        return measurements;
    }
}
