package io.ampacity.simulator.report;

/**
 * Sums by column and bucket of time, in a fixed number of buckets: when a run outlasts them, neighbours are merged and buckets
 * become twice as long, so that memory does not grow with the run. For one
 * thread.
 */
public final class SeriesMeter {

    public static final int ARRIVED = 0;
    public static final int COMPLETED = 1;
    /** Requests that arrived in the bucket and have ended since, well or not. */
    public static final int ENDED = 2;
    /** Requests that arrived in the bucket and attained their objective. */
    public static final int ATTAINED = 3;

    public static final int OUTPUT_TOKENS = 4;
    /** Integral of requests in flight over time. */
    public static final int OUTSTANDING_SECONDS = 5;

    public static final int FACILITY_JOULES = 6;

    /** Integral of requests waiting for a place in a batch over time. */
    public static final int QUEUED_SECONDS = 7;
    /** Integral of requests in a batch over time. */
    public static final int RUNNING_SECONDS = 8;
    /** Integral of the share of a replica's KV cache in use over time, summed over replicas. */
    public static final int KV_SHARE_SECONDS = 9;

    private static final int BUCKETS = 512;
    private static final int COLUMNS = 10;

    private double width = 1;
    private final double[][] sums = new double[COLUMNS][BUCKETS];

    public double widthSeconds() {
        return width;
    }

    /** Has buckets up to the end of a run, though nothing may have happened last. */
    void reach(double endSeconds) {
        while (endSeconds > width * BUCKETS) {
            merge();
        }
    }

    /** Adds to the bucket that holds a moment. */
    public void add(int column, double atSeconds, double amount) {
        cover(atSeconds);
        sums[column][(int) (atSeconds / width)] += amount;
    }

    /** Spreads what a run of steps took evenly over it: the columns of power, batch and KV cache in one go. */
    public void spreadRun(double from, double to, double facilityJoules, double runningSeconds, double kvShareSeconds) {
        cover(to);
        int bucket = (int) (from / width);
        if (bucket == (int) (to / width) || to <= from) {
            sums[FACILITY_JOULES][bucket] += facilityJoules;
            sums[RUNNING_SECONDS][bucket] += runningSeconds;
            sums[KV_SHARE_SECONDS][bucket] += kvShareSeconds;
        } else {
            spread(FACILITY_JOULES, from, to, facilityJoules);
            spread(RUNNING_SECONDS, from, to, runningSeconds);
            spread(KV_SHARE_SECONDS, from, to, kvShareSeconds);
        }
    }

    /** Spreads an amount evenly over an interval. */
    public void spread(int column, double from, double to, double amount) {
        cover(to);
        double[] sum = sums[column];
        int first = (int) (from / width);
        int last = (int) (to / width);
        if (first == last || to <= from) {
            sum[first] += amount;
            return;
        }
        double perSecond = amount / (to - from);
        sum[first] += perSecond * ((first + 1) * width - from);
        for (int bucket = first + 1; bucket < last; bucket++) {
            sum[bucket] += perSecond * width;
        }
        sum[last] += perSecond * (to - last * width);
    }

    /** Sum of a column in a bucket. */
    public double at(int column, int bucket) {
        return sums[column][bucket];
    }

    public void add(SeriesMeter other) {
        while (width < other.width) {
            merge();
        }
        int ratio = (int) Math.round(width / other.width);
        for (int column = 0; column < COLUMNS; column++) {
            for (int bucket = 0; bucket < BUCKETS; bucket++) {
                sums[column][bucket / ratio] += other.sums[column][bucket];
            }
        }
    }

    private void cover(double atSeconds) {
        while (atSeconds >= width * BUCKETS) {
            merge();
        }
    }

    private void merge() {
        for (double[] sum : sums) {
            for (int bucket = 0; bucket < BUCKETS / 2; bucket++) {
                sum[bucket] = sum[2 * bucket] + sum[2 * bucket + 1];
            }
            java.util.Arrays.fill(sum, BUCKETS / 2, BUCKETS, 0);
        }
        width *= 2;
    }
}
