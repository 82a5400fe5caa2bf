package io.ampacity.physics.measurement;

import io.ampacity.documents.DocumentNode;
import io.ampacity.documents.DocumentNode.MappingNode;
import io.ampacity.documents.YamlDocument;
import io.ampacity.facts.Deployment;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.MalformedInputException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads the requests of a vLLM run: JSON lines with {@code input_toks}, {@code output_toks}, {@code queued_ts},
 * {@code first_token_ts} and {@code last_token_ts} as vLLM's request statistics name them, and {@code arrival_time} where
 * it was kept. A {@code meta.json} beside it tells model, engine and chip (LLMServingSim writes both).
 *
 * <p>Arrivals are wall time and the rest is the engine's own clock. The least time between a request's arrival and its
 * joining the queue is taken as their offset: a server that is not busy takes a request at once.
 */
final class VllmRunReader {

    private static final long MOST_BYTES = 256L << 20;

    private VllmRunReader() {}

    private record Stamps(
            String place,
            @Nullable Double arrival,
            double queued,
            double prompt,
            double output,
            double first,
            double last) {}

    static Measured read(Path named, Setting setting) {
        Path file = Files.isDirectory(named) ? named.resolve("requests.jsonl") : named;
        Path beside = file.resolveSibling("meta.json");
        MappingNode meta = Files.isRegularFile(beside) ? object(beside) : null;
        RequestRows rows = new RequestRows(file.toString());
        List<Stamps> stamps = new ArrayList<>();
        int number = 0;
        for (String line : lines(file)) {
            number++;
            if (line.isBlank()) {
                continue;
            }
            String place = file + ":" + number;
            if (!(YamlDocument.parse(place, line) instanceof MappingNode row)) {
                throw new MeasurementException(place + " is not a JSON object", "remove the line");
            }
            if (JsonText.number(row, "first_token_ts") == null || JsonText.number(row, "last_token_ts") == null) {
                rows.unfinished();
                continue;
            }
            stamps.add(new Stamps(
                    place,
                    JsonText.number(row, "arrival_time"),
                    needed(place, row, "queued_ts"),
                    needed(place, row, "input_toks"),
                    needed(place, row, "output_toks"),
                    needed(place, row, "first_token_ts"),
                    needed(place, row, "last_token_ts")));
        }
        boolean arrivals = stamps.stream().allMatch(stamp -> stamp.arrival() != null);
        double offset = arrivals
                ? stamps.stream()
                        .mapToDouble(stamp -> stamp.queued() - arrival(stamp))
                        .min()
                        .orElse(0)
                : 0;
        for (Stamps stamp : stamps) {
            double arrival = arrivals ? arrival(stamp) + offset : stamp.queued();
            rows.add(stamp.place(), arrival, stamp.prompt(), stamp.output(), stamp.first(), stamp.last());
        }
        return rows.run(chip(file, meta, setting), model(file, meta, setting), tuned(meta, setting));
    }

    private static double arrival(Stamps stamp) {
        return stamp.arrival() == null ? stamp.queued() : stamp.arrival();
    }

    private static String chip(Path file, @Nullable MappingNode meta, Setting setting) {
        String told = meta != null && meta.member("hardware") instanceof MappingNode hardware
                ? JsonText.text(hardware, "device_name")
                : null;
        return told == null ? setting.chipOf(file.toString()) : told;
    }

    private static String model(Path file, @Nullable MappingNode meta, Setting setting) {
        String told = meta == null ? null : JsonText.text(meta, "model");
        return told == null ? setting.modelOf(file.toString()) : told;
    }

    /** The setting with what the run tells of its engine. */
    private static Setting tuned(@Nullable MappingNode meta, Setting setting) {
        if (meta == null || !(meta.member("engine_kwargs") instanceof MappingNode engine)) {
            return setting;
        }
        Deployment usual = setting.deployment();
        int tensor = whole(engine, "tensor_parallel_size", usual.tensorParallel());
        Deployment deployment = new Deployment(
                Math.max(1, tensor),
                usual.pipelineParallel(),
                usual.expertParallel(),
                usual.dataParallel(),
                usual.weights(),
                usual.kvCache(),
                usual.engine());
        MappingNode cache = meta.member("kv_cache") instanceof MappingNode member ? member : meta;
        return new Setting(
                setting.chip(),
                setting.model(),
                deployment,
                whole(engine, "max_num_batched_tokens", setting.batchedTokens()),
                whole(engine, "max_num_seqs", setting.sequences()),
                whole(cache, "num_kv_tokens", (int) Math.min(Integer.MAX_VALUE, setting.kvTokens())));
    }

    private static int whole(MappingNode object, String key, int absent) {
        Double value = JsonText.number(object, key);
        return value == null ? absent : Limits.count(value, "meta.json", key);
    }

    private static List<String> lines(Path file) {
        try {
            if (Files.size(file) > MOST_BYTES) {
                throw new MeasurementException(
                        file + " is larger than " + (MOST_BYTES >> 20) + " MiB", "bring a part of it");
            }
            return Files.readAllLines(file);
        } catch (MalformedInputException binary) {
            throw new MeasurementException(file + " is not UTF-8 text", "check that it is the right file");
        } catch (IOException | UncheckedIOException unreadable) {
            throw new MeasurementException(file + " cannot be read: " + unreadable.getMessage(), "check the path");
        }
    }

    private static MappingNode object(Path file) {
        DocumentNode root = YamlDocument.read(file);
        if (root instanceof MappingNode object) {
            return object;
        }
        throw new MeasurementException(file + " is not a JSON object", "remove it, or write what the engine was");
    }

    private static double needed(String place, MappingNode object, String key) {
        Double value = JsonText.number(object, key);
        if (value == null) {
            throw new MeasurementException(
                    place + ": " + key + " is missing or no number", "check that vLLM's request statistics were kept");
        }
        return value;
    }
}
