package io.ampacity.cli;

import io.ampacity.reports.paper.Numerals;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A figure of a replay by which two are compared.
 *
 * @param path where it stands in the JSON document
 * @param more whether more of it is better
 * @param form how it is written
 */
record ComparedMetric(String path, boolean more, Form form) {

    /** How a figure is written. */
    enum Form {
        SECONDS,
        SHARE,
        AMOUNT
    }

    static final List<ComparedMetric> ALL = List.of(
            new ComparedMetric("sloAttainment", true, Form.SHARE),
            new ComparedMetric("goodputRequestsPerSecond", true, Form.AMOUNT),
            new ComparedMetric("timeToFirstTokenSeconds.mean", false, Form.SECONDS),
            new ComparedMetric("timeToFirstTokenSeconds.p50", false, Form.SECONDS),
            new ComparedMetric("timeToFirstTokenSeconds.p99", false, Form.SECONDS),
            new ComparedMetric("timePerOutputTokenSeconds.mean", false, Form.SECONDS),
            new ComparedMetric("timePerOutputTokenSeconds.p99", false, Form.SECONDS),
            new ComparedMetric("endToEndSeconds.mean", false, Form.SECONDS),
            new ComparedMetric("endToEndSeconds.p50", false, Form.SECONDS),
            new ComparedMetric("endToEndSeconds.p99", false, Form.SECONDS),
            new ComparedMetric("requests.completed", true, Form.AMOUNT),
            new ComparedMetric("requests.rejected", false, Form.AMOUNT),
            new ComparedMetric("requests.lost", false, Form.AMOUNT),
            new ComparedMetric("energyJoules", false, Form.AMOUNT),
            new ComparedMetric("carbonGrams", false, Form.AMOUNT),
            new ComparedMetric("waterLitres", false, Form.AMOUNT),
            new ComparedMetric("costUsd", false, Form.AMOUNT));

    /** Its value in a document; null where that does not tell. */
    @Nullable Double in(JsonNode document) {
        JsonNode at = document;
        for (String member : path.split("\\.")) {
            at = at.path(member);
        }
        return at.isNumber() ? at.asDouble() : null;
    }

    String print(double value) {
        return switch (form) {
            case SECONDS -> Numerals.seconds(value);
            case SHARE -> Numerals.share(value);
            case AMOUNT -> Numerals.significant(value);
        };
    }

    /** A difference as text, with its sign; shares in points. */
    String difference(double value) {
        String size =
                form == Form.SHARE ? Numerals.significant(Math.abs(value) * 100) + " points" : print(Math.abs(value));
        return (value < 0 ? "−" : value > 0 ? "+" : "") + size;
    }
}
