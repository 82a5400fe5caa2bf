package io.ampacity.simulator.report;

import org.HdrHistogram.Histogram;

/**
 * Collects durations: a histogram of three digits over units of 100 ns, beside the exact sum. A {@linkplain #coarse()
 * coarse} one has two digits and an eighth of the size. For one thread.
 */
public final class LatencyMeter {

    private static final double TICKS_PER_SECOND = 1e7;
    private static final double HIGHEST_TICKS = 0x1p62;

    private final Histogram histogram;
    private long count;
    private double sum;
    private double max = Double.NEGATIVE_INFINITY;

    public LatencyMeter() {
        this(3);
    }

    private LatencyMeter(int digits) {
        histogram = new Histogram(digits);
    }

    /** A meter whose percentiles are within a part in a hundred, for what is collected many times over. */
    public static LatencyMeter coarse() {
        return new LatencyMeter(2);
    }

    public void record(double seconds) {
        histogram.recordValue(ticks(seconds));
        count++;
        sum += seconds;
        max = Math.max(max, seconds);
    }

    /**
     * Records a run of steps, each {@code growth} seconds longer than the one before, {@code weight} times each. Costs as
     * many operations as the run crosses buckets of the histogram, mostly one.
     */
    public void recordRun(double first, double growth, long steps, int weight) {
        long step = 0;
        while (step < steps) {
            long value = ticks(first + growth * step);
            long same = steps - step;
            double last = first + growth * (steps - 1);
            if (growth > 0 && ticks(last) != value) {
                double edge = histogram.nextNonEquivalentValue(value) - 0.5;
                double until = Math.ceil((edge / TICKS_PER_SECOND - first) / growth);
                same = (long) Math.clamp(until - step, 1, (double) same);
            }
            histogram.recordValueWithCount(value, same * weight);
            step += same;
        }
        count += steps * weight;
        sum += weight * (steps * first + growth * (0.5 * steps * (steps - 1)));
        max = Math.max(max, first + growth * (steps - 1));
    }

    /** Records durations of nothing. */
    public void recordZeros(long more) {
        if (more > 0) {
            histogram.recordValueWithCount(0, more);
            count += more;
            max = Math.max(max, 0);
        }
    }

    public long count() {
        return count;
    }

    /** Seconds in all. */
    public double sum() {
        return sum;
    }

    public void add(LatencyMeter other) {
        histogram.add(other.histogram);
        count += other.count;
        sum += other.sum;
        max = Math.max(max, other.max);
    }

    public Distribution distribution() {
        if (count == 0) {
            return Distribution.EMPTY;
        }
        return new Distribution(
                count, sum / count, percentile(50), percentile(90), percentile(95), percentile(99), max);
    }

    private double percentile(double percent) {
        return Math.min(max, histogram.getValueAtPercentile(percent) / TICKS_PER_SECOND);
    }

    private static long ticks(double seconds) {
        return Math.max(0, Math.round(Math.min(HIGHEST_TICKS, seconds * TICKS_PER_SECOND)));
    }
}
