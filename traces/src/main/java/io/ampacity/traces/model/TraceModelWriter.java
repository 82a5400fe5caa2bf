package io.ampacity.traces.model;

import io.ampacity.traces.model.Distribution.LogNormal;
import io.ampacity.traces.model.Distribution.Quantiles;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Writes a {@link TraceModel} as the document that {@link TraceModelReader} reads. */
public final class TraceModelWriter {

    private TraceModelWriter() {}

    /** The model as maps, lists, numbers and strings, in reading order: what a JSON or YAML library wants. */
    public static Map<String, Object> tree(TraceModel model) {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("name", model.name());
        tree.put("source", model.source());
        tree.put("as-of", model.asOf());
        TraceModel.Arrivals from = model.arrivals();
        Map<String, Object> arrivals = new LinkedHashMap<>();
        arrivals.put("requests-per-second", from.requestsPerSecond());
        arrivals.put("gap-distribution", from.gaps().id());
        arrivals.put("gap-variation", from.gapVariation());
        if (from.batchSeconds() > 0) {
            arrivals.put("batch-seconds", from.batchSeconds());
        }
        if (from.shape().size() > 1) {
            arrivals.put("step-seconds", from.stepSeconds());
            arrivals.put("shape", from.shape());
        }
        tree.put("arrivals", arrivals);
        Map<String, Object> lengths = new LinkedHashMap<>();
        lengths.put("rank-correlation", model.lengths().rankCorrelation());
        lengths.put("prompt-tokens", tree(model.lengths().prompt()));
        lengths.put("output-tokens", tree(model.lengths().output()));
        tree.put("lengths", lengths);
        model.sessions().ifPresent(known -> {
            Map<String, Object> sessions = new LinkedHashMap<>();
            sessions.put("mean-turns", known.meanTurns());
            sessions.put("maximum-prompt-tokens", known.maximumPromptTokens());
            sessions.put("block-tokens", known.blockTokens());
            sessions.put("common-prefix-tokens", known.commonPrefixTokens());
            sessions.put("new-tokens", tree(known.newTokens()));
            sessions.put("pause-seconds", tree(known.pauseSeconds()));
            tree.put("sessions", sessions);
        });
        return tree;
    }

    private static Map<String, Object> tree(Distribution distribution) {
        Map<String, Object> tree = new LinkedHashMap<>();
        switch (distribution) {
            case Quantiles quantiles -> {
                List<Object> pairs = new ArrayList<>();
                for (int i = 0; i < quantiles.values().size(); i++) {
                    pairs.add(List.of(
                            quantiles.probabilities().get(i), quantiles.values().get(i)));
                }
                tree.put("quantiles", pairs);
            }
            case LogNormal logNormal -> {
                tree.put("median", logNormal.median());
                tree.put("sigma", logNormal.sigma());
                tree.put("minimum", logNormal.minimum());
                tree.put("maximum", logNormal.maximum());
            }
        }
        return tree;
    }

    /** The model as YAML. */
    public static String yaml(TraceModel model) {
        StringBuilder text = new StringBuilder();
        appendYaml(text, tree(model), 0);
        return text.toString();
    }

    /** The model as JSON, on one line. */
    public static String json(TraceModel model) {
        StringBuilder text = new StringBuilder();
        appendFlow(text, tree(model));
        return text.append('\n').toString();
    }

    private static void appendYaml(StringBuilder text, Map<?, ?> tree, int indent) {
        tree.forEach((key, value) -> {
            text.repeat(' ', indent).append(key).append(':');
            if (value instanceof Map<?, ?> below) {
                text.append('\n');
                appendYaml(text, below, indent + 2);
            } else {
                text.append(' ');
                appendFlow(text, value);
                text.append('\n');
            }
        });
    }

    private static void appendFlow(StringBuilder text, Object value) {
        switch (value) {
            case Map<?, ?> map -> {
                String separator = "{";
                for (Map.Entry<?, ?> entry : map.entrySet()) {
                    text.append(separator);
                    appendQuoted(text, String.valueOf(entry.getKey()));
                    text.append(": ");
                    appendFlow(text, entry.getValue());
                    separator = ", ";
                }
                text.append('}');
            }
            case List<?> list -> {
                String separator = "[";
                for (Object element : list) {
                    text.append(separator);
                    appendFlow(text, element);
                    separator = ", ";
                }
                text.append(']');
            }
            case Double number
            when number == Math.rint(number) && Math.abs(number) < 1e15 -> text.append(number.longValue());
            case Number number -> text.append(number);
            default -> appendQuoted(text, value.toString());
        }
    }

    private static void appendQuoted(StringBuilder text, String word) {
        text.append('"');
        word.chars().forEach(c -> {
            if (c == '"' || c == '\\') {
                text.append('\\').append((char) c);
            } else if (c < ' ') {
                text.append(String.format("\\u%04x", c));
            } else {
                text.append((char) c);
            }
        });
        text.append('"');
    }
}
