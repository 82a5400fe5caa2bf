package io.ampacity.simulator.report;

/**
 * A summary of durations in seconds. Mean and maximum are exact, percentiles to a part in a thousand. All NaN when there
 * were none.
 */
public record Distribution(long count, double mean, double p50, double p90, double p95, double p99, double max) {

    /** Of no durations at all. */
    public static final Distribution EMPTY =
            new Distribution(0, Double.NaN, Double.NaN, Double.NaN, Double.NaN, Double.NaN, Double.NaN);
}
