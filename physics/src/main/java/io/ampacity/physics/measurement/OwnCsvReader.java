package io.ampacity.physics.measurement;

import de.siegmar.fastcsv.reader.NamedCsvRecord;
import io.ampacity.facts.Deployment;
import io.ampacity.facts.Engine;
import io.ampacity.facts.Precision;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads measurements in the product's own form: a CSV with the columns {@code chip, model, engine, precision,
 * kv_precision, tensor_parallel, pipeline_parallel, expert_parallel, data_parallel, load, prompt_tokens, output_tokens,
 * sequences, ttft_s, itl_s, output_tokens_per_s, watts}. The degrees and the last four may be empty; {@code load} is
 * {@code batch}, {@code closed-loop}, {@code one-batch} or {@code offline}.
 */
public final class OwnCsvReader {

    /** The columns, as messages and help name them. */
    public static final List<String> COLUMNS = List.of(
            "chip",
            "model",
            "engine",
            "precision",
            "kv_precision",
            "tensor_parallel",
            "pipeline_parallel",
            "expert_parallel",
            "data_parallel",
            "load",
            "prompt_tokens",
            "output_tokens",
            "sequences",
            "ttft_s",
            "itl_s",
            "output_tokens_per_s",
            "watts");

    private OwnCsvReader() {}

    public static List<Measurement> read(Path file) {
        List<Measurement> measurements = new ArrayList<>();
        for (NamedCsvRecord row : CsvTable.read(file)) {
            String place = CsvTable.place(file, row);
            Deployment deployment;
            try {
                deployment = new Deployment(
                        CsvTable.whole(file, row, "tensor_parallel", 1),
                        CsvTable.whole(file, row, "pipeline_parallel", 1),
                        CsvTable.whole(file, row, "expert_parallel", 1),
                        CsvTable.whole(file, row, "data_parallel", 1),
                        CsvTable.choice(Precision.class, file, row, "precision"),
                        CsvTable.choice(Precision.class, file, row, "kv_precision"),
                        CsvTable.choice(Engine.class, file, row, "engine"));
            } catch (IllegalArgumentException refused) {
                throw new MeasurementException(
                        place + ": " + refused.getMessage(), "leave the degree empty or write 1");
            }
            Measurement measurement = new Measurement(
                    file.getFileName() + ":" + row.getStartingLineNumber(),
                    CsvTable.text(file, row, "chip"),
                    CsvTable.text(file, row, "model"),
                    deployment,
                    CsvTable.choice(Measurement.Load.class, file, row, "load"),
                    Limits.atLeastOne(CsvTable.number(file, row, "prompt_tokens"), place, "prompt_tokens"),
                    Limits.atLeastOne(CsvTable.number(file, row, "output_tokens"), place, "output_tokens"),
                    Limits.atLeastOne(CsvTable.number(file, row, "sequences"), place, "sequences"),
                    0,
                    false,
                    deployment.chips(),
                    CsvTable.optional(file, row, "ttft_s"),
                    CsvTable.optional(file, row, "itl_s"),
                    CsvTable.optional(file, row, "output_tokens_per_s"),
                    CsvTable.optional(file, row, "watts"));
            if (measurement.timeToFirstTokenSeconds() == null
                    && measurement.interTokenSeconds() == null
                    && measurement.outputTokensPerSecond() == null
                    && measurement.watts() == null) {
                throw new MeasurementException(
                        place + ": nothing was measured: ttft_s, itl_s, output_tokens_per_s and watts are all empty",
                        "remove the row");
            }
            measurements.add(measurement);
        }
        return measurements;
    }
}
