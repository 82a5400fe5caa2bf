package io.ampacity.traces.description;

/** How a count of tokens is spread over requests. */
public record Percentiles(
        double mean, double minimum, double p50, double p90, double p95, double p99, double p999, double maximum) {

    static Percentiles of(TokenHistogram histogram) {
        return new Percentiles(
                histogram.mean(),
                histogram.minimum(),
                histogram.quantile(0.5),
                histogram.quantile(0.9),
                histogram.quantile(0.95),
                histogram.quantile(0.99),
                histogram.quantile(0.999),
                histogram.maximum());
    }
}
