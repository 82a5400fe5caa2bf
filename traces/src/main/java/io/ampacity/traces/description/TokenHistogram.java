package io.ampacity.traces.description;

/**
 * Counts of whole numbers from 0 to 2^31 - 1: exact up to 4095, then in 2048 buckets an octave, so within 0.05 %. Fixed
 * memory; recording allocates nothing.
 */
public final class TokenHistogram {

    private static final int EXACT = 4096;
    private static final int BUCKETS_AN_OCTAVE = EXACT / 2;
    private static final int FIRST_OCTAVE = 12;

    private final long[] counts = new long[EXACT + (31 - FIRST_OCTAVE) * BUCKETS_AN_OCTAVE];
    private long count;
    private double sum;
    private int minimum = Integer.MAX_VALUE;
    private int maximum;

    public void record(int value) {
        counts[bucket(value)]++;
        count++;
        sum += value;
        minimum = Math.min(minimum, value);
        maximum = Math.max(maximum, value);
    }

    public long count() {
        return count;
    }

    public double mean() {
        return count == 0 ? 0 : sum / count;
    }

    public int minimum() {
        return count == 0 ? 0 : minimum;
    }

    public int maximum() {
        return maximum;
    }

    /** The smallest value that at least the share {@code probability} of all lies at or below; 0 when there is none. */
    public double quantile(double probability) {
        if (count == 0) {
            return 0;
        }
        long rank = Math.max(1, (long) Math.ceil(probability * count));
        if (rank == 1) {
            return minimum;
        }
        long below = 0;
        for (int bucket = 0; bucket < counts.length && rank < count; bucket++) {
            below += counts[bucket];
            if (below >= rank) {
                return Math.clamp(middle(bucket), minimum, maximum);
            }
        }
        return maximum;
    }

    /** For every bucket, the share of values below it and half of those in it: its rank, from 0 to 1. */
    public double[] ranks() {
        double[] ranks = new double[counts.length];
        double below = 0;
        for (int bucket = 0; bucket < counts.length; bucket++) {
            ranks[bucket] = (below + counts[bucket] / 2.0) / Math.max(1, count);
            below += counts[bucket];
        }
        return ranks;
    }

    /** The bucket of a value, an index of {@link #ranks()}. */
    public static int bucket(int value) {
        if (value < EXACT) {
            return value;
        }
        int octave = 31 - Integer.numberOfLeadingZeros(value);
        return EXACT
                + (octave - FIRST_OCTAVE) * BUCKETS_AN_OCTAVE
                + (value >>> (octave - FIRST_OCTAVE + 1))
                - BUCKETS_AN_OCTAVE;
    }

    private static double middle(int bucket) {
        if (bucket < EXACT) {
            return bucket;
        }
        int octave = (bucket - EXACT) / BUCKETS_AN_OCTAVE;
        double width = 1L << (octave + 1);
        return ((bucket - EXACT) % BUCKETS_AN_OCTAVE + BUCKETS_AN_OCTAVE + 0.5) * width;
    }
}
