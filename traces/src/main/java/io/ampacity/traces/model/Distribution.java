package io.ampacity.traces.model;

import java.util.List;

/** How a length or a time is distributed: non-negative values with a known quantile function. */
public sealed interface Distribution {

    /** The value that {@code probability}, from 0 to 1, lies below. */
    double quantile(double probability);

    /** The largest value there can be. */
    double maximum();

    /** The mean, integrated over the quantile function to about a thousandth. */
    default double mean() {
        int steps = 20_000;
        double sum = 0;
        for (int i = 0; i < steps; i++) {
            sum += quantile((i + 0.5) / steps);
        }
        return sum / steps;
    }

    /** A whole number of tokens at the quantile, at least {@code least}. */
    default int tokens(double probability, int least) {
        return (int) Math.max(least, Math.min(Integer.MAX_VALUE, Math.rint(quantile(probability))));
    }

    /**
     * Known quantiles with geometric interpolation between (of the value plus 1, so that 0 is allowed).
     *
     * @param probabilities from 0 to 1, strictly increasing
     * @param values one a probability, at least 0, never decreasing
     */
    record Quantiles(List<Double> probabilities, List<Double> values) implements Distribution {

        public Quantiles {
            probabilities = List.copyOf(probabilities);
            values = List.copyOf(values);
            int last = probabilities.size() - 1;
            if (last < 1 || last != values.size() - 1) {
                throw new IllegalArgumentException("quantiles need two or more pairs of probability and value");
            }
            if (probabilities.getFirst() != 0 || probabilities.get(last) != 1) {
                throw new IllegalArgumentException("quantiles begin at probability 0 and end at 1");
            }
            for (int i = 0; i <= last; i++) {
                double value = values.get(i);
                if (!(value >= 0) || Double.isInfinite(value) || (i > 0 && value < values.get(i - 1))) {
                    throw new IllegalArgumentException(
                            "quantile values never decrease and are at least 0, but one is " + value);
                }
                if (i > 0 && !(probabilities.get(i) > probabilities.get(i - 1))) {
                    throw new IllegalArgumentException(
                            "quantile probabilities increase, but one is " + probabilities.get(i));
                }
            }
        }

        @Override
        public double quantile(double probability) {
            int low = 0;
            int high = probabilities.size() - 1;
            while (high - low > 1) {
                int middle = (low + high) >>> 1;
                if (probabilities.get(middle) <= probability) {
                    low = middle;
                } else {
                    high = middle;
                }
            }
            double from = values.get(low);
            double to = values.get(high);
            double share = (probability - probabilities.get(low)) / (probabilities.get(high) - probabilities.get(low));
            return from == to ? from : (from + 1) * StrictMath.exp(share * StrictMath.log((to + 1) / (from + 1))) - 1;
        }

        @Override
        public double maximum() {
            return values.getLast();
        }
    }

    /**
     * A log-normal distribution, cut at both ends.
     *
     * @param median above 0
     * @param sigma standard deviation of the natural logarithm, at least 0
     * @param minimum at least 0
     * @param maximum at least the minimum
     */
    record LogNormal(double median, double sigma, double minimum, double maximum) implements Distribution {

        public LogNormal {
            if (!(median > 0 && sigma >= 0 && minimum >= 0 && maximum >= minimum)
                    || Double.isInfinite(median + sigma + maximum)) {
                throw new IllegalArgumentException("a log-normal needs a median above 0, a sigma of at least 0 and a"
                        + " minimum from 0 to the maximum, but is " + median + ", " + sigma + ", " + minimum + ", "
                        + maximum);
            }
        }

        @Override
        public double quantile(double probability) {
            double value = sigma == 0 ? median : median * StrictMath.exp(sigma * Normal.quantile(probability));
            return Math.max(minimum, Math.min(maximum, value));
        }
    }
}
