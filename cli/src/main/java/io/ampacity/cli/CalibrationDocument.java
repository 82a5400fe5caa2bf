package io.ampacity.cli;

import io.ampacity.physics.EfficiencyTable;
import io.ampacity.physics.ErrorBand;
import io.ampacity.physics.calibration.Errors;
import io.ampacity.physics.calibration.Fitted;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The result of {@code ampacity calibrate} as JSON: flat rows, each with the chip, engine and precision it is of. */
final class CalibrationDocument {

    private CalibrationDocument() {}

    static Map<String, Object> of(List<Fitted> fits, List<String> notes, @Nullable Path out) {
        List<Object> calibrations = new ArrayList<>();
        List<Object> parameters = new ArrayList<>();
        List<Object> residuals = new ArrayList<>();
        List<Object> check = new ArrayList<>();
        for (Fitted fit : fits) {
            calibrations.add(calibration(fit));
            for (Fitted.FittedParameter parameter : fit.parameters()) {
                Map<String, Object> row = key(fit.entry());
                row.put("name", parameter.name());
                row.put("value", parameter.value());
                row.put("low", parameter.low());
                row.put("high", parameter.high());
                row.put("typical", parameter.typical());
                row.put("told", parameter.told());
                parameters.add(row);
            }
            residuals.addAll(rows(key(fit.entry()), fit.residuals()));
            for (Fitted.HeldOut held : fit.check()) {
                Map<String, Object> key = key(fit.entry());
                key.put("keptOut", held.model());
                check.addAll(rows(key, held.errors()));
            }
        }
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("calibrations", calibrations);
        document.put("parameters", parameters);
        document.put("residuals", residuals);
        document.put("check", check);
        document.put("notes", notes);
        document.put("file", out == null ? null : out.toString());
        return document;
    }

    private static Map<String, Object> key(EfficiencyTable.Entry entry) {
        Map<String, Object> key = new LinkedHashMap<>();
        key.put("chip", entry.chip());
        key.put("engine", entry.engine().id());
        key.put("precision", entry.precision().id());
        return key;
    }

    private static Map<String, Object> calibration(Fitted fit) {
        Map<String, Object> row = key(fit.entry());
        row.put("points", fit.points());
        row.put("requests", fit.requests());
        row.put("kernels", fit.kernels());
        row.put("draftedPointsLeftOut", fit.drafted());
        row.put("checkedByModel", !fit.check().isEmpty());
        row.put("timeBand", band(fit.entry().timeBand()));
        row.put("firstTokenBand", band(fit.entry().firstTokenBand()));
        row.put("powerBand", band(fit.entry().powerBand()));
        row.put("source", fit.entry().source());
        row.put("asOf", fit.entry().asOf());
        return row;
    }

    private static Map<String, Object> band(ErrorBand band) {
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("low", band.low());
        row.put("high", band.high());
        return row;
    }

    private static List<Object> rows(Map<String, Object> key, Errors.Summary errors) {
        List<Object> rows = new ArrayList<>();
        for (Errors.Metric metric : Errors.Metric.values()) {
            if (errors.has(metric)) {
                Map<String, Object> row = new LinkedHashMap<>(key);
                row.put(
                        "metric",
                        metric.name().toLowerCase(java.util.Locale.ROOT).replace('_', '-'));
                row.put("rows", errors.count(metric));
                row.put("medianAbsoluteError", errors.medianAbsolute(metric));
                row.put("p90AbsoluteError", errors.absoluteQuantile(metric, 0.9));
                row.put("bias", errors.bias(metric));
                rows.add(row);
            }
        }
        return rows;
    }
}
