package io.ampacity.physics;

import io.ampacity.documents.DocumentException;
import io.ampacity.documents.DocumentNode;
import io.ampacity.documents.DocumentNode.MappingNode;
import io.ampacity.documents.DocumentNode.ScalarNode;
import io.ampacity.documents.DocumentNode.SequenceNode;
import io.ampacity.documents.Issue;
import io.ampacity.documents.Place;
import io.ampacity.documents.YamlDocument;
import io.ampacity.facts.BuiltInCatalogue;
import io.ampacity.facts.Chip;
import io.ampacity.facts.Engine;
import io.ampacity.facts.Precision;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.DoubleConsumer;

/** Reads and writes calibrated efficiencies as YAML: a list {@code entries}, one a chip, engine and precision. */
public final class EfficiencyFile {

    /** What was fitted to runs and kernels with {@code ampacity calibrate} comes before what was fitted to tables. */
    private static final List<String> SHIPPED = List.of("efficiencies-runs.yaml", "efficiencies.yaml");

    private EfficiencyFile() {}

    /** The table that ships with the module. */
    static EfficiencyTable shipped() {
        Map<String, Chip> chips = BuiltInCatalogue.load().chips();
        List<EfficiencyTable.Entry> entries = new ArrayList<>();
        for (String name : SHIPPED) {
            try (InputStream in = EfficiencyFile.class.getResourceAsStream(name)) {
                if (in == null) {
                    throw new IllegalStateException("the file " + name + " is missing from this build");
                }
                entries.addAll(read(YamlDocument.parse("physics/" + name, in.readAllBytes()), chips)
                        .entries());
            } catch (IOException unreadable) {
                throw new UncheckedIOException("the file " + name + " of this build cannot be read", unreadable);
            }
        }
        return new EfficiencyTable(entries, chips);
    }

    /**
     * Reads a table.
     *
     * @param chips chips by id, for kinship
     * @throws DocumentException with every mistake and its place
     */
    public static EfficiencyTable read(DocumentNode root, Map<String, Chip> chips) {
        List<Issue> issues = new ArrayList<>();
        List<EfficiencyTable.Entry> entries = new ArrayList<>();
        DocumentNode list = root instanceof MappingNode mapping ? mapping.member("entries") : null;
        if (list instanceof SequenceNode sequence) {
            for (DocumentNode element : sequence.elements()) {
                if (element instanceof MappingNode mapping) {
                    entry(mapping, issues, entries);
                } else {
                    issues.add(Issue.error(element.place(), null, "is not an entry", "write chip: … under it"));
                }
            }
        } else {
            issues.add(Issue.error(root.place(), null, "has no list named entries", "start it with entries:"));
        }
        if (!issues.isEmpty()) {
            throw new DocumentException(issues);
        }
        return new EfficiencyTable(entries, chips);
    }

    private static void entry(MappingNode node, List<Issue> issues, List<EfficiencyTable.Entry> entries) {
        int before = issues.size();
        // A term that the file does not know, because an older version wrote it, takes its typical value.
        double[] values = values(Efficiencies.TYPICAL);
        int index = 0;
        for (String field : FIELDS) {
            int slot = index++;
            if (node.member(field) != null) {
                number(node, field, issues, value -> values[slot] = value);
            }
        }
        double[] bands = new double[6];
        index = 0;
        for (String field : BANDS) {
            int slot = index++;
            number(node, field, issues, value -> bands[slot] = value);
        }
        double[] points = {0};
        number(node, "points", issues, value -> points[0] = value);
        Engine engine = choice(node, "engine", Engine.class, issues);
        Precision precision = choice(node, "precision", Precision.class, issues);
        String chip = text(node, "chip", issues);
        String source = text(node, "source", issues);
        String asOf = text(node, "as-of", issues);
        if (issues.size() > before || engine == null || precision == null) {
            return;
        }
        try {
            entries.add(new EfficiencyTable.Entry(
                    chip,
                    engine,
                    precision,
                    of(values),
                    new ErrorBand(bands[0], bands[1]),
                    new ErrorBand(bands[2], bands[3]),
                    new ErrorBand(bands[4], bands[5]),
                    source,
                    asOf,
                    (int) points[0]));
        } catch (IllegalArgumentException outside) {
            issues.add(Issue.error(
                    node.place(), null, String.valueOf(outside.getMessage()), "calibrate again instead of editing"));
        }
    }

    private static final List<String> FIELDS = List.of(
            "memory",
            "attention-memory",
            "compute",
            "attention-compute",
            "latent-compute",
            "expert",
            "expert-compute",
            "exposed",
            "link",
            "link-seconds",
            "step-seconds",
            "layer-seconds",
            "prompt-layer-seconds",
            "sequence-seconds",
            "sampling-seconds",
            "request-seconds",
            "token-seconds",
            "power-running",
            "power-memory",
            "power-compute");

    private static final List<String> BANDS =
            List.of("time-low", "time-high", "first-token-low", "first-token-high", "power-low", "power-high");

    private static Efficiencies of(double[] v) {
        return new Efficiencies(
                v[0],
                v[1],
                v[2],
                v[3],
                v[4],
                v[5],
                v[6],
                v[7],
                v[8],
                v[9],
                v[10],
                v[11],
                v[12],
                v[13],
                v[14],
                v[15],
                v[16],
                new PowerCoefficients(v[17], v[18], v[19]));
    }

    private static double[] values(Efficiencies e) {
        return new double[] {
            e.memory(),
            e.attentionMemory(),
            e.compute(),
            e.attentionCompute(),
            e.latentCompute(),
            e.expert(),
            e.expertCompute(),
            e.exposed(),
            e.link(),
            e.linkSeconds(),
            e.stepSeconds(),
            e.layerSeconds(),
            e.promptLayerSeconds(),
            e.sequenceSeconds(),
            e.samplingSeconds(),
            e.requestSeconds(),
            e.tokenSeconds(),
            e.power().running(),
            e.power().memory(),
            e.power().compute()
        };
    }

    /** Writes a table; read back it is the same to four digits. */
    public static String write(EfficiencyTable table) {
        StringBuilder out = new StringBuilder("""
                # Efficiencies fitted to measurements: what each chip and engine reaches of the data sheet.
                # DO NOT EDIT: calibrate again instead.
                entries:
                """);
        for (EfficiencyTable.Entry entry : table.entries()) {
            Map<String, String> members = new LinkedHashMap<>();
            members.put("chip", entry.chip());
            members.put("engine", entry.engine().id());
            members.put("precision", entry.precision().id());
            members.put("source", '"' + entry.source().replace("\"", "'") + '"');
            members.put("as-of", '"' + entry.asOf() + '"');
            members.put("points", Integer.toString(entry.points()));
            put(members, FIELDS, values(entry.efficiencies()));
            put(members, BANDS, new double[] {
                entry.timeBand().low(), entry.timeBand().high(),
                        entry.firstTokenBand().low(),
                entry.firstTokenBand().high(), entry.powerBand().low(),
                        entry.powerBand().high()
            });
            String lead = "  - ";
            for (Map.Entry<String, String> member : members.entrySet()) {
                out.append(lead)
                        .append(member.getKey())
                        .append(": ")
                        .append(member.getValue())
                        .append('\n');
                lead = "    ";
            }
        }
        return out.toString();
    }

    private static void put(Map<String, String> members, List<String> names, double[] values) {
        for (int i = 0; i < values.length; i++) {
            members.put(names.get(i), String.format(Locale.ROOT, "%.4g", values[i]));
        }
    }

    private static String text(MappingNode node, String key, List<Issue> issues) {
        if (node.member(key) instanceof ScalarNode scalar && !scalar.isNull()) {
            return scalar.text();
        }
        issues.add(missing(node, key));
        return "";
    }

    private static Issue missing(MappingNode node, String key) {
        Place place = node.place();
        return Issue.error(
                new Place(place.document(), place.line(), place.column(), place.path() + "." + key),
                null,
                "is missing",
                "calibrate again");
    }

    private static void number(MappingNode node, String key, List<Issue> issues, DoubleConsumer found) {
        if (!(node.member(key) instanceof ScalarNode scalar) || scalar.isNull()) {
            issues.add(missing(node, key));
            return;
        }
        try {
            double value = Double.parseDouble(scalar.text());
            if (Double.isFinite(value)) {
                found.accept(value);
                return;
            }
        } catch (NumberFormatException notANumber) {
            // told below
        }
        issues.add(Issue.error(scalar.place(), scalar.text(), "is not a number", "calibrate again"));
    }

    private static <E extends Enum<E>> @org.jspecify.annotations.Nullable E choice(
            MappingNode node, String key, Class<E> type, List<Issue> issues) {
        String text = text(node, key, issues);
        for (E candidate : type.getEnumConstants()) {
            if (candidate.name().equalsIgnoreCase(text)) {
                return candidate;
            }
        }
        DocumentNode member = node.member(key);
        if (member != null) {
            issues.add(Issue.error(member.place(), text, "is unknown", "use a name that this version knows"));
        }
        return null;
    }
}
