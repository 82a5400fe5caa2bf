package io.ampacity.physics.calibration;

import io.ampacity.facts.Catalogue;
import io.ampacity.facts.Chip;
import io.ampacity.facts.LanguageModel;
import io.ampacity.physics.Efficiencies;
import io.ampacity.physics.estimate.MeasuredPoint;
import io.ampacity.physics.measurement.Measurement;
import io.ampacity.physics.measurement.MeasurementException;
import java.util.EnumMap;
import java.util.Map;

/** How far an estimate lies from a measurement: the logarithm of their ratio, for each figure that was measured. */
public record Errors(Measurement measurement, Map<Metric, Double> logRatios) {

    /** A figure that was measured and is estimated. */
    public enum Metric {
        TIME_TO_FIRST_TOKEN("TTFT"),
        INTER_TOKEN("inter-token"),
        OUTPUT_RATE("output tokens/s"),
        WATTS("watts"),
        JOULES_PER_TOKEN("J/token");

        private final String title;

        Metric(String title) {
            this.title = title;
        }

        public String title() {
            return title;
        }
    }

    /** Estimates a measured point and compares. */
    public static Errors of(Measurement measurement, Catalogue catalogue, Efficiencies efficiencies, int waves) {
        MeasuredPoint point = MeasuredPoint.of(
                measurement, chip(measurement, catalogue), model(measurement, catalogue), efficiencies, waves);
        Map<Metric, Double> ratios = new EnumMap<>(Metric.class);
        Double first = measurement.timeToFirstTokenSeconds();
        if (first != null && !Double.isNaN(point.timeToFirstTokenSeconds())) {
            ratios.put(Metric.TIME_TO_FIRST_TOKEN, Math.log(point.timeToFirstTokenSeconds() / first));
        }
        Double gap = measurement.interTokenSeconds();
        if (gap != null) {
            ratios.put(Metric.INTER_TOKEN, Math.log(point.interTokenSeconds() / gap));
        }
        Double rate = measurement.outputTokensPerSecond();
        if (rate != null) {
            ratios.put(Metric.OUTPUT_RATE, Math.log(point.outputTokensPerSecond() / rate));
        }
        Double watts = measurement.watts();
        if (watts != null && !Double.isNaN(point.watts())) {
            ratios.put(Metric.WATTS, Math.log(point.watts() / watts));
            if (rate != null) {
                ratios.put(
                        Metric.JOULES_PER_TOKEN,
                        Math.log(point.watts() / point.outputTokensPerSecond() / (watts / rate)));
            }
        }
        return new Errors(measurement, ratios);
    }

    static Chip chip(Measurement measurement, Catalogue catalogue) {
        return catalogue
                .chip(measurement.chip())
                .orElseThrow(() -> new MeasurementException(
                        measurement.source() + ": the chip \"" + measurement.chip() + "\" is not in the catalogue",
                        "list the known ones with `ampacity facts list chips`"));
    }

    static LanguageModel model(Measurement measurement, Catalogue catalogue) {
        return catalogue
                .model(measurement.model())
                .orElseThrow(() -> new MeasurementException(
                        measurement.source() + ": the model \"" + measurement.model() + "\" is not in the catalogue",
                        "list the known ones with `ampacity facts list models`, or import its config.json"));
    }
}
