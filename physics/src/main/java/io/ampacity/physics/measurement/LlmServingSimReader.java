package io.ampacity.physics.measurement;

import io.ampacity.documents.DocumentNode.MappingNode;
import io.ampacity.documents.YamlDocument;
import io.ampacity.facts.Deployment;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Reads the per-request vLLM measurements of LLMServingSim: a folder with {@code meta.json} and {@code requests.jsonl}. */
public final class LlmServingSimReader {

    private LlmServingSimReader() {}

    /** @param chip the chip, which the folder names only in words */
    public static MeasuredTrace read(Path folder, String chip) {
        MappingNode meta = object(folder.resolve("meta.json"));
        MappingNode engine = meta.member("engine_kwargs") instanceof MappingNode member ? member : meta;
        List<String> lines;
        try {
            lines = Files.readAllLines(folder.resolve("requests.jsonl")).stream()
                    .filter(line -> !line.isBlank())
                    .toList();
        } catch (IOException unreadable) {
            throw new MeasurementException(folder + ": requests.jsonl cannot be read", "check the path");
        }
        int count = lines.size();
        double[] queued = new double[count];
        int[] prompts = new int[count];
        int[] outputs = new int[count];
        double[] first = new double[count];
        double[] last = new double[count];
        for (int i = 0; i < count; i++) {
            String name = "requests.jsonl:" + (i + 1);
            if (!(YamlDocument.parse(name, lines.get(i)) instanceof MappingNode row)) {
                throw new MeasurementException(folder + "/" + name + " is not a JSON object", "remove the line");
            }
            queued[i] = needed(folder, name, row, "queued_ts");
            prompts[i] = (int) needed(folder, name, row, "input_toks");
            outputs[i] = (int) needed(folder, name, row, "output_toks");
            first[i] = needed(folder, name, row, "first_token_ts") - queued[i];
            last[i] = needed(folder, name, row, "last_token_ts") - queued[i];
        }
        double start = queued[0];
        for (int i = 0; i < count; i++) {
            queued[i] -= start;
        }
        String model = JsonText.text(meta, "model");
        return new MeasuredTrace(
                folder.toString(),
                chip,
                model == null ? "" : model,
                Deployment.tensorParallel((int) needed(folder, "meta.json", engine, "tensor_parallel_size")),
                (int) needed(folder, "meta.json", engine, "max_num_batched_tokens"),
                (int) needed(folder, "meta.json", engine, "max_num_seqs"),
                queued,
                prompts,
                outputs,
                first,
                last);
    }

    private static MappingNode object(Path file) {
        if (YamlDocument.read(file) instanceof MappingNode object) {
            return object;
        }
        throw new MeasurementException(file + " is not a JSON object", "check that LLMServingSim wrote it");
    }

    private static double needed(Path folder, String name, MappingNode object, String key) {
        Double value = JsonText.number(object, key);
        if (value == null) {
            throw new MeasurementException(
                    folder + "/" + name + ": " + key + " is missing", "check that LLMServingSim wrote it");
        }
        return value;
    }
}
