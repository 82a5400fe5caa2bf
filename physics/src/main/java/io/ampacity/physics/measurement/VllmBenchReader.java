package io.ampacity.physics.measurement;

import io.ampacity.documents.DocumentNode;
import io.ampacity.documents.DocumentNode.MappingNode;
import io.ampacity.documents.YamlDocument;
import io.ampacity.facts.Deployment;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Reads the result file of {@code vllm bench serve --save-result}: one closed loop of {@code max_concurrency} clients.
 *
 * <p>The file does not tell the chip and the layout; the caller does.
 */
public final class VllmBenchReader {

    private VllmBenchReader() {}

    /**
     * Reads one result.
     *
     * @throws MeasurementException when it is another kind of file, or was driven by a rate instead of clients
     */
    public static Measurement read(Path file, String chip, Deployment deployment) {
        DocumentNode root = YamlDocument.read(file);
        if (!(root instanceof MappingNode object)) {
            throw new MeasurementException(file + " is not a JSON object", "check that vllm bench serve wrote it");
        }
        Double clients = JsonText.number(object, "max_concurrency");
        if (clients == null) {
            throw new MeasurementException(
                    file + ": max_concurrency is missing, so the load is not a closed loop",
                    "run the benchmark with --max-concurrency");
        }
        String model = JsonText.text(object, "model_id");
        double completed = needed(file, object, "completed");
        double prompts = needed(file, object, "total_input_tokens") / completed;
        double outputs = needed(file, object, "total_output_tokens") / completed;
        return new Measurement(
                file.getFileName().toString(),
                chip,
                model == null ? "" : model,
                deployment,
                Measurement.Load.CLOSED_LOOP,
                (int) Math.round(prompts),
                (int) Math.round(outputs),
                (int) Math.round(clients),
                0,
                false,
                deployment.chips(),
                milliseconds(object, "mean_ttft_ms"),
                milliseconds(object, "mean_tpot_ms"),
                JsonText.number(object, "output_throughput"),
                null);
    }

    private static double needed(Path file, MappingNode object, String key) {
        Double value = JsonText.number(object, key);
        if (value == null || value <= 0) {
            throw new MeasurementException(
                    file + ": " + key + " is " + JsonText.text(object, key) + ", not a positive number",
                    "check that vllm bench serve wrote it");
        }
        return value;
    }

    private static @Nullable Double milliseconds(MappingNode object, String key) {
        Double value = JsonText.number(object, key);
        return value == null ? null : value / 1e3;
    }
}
