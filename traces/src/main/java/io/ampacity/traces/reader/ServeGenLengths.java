package io.ampacity.traces.reader;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * How long the requests of one ServeGen client are: for each span of time, weights of prompt and of output lengths.
 *
 * <p>The file is JSON: second from which a span is true → {@code input_tokens} and {@code output_tokens}, each a text
 * like <code>{60: 0.2, 61: 0.8}</code>, which may be empty.
 */
final class ServeGenLengths {

    static final ServeGenLengths NONE = new ServeGenLengths();

    private static final long MAXIMUM_BYTES = 256L << 20;
    private static final int LONGEST_REQUEST = 100_000_000;

    private final TreeMap<Double, TokenDistribution> prompts = new TreeMap<>();
    private final TreeMap<Double, TokenDistribution> outputs = new TreeMap<>();
    private final TokenDistribution.Pool allPrompts = new TokenDistribution.Pool();
    private final TokenDistribution.Pool allOutputs = new TokenDistribution.Pool();

    private ServeGenLengths() {}

    static ServeGenLengths read(Path file) {
        ServeGenLengths lengths = new ServeGenLengths();
        String name = file.toString();
        try (InputStream in = LineInput.open(file)) {
            if (Files.size(file) > MAXIMUM_BYTES) {
                throw Refusal.of(name, "is larger than 256 MiB", "it is no ServeGen dataset");
            }
            JsonNode root = JsonMapper.shared().readTree(in);
            if (!root.isObject()) {
                throw Refusal.of(name, "is no JSON object of spans of time", "it is no ServeGen dataset");
            }
            for (Map.Entry<String, JsonNode> span : root.properties()) {
                double start = number(name, span.getKey(), span.getKey());
                add(name, span, "input_tokens", start, lengths.prompts, lengths.allPrompts);
                add(name, span, "output_tokens", start, lengths.outputs, lengths.allOutputs);
            }
        } catch (IOException | JacksonException broken) {
            throw Refusal.of(
                    name,
                    "cannot be read as JSON: "
                            + String.valueOf(broken.getMessage())
                                    .lines()
                                    .findFirst()
                                    .orElse(""),
                    "it was not copied whole");
        }
        return lengths;
    }

    private static void add(
            String name,
            Map.Entry<String, JsonNode> span,
            String member,
            double start,
            NavigableMap<Double, TokenDistribution> into,
            TokenDistribution.Pool all) {
        JsonNode weights = span.getValue().path(member);
        String path = span.getKey() + "." + member;
        if (weights.isMissingNode() || weights.isNull()) {
            return;
        }
        if (!weights.isString()) {
            throw Refusal.at(name, 1, 1, path, "is not a text of weights", "it is no ServeGen dataset");
        }
        TokenDistribution.Pool pool = new TokenDistribution.Pool();
        String text = weights.asString().strip();
        if (text.length() < 2 || text.charAt(0) != '{' || text.charAt(text.length() - 1) != '}') {
            throw Refusal.at(name, 1, 1, path, "is not of the form {length: weight, ...}", "it is no ServeGen dataset");
        }
        String pairs = text.substring(1, text.length() - 1).strip();
        for (String pair : pairs.isEmpty() ? new String[0] : pairs.split(",")) {
            int colon = pair.indexOf(':');
            double length = number(name, path, colon < 0 ? pair : pair.substring(0, colon));
            double weight = number(name, path, colon < 0 ? "" : pair.substring(colon + 1));
            if (length < 0 || length > LONGEST_REQUEST || weight < 0) {
                throw Refusal.at(
                        name,
                        1,
                        1,
                        path,
                        "\"" + pair.strip() + "\" is negative or too large",
                        "check the file's source");
            }
            pool.add((int) Math.rint(length), weight);
        }
        TokenDistribution distribution = pool.distribution();
        if (distribution != null) {
            into.put(start, distribution);
            all.addAll(pool);
        }
    }

    private static double number(String name, String path, String text) {
        try {
            double value = Double.parseDouble(text.strip());
            if (Double.isFinite(value)) {
                return value;
            }
        } catch (NumberFormatException notANumber) {
            // Told below, with what is not finite.
        }
        String shown = text.length() > 60 ? text.substring(0, 60) + "..." : text;
        throw Refusal.at(
                name, 1, 1, path, "\"" + shown.strip() + "\" is not a finite number", "check the file's source");
    }

    boolean isEmpty() {
        return prompts.isEmpty() || outputs.isEmpty();
    }

    void addTo(TokenDistribution.Pool prompt, TokenDistribution.Pool output) {
        prompt.addAll(allPrompts);
        output.addAll(allOutputs);
    }

    /** Prompt lengths at a time: those of the span it lies in, or else the first known; null when none is. */
    @Nullable TokenDistribution prompts(double seconds) {
        return at(prompts, seconds);
    }

    @Nullable TokenDistribution outputs(double seconds) {
        return at(outputs, seconds);
    }

    private static @Nullable TokenDistribution at(NavigableMap<Double, TokenDistribution> spans, double seconds) {
        Map.Entry<Double, TokenDistribution> span = spans.floorEntry(seconds);
        if (span == null) {
            span = spans.firstEntry();
        }
        return span == null ? null : span.getValue();
    }
}
