package io.ampacity.simulator.report;

import org.hipparchus.distribution.continuous.TDistribution;

/**
 * How much B differs from A in one figure, from runs in pairs that shared their chance.
 *
 * <p>The interval is that of the paired t test: the differences d of n pairs have mean m and standard deviation s, and the
 * true mean lies in m ± t(n − 1) · s / √n with the stated confidence, when differences are about normal or pairs many.
 * With one pair there is no interval, and its ends are NaN; when all differences are equal it has no width.
 *
 * @param pairs how many
 * @param meanA mean of A's figure
 * @param meanB mean of B's figure
 * @param difference mean of B less A
 * @param low lower end of the interval of the difference
 * @param high upper end
 */
public record PairedDifference(int pairs, double meanA, double meanB, double difference, double low, double high) {

    /**
     * The difference of figures that stand at the same place in both arrays.
     *
     * @param confidence such as 0.95
     */
    public static PairedDifference of(double[] a, double[] b, double confidence) {
        if (a.length != b.length || a.length == 0) {
            throw new IllegalArgumentException(a.length + " figures are paired with " + b.length);
        }
        if (!(confidence > 0 && confidence < 1)) {
            throw new IllegalArgumentException("the confidence is " + confidence + ", outside 0 to 1. Maybe 0.95");
        }
        int pairs = a.length;
        double meanA = 0;
        double meanB = 0;
        double mean = 0;
        for (int i = 0; i < pairs; i++) {
            meanA += a[i] / pairs;
            meanB += b[i] / pairs;
            mean += (b[i] - a[i]) / pairs;
        }
        if (pairs == 1) {
            return new PairedDifference(1, meanA, meanB, mean, Double.NaN, Double.NaN);
        }
        double squares = 0;
        for (int i = 0; i < pairs; i++) {
            double off = b[i] - a[i] - mean;
            squares += off * off;
        }
        double error = Math.sqrt(squares / (pairs - 1) / pairs);
        double quantile = new TDistribution(pairs - 1).inverseCumulativeProbability(0.5 + confidence / 2);
        return new PairedDifference(pairs, meanA, meanB, mean, mean - quantile * error, mean + quantile * error);
    }

    /** The same difference with an interval found in another way. */
    public PairedDifference within(double otherLow, double otherHigh) {
        return new PairedDifference(pairs, meanA, meanB, difference, otherLow, otherHigh);
    }

    /** Whether 0 lies outside the interval, so that chance alone hardly explains the difference. */
    public boolean isShown() {
        return low > 0 || high < 0;
    }
}
