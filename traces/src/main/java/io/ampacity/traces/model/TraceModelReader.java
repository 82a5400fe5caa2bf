package io.ampacity.traces.model;

import io.ampacity.documents.DocumentException;
import io.ampacity.documents.DocumentNode;
import io.ampacity.documents.DocumentNode.MappingNode;
import io.ampacity.documents.DocumentNode.ScalarNode;
import io.ampacity.documents.DocumentNode.SequenceNode;
import io.ampacity.documents.Issue;
import io.ampacity.documents.YamlDocument;
import io.ampacity.traces.model.Distribution.LogNormal;
import io.ampacity.traces.model.Distribution.Quantiles;
import io.ampacity.traces.model.TraceModel.Arrivals;
import io.ampacity.traces.model.TraceModel.Lengths;
import io.ampacity.traces.model.TraceModel.Sessions;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Reads a {@link TraceModel} from YAML or JSON, and tells all mistakes at once. */
public final class TraceModelReader {

    private final List<Issue> issues = new ArrayList<>();

    private TraceModelReader() {}

    /** @throws DocumentException when the file is missing or is no trace model */
    public static TraceModel read(Path file) {
        return read(YamlDocument.read(file));
    }

    /** @throws DocumentException when the document is no trace model */
    public static TraceModel read(DocumentNode root) {
        TraceModelReader reader = new TraceModelReader();
        TraceModel model = reader.model(root);
        if (model == null) {
            throw new DocumentException(reader.issues);
        }
        return model;
    }

    private @Nullable TraceModel model(DocumentNode root) {
        MappingNode map = mapping(root, Set.of("name", "source", "as-of", "arrivals", "lengths", "sessions"));
        if (map == null) {
            return null;
        }
        String name = text(map, "name");
        String source = text(map, "source");
        String asOf = text(map, "as-of");
        Arrivals arrivals = arrivals(below(map, "arrivals"));
        Lengths lengths = lengths(below(map, "lengths"));
        Sessions sessions = sessions(map.member("sessions"));
        if (arrivals == null || lengths == null || !issues.isEmpty()) {
            return null;
        }
        return new TraceModel(name, source, asOf, arrivals, lengths, Optional.ofNullable(sessions));
    }

    private @Nullable Arrivals arrivals(@Nullable DocumentNode node) {
        MappingNode map = mapping(
                node,
                Set.of(
                        "requests-per-second",
                        "gap-distribution",
                        "gap-variation",
                        "batch-seconds",
                        "step-seconds",
                        "shape"));
        if (node == null || map == null) {
            return null;
        }
        double rate = number(map, "requests-per-second");
        double variation = map.member("gap-variation") == null ? 1 : number(map, "gap-variation");
        double batch = map.member("batch-seconds") == null ? 0 : number(map, "batch-seconds");
        double step = map.member("step-seconds") == null ? 3600 : number(map, "step-seconds");
        GapDistribution gaps = GapDistribution.GAMMA;
        DocumentNode named = map.member("gap-distribution");
        if (named != null) {
            String id = named instanceof ScalarNode scalar ? scalar.text() : "";
            Optional<GapDistribution> found = GapDistribution.of(id);
            if (found.isEmpty()) {
                issue(named, "\"" + id + "\" is no distribution of gaps", "use gamma or weibull");
            }
            gaps = found.orElse(gaps);
        }
        GapDistribution chosen = gaps;
        DocumentNode listed = map.member("shape");
        List<Double> shape = listed == null ? List.of(1.0) : numbers(listed);
        return made(node, () -> new Arrivals(rate, step, shape, chosen, variation, batch));
    }

    private @Nullable Lengths lengths(@Nullable DocumentNode node) {
        MappingNode map = mapping(node, Set.of("rank-correlation", "prompt-tokens", "output-tokens"));
        if (node == null || map == null) {
            return null;
        }
        double correlation = map.member("rank-correlation") == null ? 0 : number(map, "rank-correlation");
        Distribution prompt = distribution(map, "prompt-tokens");
        Distribution output = distribution(map, "output-tokens");
        return prompt == null || output == null ? null : made(node, () -> new Lengths(prompt, output, correlation));
    }

    private @Nullable Sessions sessions(@Nullable DocumentNode node) {
        MappingNode map = mapping(
                node,
                Set.of(
                        "mean-turns",
                        "maximum-prompt-tokens",
                        "block-tokens",
                        "common-prefix-tokens",
                        "new-tokens",
                        "pause-seconds"));
        if (node == null || map == null) {
            return null;
        }
        double turns = number(map, "mean-turns");
        int longest = whole(map, "maximum-prompt-tokens");
        int block = whole(map, "block-tokens");
        int common = map.member("common-prefix-tokens") == null ? 0 : whole(map, "common-prefix-tokens");
        Distribution added = distribution(map, "new-tokens");
        Distribution pause = distribution(map, "pause-seconds");
        return added == null || pause == null
                ? null
                : made(node, () -> new Sessions(turns, added, pause, longest, block, common));
    }

    private @Nullable Distribution distribution(MappingNode parent, String key) {
        DocumentNode node = below(parent, key);
        MappingNode map =
                node == null ? null : mapping(node, Set.of("quantiles", "median", "sigma", "minimum", "maximum"));
        if (node == null || map == null) {
            return null;
        }
        DocumentNode list = map.member("quantiles");
        if (list != null) {
            List<Double> probabilities = new ArrayList<>();
            List<Double> values = new ArrayList<>();
            for (DocumentNode pair : elements(list)) {
                List<Double> numbers = numbers(pair);
                if (numbers.size() != 2) {
                    issue(pair, "a quantile is a pair", "write [probability, value]");
                    return null;
                }
                probabilities.add(numbers.get(0));
                values.add(numbers.get(1));
            }
            return made(list, () -> new Quantiles(probabilities, values));
        }
        double median = number(map, "median");
        double sigma = number(map, "sigma");
        double minimum = map.member("minimum") == null ? 0 : number(map, "minimum");
        double maximum = number(map, "maximum");
        return made(node, () -> new LogNormal(median, sigma, minimum, maximum));
    }

    /** Builds a record, whose own checks become issues; nothing is built once something above failed. */
    private <T> @Nullable T made(DocumentNode node, Supplier<T> record) {
        if (!issues.isEmpty()) {
            return null;
        }
        try {
            return record.get();
        } catch (IllegalArgumentException refused) {
            issue(node, String.valueOf(refused.getMessage()), "compare with a built-in model");
            return null;
        }
    }

    private @Nullable MappingNode mapping(@Nullable DocumentNode node, Set<String> known) {
        if (node == null) {
            return null;
        }
        if (!(node instanceof MappingNode map)) {
            issue(node, "is not a mapping of keys to values", "indent the keys below it");
            return null;
        }
        map.members().forEach((key, value) -> {
            if (!known.contains(key)) {
                issue(value, "the key \"" + key + "\" is not known", "use one of " + String.join(", ", sorted(known)));
            }
        });
        return map;
    }

    private static List<String> sorted(Set<String> keys) {
        return keys.stream().sorted().toList();
    }

    private @Nullable DocumentNode below(MappingNode map, String key) {
        DocumentNode node = map.member(key);
        if (node == null) {
            issues.add(Issue.error(map.place().below(key), null, "is missing", "compare with a built-in model"));
        }
        return node;
    }

    private String text(MappingNode map, String key) {
        DocumentNode node = below(map, key);
        if (node instanceof ScalarNode scalar && !scalar.isNull()) {
            return scalar.text();
        }
        if (node != null) {
            issue(node, "is not a text", "write it in quotes");
        }
        return "";
    }

    private int whole(MappingNode map, String key) {
        double value = number(map, key);
        if (value != Math.rint(value) || value < 0 || value > Integer.MAX_VALUE) {
            DocumentNode node = map.member(key);
            if (node != null) {
                issue(node, value + " is not a whole number from 0 to " + Integer.MAX_VALUE, "round it");
            }
            return 0;
        }
        return (int) value;
    }

    private double number(MappingNode map, String key) {
        DocumentNode node = below(map, key);
        return node == null ? 0 : number(node);
    }

    private double number(DocumentNode node) {
        String text = node instanceof ScalarNode scalar ? scalar.text() : "";
        try {
            double value = Double.parseDouble(text);
            if (Double.isFinite(value)) {
                return value;
            }
        } catch (NumberFormatException notANumber) {
            // Told below, with what is not finite.
        }
        issue(node, "\"" + shortened(text) + "\" is not a finite number", "write it without a unit");
        return 0;
    }

    private static String shortened(String text) {
        return text.length() > 60 ? text.substring(0, 60) + "..." : text;
    }

    private List<Double> numbers(DocumentNode node) {
        return elements(node).stream().map(this::number).toList();
    }

    private List<DocumentNode> elements(DocumentNode node) {
        if (node instanceof SequenceNode sequence) {
            return sequence.elements();
        }
        issue(node, "is not a list", "write it as [1, 2, 3]");
        return List.of();
    }

    private void issue(DocumentNode node, String problem, String advice) {
        issues.add(Issue.error(node.place(), null, problem, advice));
    }
}
