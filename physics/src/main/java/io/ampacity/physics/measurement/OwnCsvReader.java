package io.ampacity.physics.measurement;

import de.siegmar.fastcsv.reader.NamedCsvRecord;
import io.ampacity.facts.Deployment;
import io.ampacity.facts.Engine;
import io.ampacity.facts.Precision;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Reads measurements in the product's own form: a CSV with the columns {@code chip, model, engine, precision,
 * kv_precision, tensor_parallel, pipeline_parallel, expert_parallel, data_parallel, load, prompt_tokens, output_tokens,
 * sequences, ttft_s, itl_s, output_tokens_per_s, watts}. The last four may be empty; {@code load} is {@code batch},
 * {@code closed-loop}, {@code one-batch} or {@code offline}.
 */
public final class OwnCsvReader {

    private OwnCsvReader() {}

    public static List<Measurement> read(Path file) {
        List<Measurement> measurements = new ArrayList<>();
        for (NamedCsvRecord row : CsvTable.read(file)) {
            Deployment deployment = new Deployment(
                    CsvTable.whole(file, row, "tensor_parallel", 1),
                    CsvTable.whole(file, row, "pipeline_parallel", 1),
                    CsvTable.whole(file, row, "expert_parallel", 1),
                    CsvTable.whole(file, row, "data_parallel", 1),
                    choice(Precision.class, file, row, "precision"),
                    choice(Precision.class, file, row, "kv_precision"),
                    choice(Engine.class, file, row, "engine"));
            measurements.add(new Measurement(
                    file.getFileName() + ":" + row.getStartingLineNumber(),
                    CsvTable.text(file, row, "chip"),
                    CsvTable.text(file, row, "model"),
                    deployment,
                    choice(Measurement.Load.class, file, row, "load"),
                    (int) CsvTable.number(file, row, "prompt_tokens"),
                    (int) CsvTable.number(file, row, "output_tokens"),
                    (int) CsvTable.number(file, row, "sequences"),
                    0,
                    false,
                    deployment.chips(),
                    optional(file, row, "ttft_s"),
                    optional(file, row, "itl_s"),
                    optional(file, row, "output_tokens_per_s"),
                    optional(file, row, "watts")));
        }
        return measurements;
    }

    private static @Nullable Double optional(Path file, NamedCsvRecord row, String field) {
        if (CsvTable.text(file, row, field).isEmpty()) {
            return null;
        }
        double value = CsvTable.number(file, row, field);
        if (value <= 0) {
            throw new MeasurementException(
                    file + ":" + row.getStartingLineNumber() + ": " + field + " is " + value + ", not positive",
                    "leave it empty when it was not measured");
        }
        return value;
    }

    private static <E extends Enum<E>> E choice(Class<E> type, Path file, NamedCsvRecord row, String field) {
        String text = CsvTable.text(file, row, field);
        String wanted = text.toUpperCase(Locale.ROOT).replace('-', '_');
        for (E candidate : type.getEnumConstants()) {
            if (candidate.name().equals(wanted)) {
                return candidate;
            }
        }
        List<String> known = new ArrayList<>();
        for (E candidate : type.getEnumConstants()) {
            known.add(candidate.name().toLowerCase(Locale.ROOT).replace('_', '-'));
        }
        throw new MeasurementException(
                file + ":" + row.getStartingLineNumber() + ": " + field + " is \"" + text + "\"",
                "use one of " + String.join(", ", known));
    }
}
