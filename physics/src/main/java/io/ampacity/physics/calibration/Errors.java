package io.ampacity.physics.calibration;

import io.ampacity.facts.Catalogue;
import io.ampacity.facts.Chip;
import io.ampacity.facts.LanguageModel;
import io.ampacity.physics.Efficiencies;
import io.ampacity.physics.ErrorBand;
import io.ampacity.physics.estimate.MeasuredPoint;
import io.ampacity.physics.measurement.Measurement;
import io.ampacity.physics.measurement.MeasurementException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.DoubleStream;

/** How far an estimate lies from a measurement: the logarithm of their ratio, for each figure that was measured. */
public record Errors(Measurement measurement, Map<Metric, Double> logRatios) {

    /** A figure that was measured and is estimated. */
    public enum Metric {
        TIME_TO_FIRST_TOKEN("TTFT"),
        INTER_TOKEN("inter-token"),
        END_TO_END("end to end"),
        OUTPUT_RATE("output tokens/s"),
        WATTS("watts"),
        JOULES_PER_TOKEN("J/token"),
        KERNEL("kernel time");

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
        return of(measurement, chip(measurement, catalogue), model(measurement, catalogue), efficiencies, waves);
    }

    /** As {@link #of(Measurement, Catalogue, Efficiencies, int)}, with the chip and the model at hand. */
    static Errors of(Measurement measurement, Chip chip, LanguageModel model, Efficiencies efficiencies, int waves) {
        MeasuredPoint point = MeasuredPoint.of(measurement, chip, model, efficiencies, waves);
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
        return chip(measurement.source(), measurement.chip(), catalogue);
    }

    static Chip chip(String source, String name, Catalogue catalogue) {
        return catalogue
                .chip(name)
                .orElseThrow(() -> new MeasurementException(
                        source + ": the chip \"" + name + "\" is not in the catalogue",
                        "list the known ones with `ampacity facts list chips`"));
    }

    static LanguageModel model(Measurement measurement, Catalogue catalogue) {
        return model(measurement.source(), measurement.model(), catalogue);
    }

    static LanguageModel model(String source, String name, Catalogue catalogue) {
        return catalogue
                .model(name)
                .orElseThrow(() -> new MeasurementException(
                        source + ": the model \"" + name + "\" is not in the catalogue",
                        "list the known ones with `ampacity facts list models`, or import its config.json"));
    }

    /** Errors by metric: logarithms of estimated over measured, sorted. */
    public record Summary(Map<Metric, double[]> sorted) {

        static Summary of(List<Sample> samples, Efficiencies efficiencies) {
            Map<Metric, List<Double>> gathered = new EnumMap<>(Metric.class);
            for (Sample sample : samples) {
                for (Sample.Deviation deviation : sample.deviations(efficiencies)) {
                    gathered.computeIfAbsent(deviation.metric(), absent -> new ArrayList<>())
                            .add(deviation.logRatio());
                }
            }
            Map<Metric, double[]> sorted = new EnumMap<>(Metric.class);
            gathered.forEach((metric, values) -> sorted.put(
                    metric,
                    values.stream().mapToDouble(Double::doubleValue).sorted().toArray()));
            return new Summary(sorted);
        }

        Summary and(Summary other) {
            Map<Metric, double[]> both = new EnumMap<>(Metric.class);
            both.putAll(sorted);
            other.sorted.forEach((metric, values) -> both.merge(metric, values, Summary::merged));
            return new Summary(both);
        }

        private static double[] merged(double[] one, double[] other) {
            return DoubleStream.concat(Arrays.stream(one), Arrays.stream(other))
                    .sorted()
                    .toArray();
        }

        public boolean has(Metric metric) {
            return sorted.containsKey(metric);
        }

        public int count(Metric metric) {
            return values(metric).length;
        }

        /** Median of |estimate / measurement − 1|; NaN without any. */
        public double medianAbsolute(Metric metric) {
            return absoluteQuantile(metric, 0.5);
        }

        /** The |estimate / measurement − 1| that this share of the rows stays below; NaN without any. */
        public double absoluteQuantile(Metric metric, double share) {
            double[] sizes = Arrays.stream(values(metric))
                    .map(error -> Math.abs(Math.expm1(error)))
                    .sorted()
                    .toArray();
            return sizes.length == 0 ? Double.NaN : Bands.quantile(sizes, share);
        }

        /** Median of estimate / measurement − 1; NaN without any. */
        public double bias(Metric metric) {
            double[] values = values(metric);
            return values.length == 0 ? Double.NaN : Math.expm1(Bands.quantile(values, 0.5));
        }

        /** The factors on an estimate between which 80 % of the rows lie. */
        public ErrorBand band(Metric metric) {
            return Bands.of(values(metric));
        }

        private double[] values(Metric metric) {
            return sorted.getOrDefault(metric, new double[0]);
        }
    }
}
