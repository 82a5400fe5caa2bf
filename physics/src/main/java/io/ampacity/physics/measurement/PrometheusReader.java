package io.ampacity.physics.measurement;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads a snapshot of vLLM's metrics in Prometheus' text form, with DCGM's power of the chips where it was scraped too:
 * {@code curl SERVER/metrics DCGM-EXPORTER/metrics > snapshot.prom}.
 *
 * <p>Sums over counts are means since the server started; how many sequences run is only known for now. So a snapshot is
 * worth most of a server that has been under steady load for all its life. The time to first token holds the time that
 * requests waited, which a batch does not have, so it is not taken.
 */
final class PrometheusReader {

    private static final long MOST_BYTES = 64L << 20;

    private static final Pattern SAMPLE =
            Pattern.compile("([a-zA-Z_:][a-zA-Z0-9_:]*)(\\{.*\\})?\\s+(\\S+)(?:\\s+-?\\d+)?\\s*");
    private static final Pattern LABEL = Pattern.compile("([a-zA-Z_][a-zA-Z0-9_]*)=\"((?:[^\"\\\\]|\\\\.)*)\"");

    private PrometheusReader() {}

    /** Values of one metric, summed over its labels, with the last labels seen. */
    private static final class Metric {
        private double sum;
        private int samples;
        private Map<String, String> labels = Map.of();
    }

    static Measured read(Path file, Setting setting) {
        Map<String, Metric> metrics = metrics(file);
        String place = file.toString();
        double gaps = mean(metrics, place, "vllm:inter_token_latency_seconds", "vllm:time_per_output_token_seconds");
        double prompts = mean(metrics, place, "vllm:request_prompt_tokens");
        double outputs = mean(metrics, place, "vllm:request_generation_tokens");
        Metric running = needed(metrics, place, "vllm:num_requests_running");
        if (running.sum < 1) {
            throw new MeasurementException(
                    place + ": vllm:num_requests_running is " + running.sum + ", so nothing is being served",
                    "take the snapshot while the server is under load");
        }
        Metric power = metrics.get("DCGM_FI_DEV_POWER_USAGE");
        String chip = power == null ? null : power.labels.get("modelName");
        String model = running.labels.get("model_name");
        List<String> notes = new ArrayList<>();
        notes.add(file + ": the gap between tokens is a mean since the server started, the " + Math.round(running.sum)
                + " running sequences are those of now");
        int chips = setting.deployment().chips();
        if (power != null && power.samples != chips) {
            notes.add(file + ": power of " + power.samples + " chips was scraped, and the server has " + chips
                    + "; the mean of one counts " + chips + " times");
        }
        Measurement point = new Measurement(
                file.getFileName().toString(),
                chip == null ? setting.chipOf(place) : chip,
                model == null ? setting.modelOf(place) : model,
                setting.deployment(),
                Measurement.Load.BATCH,
                Limits.atLeastOne(prompts, place, "vllm:request_prompt_tokens"),
                Limits.atLeastOne(outputs, place, "vllm:request_generation_tokens"),
                Limits.atLeastOne(running.sum, place, "vllm:num_requests_running"),
                0,
                false,
                chips,
                null,
                Limits.positive(gaps, place, "vllm:inter_token_latency_seconds"),
                null,
                power == null
                        ? null
                        : Limits.positive(power.sum / power.samples * chips, place, "DCGM_FI_DEV_POWER_USAGE"));
        return new Measured(List.of(point), List.of(), List.of(), notes);
    }

    private static double mean(Map<String, Metric> metrics, String place, String... names) {
        for (String name : names) {
            Metric sum = metrics.get(name + "_sum");
            Metric count = metrics.get(name + "_count");
            if (sum != null && count != null && count.sum > 0) {
                return sum.sum / count.sum;
            }
        }
        throw new MeasurementException(
                place + ": there is no " + names[0] + "_sum with a _count above 0",
                "scrape vLLM's /metrics after it has served some requests");
    }

    private static Metric needed(Map<String, Metric> metrics, String place, String name) {
        Metric found = metrics.get(name);
        if (found == null) {
            throw new MeasurementException(place + ": there is no " + name, "scrape vLLM's /metrics");
        }
        return found;
    }

    private static Map<String, Metric> metrics(Path file) {
        Map<String, Metric> metrics = new LinkedHashMap<>();
        int number = 0;
        for (String line : lines(file)) {
            number++;
            if (line.isBlank() || line.startsWith("#")) {
                continue;
            }
            Matcher sample = SAMPLE.matcher(line);
            Double value = sample.matches() ? value(sample.group(3)) : null;
            if (value == null) {
                throw new MeasurementException(
                        file + ":" + number + ": " + CsvTable.quoted(line) + " is no sample of a metric",
                        "keep the text as the server gives it");
            }
            Metric metric = metrics.computeIfAbsent(sample.group(1), name -> new Metric());
            if (Double.isFinite(value)) {
                metric.sum += value;
                metric.samples++;
            }
            if (sample.group(2) != null) {
                metric.labels = labels(sample.group(2));
            }
        }
        return metrics;
    }

    private static @Nullable Double value(String text) {
        return switch (text) {
            case "+Inf", "-Inf", "NaN", "Inf" -> Double.NaN;
            default -> {
                try {
                    yield Double.valueOf(text);
                } catch (NumberFormatException notANumber) {
                    yield null;
                }
            }
        };
    }

    private static Map<String, String> labels(String text) {
        Map<String, String> labels = new LinkedHashMap<>();
        Matcher label = LABEL.matcher(text);
        while (label.find()) {
            labels.put(label.group(1), label.group(2));
        }
        return labels;
    }

    private static List<String> lines(Path file) {
        try {
            if (Files.size(file) > MOST_BYTES) {
                throw new MeasurementException(
                        file + " is larger than " + (MOST_BYTES >> 20) + " MiB", "keep only vllm: and DCGM_ lines");
            }
            return Files.readAllLines(file);
        } catch (IOException | UncheckedIOException unreadable) {
            throw new MeasurementException(
                    file + " cannot be read as text: " + unreadable.getMessage(), "check the path");
        }
    }
}
