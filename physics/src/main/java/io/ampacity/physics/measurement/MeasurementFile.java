package io.ampacity.physics.measurement;

import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A file of measurements of any kind; the kind is seen from how it begins. */
public final class MeasurementFile {

    private MeasurementFile() {}

    /**
     * Reads a file that tells its own chip and layout.
     *
     * @throws MeasurementException when it is none of the known kinds, or broken
     */
    public static List<Measurement> read(Path file) {
        return read(file, null, Setting.UNKNOWN).points();
    }

    /**
     * Reads a file, or a folder with the requests of a vLLM run.
     *
     * @param format null to see it from the file
     * @throws MeasurementException when it is none of the known kinds, or broken
     */
    public static Measured read(Path file, @Nullable MeasurementFormat format, Setting setting) {
        Measured measured =
                switch (format == null ? format(file) : format) {
                    case AMPACITY -> Measured.points(OwnCsvReader.read(file));
                    case REQUESTS -> RequestsReader.read(file, setting);
                    case VLLM_BENCH ->
                        Measured.points(List.of(
                                VllmBenchReader.read(file, setting.chipOf(file.toString()), setting.deployment())));
                    case VLLM_RUN -> VllmRunReader.read(file, setting);
                    case ML_ENERGY -> Measured.points(MlEnergyReader.read(file));
                    case MLPERF -> Measured.points(MlperfReader.read(file, MlperfReader.KNOWN_CHIPS));
                    case SPLITWISE -> Measured.points(SplitwiseReader.read(file));
                    case SILICON -> Measured.points(SiliconReader.read(file));
                    case KERNELS -> KernelReader.read(file);
                    case PROMETHEUS -> PrometheusReader.read(file, setting);
                };
        if (measured.isEmpty()) {
            throw new MeasurementException(file + " holds no measurement that can be used", "check that it is whole");
        }
        return measured;
    }

    /** The kind of a file. */
    public static MeasurementFormat format(Path file) {
        if (Files.isDirectory(file)) {
            if (Files.isRegularFile(file.resolve("requests.jsonl"))) {
                return MeasurementFormat.VLLM_RUN;
            }
            throw new MeasurementException(file + " is a folder without a requests.jsonl", "name the files in it");
        }
        String head = head(file);
        String first = head.lines().filter(line -> !line.isBlank()).findFirst().orElse("");
        if (first.contains("energy_per_token_joules")) {
            return MeasurementFormat.ML_ENERGY;
        }
        if (first.contains("silicon_ttft_ms")) {
            return MeasurementFormat.SILICON;
        }
        if (first.contains("op_name") && first.contains("latency")) {
            return MeasurementFormat.KERNELS;
        }
        if (first.contains("prompt_time") && first.contains("token_time")) {
            return MeasurementFormat.SPLITWISE;
        }
        if (first.contains("arrival_s") && first.contains("first_token_s")) {
            return MeasurementFormat.REQUESTS;
        }
        if (first.contains("ttft_s") && first.contains("itl_s")) {
            return MeasurementFormat.AMPACITY;
        }
        if (first.startsWith("{") && first.contains("first_token_ts")) {
            return MeasurementFormat.VLLM_RUN;
        }
        if (first.startsWith("[")) {
            return MeasurementFormat.MLPERF;
        }
        if (first.startsWith("#") || first.startsWith("vllm:") || first.startsWith("DCGM_")) {
            return MeasurementFormat.PROMETHEUS;
        }
        if (first.startsWith("{")) {
            return MeasurementFormat.VLLM_BENCH;
        }
        throw new MeasurementException(
                file + " is not a known kind of measurements",
                "say which with --format, or bring it into the product's own columns: "
                        + String.join(", ", OwnCsvReader.COLUMNS));
    }

    private static String head(Path file) {
        if (!Files.isRegularFile(file)) {
            throw new MeasurementException(
                    file + " cannot be read: there is no such file",
                    "check the path from " + Path.of("").toAbsolutePath());
        }
        try (Reader reader = new java.io.InputStreamReader(
                Files.newInputStream(file),
                StandardCharsets.UTF_8
                        .newDecoder()
                        .onMalformedInput(CodingErrorAction.REPLACE)
                        .onUnmappableCharacter(CodingErrorAction.REPLACE))) {
            char[] start = new char[8192];
            int length = reader.read(start);
            return length <= 0 ? "" : new String(start, 0, length).replace("\uFEFF", "");
        } catch (IOException | UncheckedIOException unreadable) {
            throw new MeasurementException(
                    file + " cannot be read: " + unreadable.getMessage(), "check that it is a text file");
        }
    }
}
