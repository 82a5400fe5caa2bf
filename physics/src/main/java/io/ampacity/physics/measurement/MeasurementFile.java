package io.ampacity.physics.measurement;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A file of measurements of any kind that tells its own chip and layout; the kind is seen from its first line. */
public final class MeasurementFile {

    private MeasurementFile() {}

    /**
     * Reads a file.
     *
     * @throws MeasurementException when it is none of the known kinds, or broken
     */
    public static List<Measurement> read(Path file) {
        String head = firstLine(file);
        if (head.contains("energy_per_token_joules")) {
            return MlEnergyReader.read(file);
        }
        if (head.contains("silicon_ttft_ms")) {
            return SiliconReader.read(file);
        }
        if (head.contains("prompt_time") && head.contains("token_time")) {
            return SplitwiseReader.read(file);
        }
        if (head.contains("ttft_s") && head.contains("itl_s")) {
            return OwnCsvReader.read(file);
        }
        if (head.startsWith("[")) {
            return MlperfReader.read(file, MlperfReader.KNOWN_CHIPS);
        }
        throw new MeasurementException(
                file + " is not a known kind of measurements",
                "bring it into the product's own columns: chip, model, engine, precision, kv_precision, tensor_parallel, "
                        + "pipeline_parallel, expert_parallel, data_parallel, load, prompt_tokens, output_tokens, "
                        + "sequences, ttft_s, itl_s, output_tokens_per_s, watts");
    }

    private static String firstLine(Path file) {
        try (BufferedReader reader = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
            char[] start = new char[4096];
            int length = reader.read(start);
            String text = length <= 0 ? "" : new String(start, 0, length);
            return text.lines().findFirst().orElse("");
        } catch (IOException unreadable) {
            throw new MeasurementException(
                    file + " cannot be read: " + unreadable.getMessage(), "check that it is a text file");
        }
    }
}
