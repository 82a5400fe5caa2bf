package io.ampacity.physics.calibration;

import io.ampacity.physics.calibration.Errors.Metric;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** A page of Markdown with tables of errors. */
final class EvidencePage {

    private final StringBuilder text = new StringBuilder();

    String text() {
        return text.toString();
    }

    /** Names of models without their publishers, each once. */
    static String shortName(String models) {
        Map<String, String> parts = new LinkedHashMap<>();
        for (String model : models.split(", ", -1)) {
            parts.put(model.substring(model.indexOf('/') + 1), "");
        }
        return String.join(", ", parts.keySet());
    }

    void header(String first, Metric... metrics) {
        StringBuilder head = new StringBuilder("| " + first + " | rows |");
        StringBuilder rule = new StringBuilder("|---|---|");
        for (Metric metric : metrics) {
            head.append(' ').append(metric.title()).append(" |");
            rule.append("---|");
        }
        line(head.toString());
        line(rule.toString());
    }

    void row(String name, List<Errors> errors, Metric... metrics) {
        StringBuilder cells = new StringBuilder("| " + shortName(name) + " | " + errors.size() + " |");
        for (Metric metric : metrics) {
            cells.append(String.format(Locale.ROOT, " %.1f %% |", 100 * Bands.medianAbsolute(errors, metric)));
        }
        line(cells.toString());
    }

    void line(String content) {
        text.append(content).append('\n');
    }
}
