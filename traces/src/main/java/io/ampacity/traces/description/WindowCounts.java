package io.ampacity.traces.description;

/** Counts of requests in windows of one length, side by side from the first request on. */
public final class WindowCounts {

    private final double seconds;
    private long window = -1;
    private long count;
    private long windows;
    private double sum;
    private double squares;
    private long largest;

    public WindowCounts(double seconds) {
        this.seconds = seconds;
    }

    /** @param sinceFirst seconds since the first request; never decreasing */
    public void record(double sinceFirst) {
        long at = (long) (sinceFirst / seconds);
        if (window >= 0 && at != window) {
            sum += count;
            squares += (double) count * count;
            windows += at - window; // those between are empty and add nothing but themselves
            count = 0;
        }
        window = at;
        count++;
        largest = Math.max(largest, count);
    }

    /** Requests in the fullest window. */
    public long largest() {
        return largest;
    }

    /** Variance over mean of the counts of windows that ended; NaN when fewer than ten did. */
    public double dispersion() {
        if (windows < 10) {
            return Double.NaN;
        }
        double mean = sum / windows;
        return (squares - sum * mean) / (windows - 1) / mean;
    }
}
