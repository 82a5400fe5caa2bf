package io.ampacity.physics.calibration;

import io.ampacity.physics.ErrorBand;
import io.ampacity.physics.calibration.Errors.Metric;
import java.util.List;

/** Statistics of errors. */
public final class Bands {

    /** A band never claims more than this, whatever the rows say: benchmarks do not repeat themselves better. */
    private static final double NARROWEST = 0.04;

    /** Used where a metric was not measured. */
    private static final ErrorBand UNMEASURED = new ErrorBand(0.7, 1.45);

    private Bands() {}

    /** The band that holds 80 % of the measurements behind these errors. */
    public static ErrorBand of(List<Errors> errors, Metric metric) {
        return holding(sorted(errors, metric), 0.8);
    }

    /** The band that holds 80 % of the measurements behind these logarithms, which are sorted. */
    static ErrorBand of(double[] sorted) {
        return holding(sorted, 0.8);
    }

    /** The band that holds a share of the measurements behind these errors, as much of them above it as below. */
    static ErrorBand holding(List<Errors> errors, Metric metric, double share) {
        return holding(sorted(errors, metric), share);
    }

    private static ErrorBand holding(double[] sorted, double share) {
        if (sorted.length < 5) {
            return UNMEASURED;
        }
        double tail = (1 - share) / 2;
        // An estimate that is too high by x asks for a factor of e^-x.
        double low = Math.min(-NARROWEST, -quantile(sorted, 1 - tail));
        double high = Math.max(NARROWEST, -quantile(sorted, tail));
        return new ErrorBand(Math.exp(low), Math.exp(high));
    }

    /** Median of the absolute relative errors; NaN without any. */
    public static double medianAbsolute(List<Errors> errors, Metric metric) {
        double[] sizes = errors.stream()
                .filter(error -> error.logRatios().containsKey(metric))
                .mapToDouble(error -> Math.abs(Math.expm1(error.logRatios().getOrDefault(metric, 0.0))))
                .sorted()
                .toArray();
        return sizes.length == 0 ? Double.NaN : quantile(sizes, 0.5);
    }

    /** Share of measurements inside a band. */
    public static double coverage(List<Errors> errors, Metric metric, ErrorBand band) {
        double[] sorted = sorted(errors, metric);
        int inside = 0;
        for (double error : sorted) {
            double factor = Math.exp(-error);
            inside += factor >= band.low() && factor <= band.high() ? 1 : 0;
        }
        return sorted.length == 0 ? Double.NaN : (double) inside / sorted.length;
    }

    private static double[] sorted(List<Errors> errors, Metric metric) {
        return errors.stream()
                .filter(error -> error.logRatios().containsKey(metric))
                .mapToDouble(error -> error.logRatios().getOrDefault(metric, 0.0))
                .sorted()
                .toArray();
    }

    static double quantile(double[] sorted, double share) {
        double place = share * (sorted.length - 1);
        int below = (int) Math.floor(place);
        int above = Math.min(sorted.length - 1, below + 1);
        return sorted[below] + (place - below) * (sorted[above] - sorted[below]);
    }
}
