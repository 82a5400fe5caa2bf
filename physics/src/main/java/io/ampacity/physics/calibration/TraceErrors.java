package io.ampacity.physics.calibration;

import io.ampacity.physics.measurement.MeasuredTrace;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * How far a replay lies from a measured trace: means and percentiles of the time per output token, of the time to first
 * token and of whole requests. A single request's wait hangs on chance, so none is compared with its own.
 */
final class TraceErrors {

    private static final double[] SHARES = {0.1, 0.25, 0.5, 0.75, 0.9, 0.99};

    /** A wait of a few steps is as long as the step it falls into, and says little. */
    private static final double SHORTEST_SECONDS = 1e-3;

    private TraceErrors() {}

    /**
     * One statistic of one figure.
     *
     * @param statistic such as {@code mean} or {@code p90}
     * @param logRatio logarithm of replayed over measured
     */
    record Deviation(Errors.Metric metric, String statistic, double logRatio) {}

    /** Compares what {@link TraceReplay#times} gave. */
    static List<Deviation> of(MeasuredTrace trace, double[][] times) {
        int count = times.length;
        double[][] replayed = new double[3][count];
        double[][] measured = new double[3][count];
        for (int i = 0; i < count; i++) {
            double gaps = Math.max(1, trace.outputs()[i] - 1);
            replayed[0][i] = (times[i][1] - times[i][0]) / gaps;
            measured[0][i] = (trace.lastTokens()[i] - trace.firstTokens()[i]) / gaps;
            replayed[1][i] = times[i][0];
            measured[1][i] = trace.firstTokens()[i];
            replayed[2][i] = times[i][1];
            measured[2][i] = trace.lastTokens()[i];
        }
        List<Deviation> deviations = new ArrayList<>();
        compare(Errors.Metric.INTER_TOKEN, replayed[0], measured[0], deviations);
        compare(Errors.Metric.TIME_TO_FIRST_TOKEN, replayed[1], measured[1], deviations);
        compare(Errors.Metric.END_TO_END, replayed[2], measured[2], deviations);
        return deviations;
    }

    private static void compare(Errors.Metric metric, double[] replayed, double[] measured, List<Deviation> into) {
        Arrays.sort(replayed);
        Arrays.sort(measured);
        into.add(deviation(
                metric,
                "mean",
                Arrays.stream(replayed).average().orElse(0),
                Arrays.stream(measured).average().orElse(0)));
        for (double share : SHARES) {
            int at = Math.max(0, (int) Math.ceil(share * measured.length) - 1);
            into.add(deviation(metric, "p" + Math.round(100 * share), replayed[at], measured[at]));
        }
    }

    private static Deviation deviation(Errors.Metric metric, String statistic, double replayed, double measured) {
        double floor = metric == Errors.Metric.INTER_TOKEN ? 0 : SHORTEST_SECONDS;
        return new Deviation(
                metric, statistic, Math.log(Math.max(1e-9, replayed + floor) / Math.max(1e-9, measured + floor)));
    }
}
