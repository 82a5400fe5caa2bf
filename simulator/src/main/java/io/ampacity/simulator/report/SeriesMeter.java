package io.ampacity.simulator.report;

/**
 * Counts by bucket of time, in a fixed number of buckets: when a run outlasts them, neighbours are merged and buckets
 * become twice as long, so that memory does not grow with the run. For one thread.
 */
public final class SeriesMeter {

    /** Columns, each a sum over a bucket. */
    public enum Column {
        ARRIVED,
        COMPLETED,
        /** Requests that arrived in the bucket and have ended since, well or not. */
        ENDED,
        /** Requests that arrived in the bucket and attained their objective. */
        ATTAINED,
        OUTPUT_TOKENS,
        /** Integral of requests in flight over time. */
        OUTSTANDING_SECONDS,
        FACILITY_JOULES
    }

    private static final int BUCKETS = 512;
    private static final int COLUMNS = Column.values().length;

    private double width = 1;
    private final double[][] sums = new double[COLUMNS][BUCKETS];

    public double widthSeconds() {
        return width;
    }

    /** Adds to the bucket that holds a moment. */
    public void add(Column column, double atSeconds, double amount) {
        cover(atSeconds);
        sums[column.ordinal()][(int) (atSeconds / width)] += amount;
    }

    /** Spreads an amount evenly over an interval. */
    public void spread(Column column, double from, double to, double amount) {
        cover(to);
        double[] sum = sums[column.ordinal()];
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
    public double at(Column column, int bucket) {
        return sums[column.ordinal()][bucket];
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
