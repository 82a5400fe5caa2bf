package io.ampacity.traces.description;

import java.util.Arrays;

/**
 * Requests counted over time in at most {@value #BINS} bins of equal width: of one second at first, doubled whenever the
 * trace outgrows them.
 */
public final class RateProfile {

    static final int BINS = 8192;

    private final long[] counts = new long[BINS];
    private double width = 1;
    private int used;

    /** @param seconds since the first request; at least 0 */
    public void record(double seconds) {
        while (seconds >= BINS * width) {
            for (int bin = 0; bin < BINS / 2; bin++) {
                counts[bin] = counts[2 * bin] + counts[2 * bin + 1];
            }
            Arrays.fill(counts, BINS / 2, BINS, 0);
            width *= 2;
            used = (used + 1) / 2;
        }
        int bin = (int) (seconds / width);
        counts[bin]++;
        used = Math.max(used, bin + 1);
    }

    public double binSeconds() {
        return width;
    }

    /** Requests in each bin up to the last that has one. */
    public long[] counts() {
        return Arrays.copyOf(counts, used);
    }

    /** Mean rates, in requests a second, of {@code columns} equal parts of the trace; fewer when it has fewer bins. */
    public double[] rates(int columns, double spanSeconds) {
        int parts = Math.max(1, Math.min(columns, used));
        double[] rates = new double[used == 0 ? 0 : parts];
        double end = Math.max(spanSeconds, 0);
        for (int bin = 0; bin < used; bin++) {
            rates[(int) ((long) bin * parts / used)] += counts[bin];
        }
        for (int part = 0; part < rates.length; part++) {
            double from = Math.ceilDiv((long) part * used, parts) * width;
            double to = Math.ceilDiv((part + 1L) * used, parts) * width;
            rates[part] /= Math.max(Math.min(to, end) - from, Math.min(width, 1));
        }
        return rates;
    }
}
