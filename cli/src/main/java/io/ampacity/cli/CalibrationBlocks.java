package io.ampacity.cli;

import io.ampacity.physics.ErrorBand;
import io.ampacity.physics.calibration.Errors;
import io.ampacity.physics.calibration.Fitted;
import io.ampacity.reports.paper.Block;
import io.ampacity.reports.paper.Cell;
import io.ampacity.reports.paper.Column;
import io.ampacity.reports.paper.Numerals;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The result of {@code ampacity calibrate} for a reader. */
final class CalibrationBlocks {

    /** Parameters that the measurements tell less about than this stay what they were believed to be. */
    private static final double TOLD = 0.1;

    private CalibrationBlocks() {}

    static Block[] of(List<Fitted> fits, @Nullable Path out) {
        List<Block> blocks = new ArrayList<>();
        for (Fitted fit : fits) {
            blocks.add(new Block.Paragraph(heading(fit)));
            blocks.add(parameters(fit));
            blocks.add(errors(fit));
            blocks.add(new Block.Paragraph(bands(fit)));
        }
        if (out != null) {
            blocks.add(new Block.Paragraph(
                    "Written to " + out + "; estimate, simulate and plan take it with --calibration " + out + "."));
        }
        return blocks.toArray(new Block[0]);
    }

    private static String name(Fitted fit) {
        return fit.entry().chip() + ", " + fit.entry().engine().id() + ", "
                + fit.entry().precision().id();
    }

    private static String heading(Fitted fit) {
        List<String> parts = new ArrayList<>();
        counted(parts, fit.points(), "operating point");
        counted(parts, fit.requests(), "request");
        counted(parts, fit.kernels(), "kernel time");
        String drafted = fit.drafted() == 0 ? "" : "; " + fit.drafted() + " points that drafted tokens are left out";
        return name(fit) + ": fitted to " + String.join(", ", parts) + drafted + ".";
    }

    private static void counted(List<String> parts, int count, String what) {
        if (count > 0) {
            parts.add(Numerals.count(count) + " " + what + (count == 1 ? "" : "s"));
        }
    }

    private static Block parameters(Fitted fit) {
        List<List<Cell>> rows = new ArrayList<>();
        int left = 0;
        for (Fitted.FittedParameter parameter : fit.parameters()) {
            if (parameter.told() < TOLD) {
                left++;
                continue;
            }
            rows.add(List.of(
                    Cell.text(words(parameter.name())),
                    number(parameter.name(), parameter.value()),
                    number(parameter.name(), parameter.low()),
                    number(parameter.name(), parameter.high()),
                    number(parameter.name(), parameter.typical()),
                    Cell.share(parameter.told())));
        }
        List<Column> columns = List.of(
                Column.text("parameter"),
                Column.number("value"),
                Column.number("low").withPriority(2),
                Column.number("high").withPriority(2),
                Column.number("typical").withPriority(1),
                Column.number("told"));
        String note = "told: share of the doubt that the measurements removed. low and high: 80 % confidence."
                + (left == 0 ? "" : " " + left + " more stay as believed, since these measurements do not tell them.");
        return new Block.Table("parameters", columns, rows, note);
    }

    /** {@code promptLayerSeconds} as {@code prompt layer}. */
    private static String words(String name) {
        return name.equals("linkSeconds")
                ? "link latency"
                : name.replaceFirst("Seconds$", "").replaceAll("([A-Z])", " $1").toLowerCase(Locale.ROOT);
    }

    private static Cell number(String name, double value) {
        return name.endsWith("Seconds")
                ? Cell.seconds(value)
                : Cell.number(String.format(Locale.ROOT, "%.3f", value), value);
    }

    private static Block errors(Fitted fit) {
        List<List<Cell>> rows = new ArrayList<>();
        add(rows, "fitted", fit.residuals());
        for (Fitted.HeldOut held : fit.check()) {
            add(rows, held.model() + ", kept out", held.errors());
        }
        List<Column> columns = List.of(
                Column.text("errors"),
                Column.text("of"),
                Column.number("figures"),
                Column.number("median"),
                Column.number("p90").withPriority(1),
                Column.number("bias").withPriority(2));
        String note = fit.check().isEmpty() && (fit.points() > 0 || fit.requests() > 0)
                ? "Only one model was measured, so no check on another is possible; the bands are wide for it."
                : null;
        return new Block.Table("errors", columns, rows, note);
    }

    private static void add(List<List<Cell>> rows, String name, Errors.Summary errors) {
        for (Errors.Metric metric : Errors.Metric.values()) {
            if (errors.has(metric)) {
                rows.add(List.of(
                        Cell.text(name),
                        Cell.text(metric.title()),
                        Cell.count(errors.count(metric)),
                        Cell.share(errors.medianAbsolute(metric)),
                        Cell.share(errors.absoluteQuantile(metric, 0.9)),
                        Cell.number(
                                String.format(Locale.ROOT, "%+.1f %%", 100 * errors.bias(metric))
                                        .replace(' ', Numerals.JOIN),
                                errors.bias(metric))));
            }
        }
    }

    private static String bands(Fitted fit) {
        return "80 % of measurements are expected at " + range(fit.entry().timeBand()) + " of an estimated time, "
                + range(fit.entry().firstTokenBand()) + " of a time to first token and "
                + range(fit.entry().powerBand()) + " of a power.";
    }

    private static String range(ErrorBand band) {
        return String.format(Locale.ROOT, "%.0f to %.0f %%", 100 * band.low(), 100 * band.high())
                .replace(" %", Numerals.JOIN + "%");
    }
}
