package io.ampacity.simulator;

import io.ampacity.simulator.report.LatencyMeter;

/** Counts the tokens of a shard, delivered or thrown away, and notes when its last request ended. */
final class Tally {

    private final LatencyMeter interTokenLatency = new LatencyMeter();
    private long delivered;
    private long wasted;
    private double endSeconds;

    void delivered(int tokens) {
        delivered += tokens;
    }

    void wasted(long tokens) {
        wasted += tokens;
    }

    /** A request ended, well or not. */
    void ended(double atSeconds) {
        endSeconds = Math.max(endSeconds, atSeconds);
    }

    /** Output tokens of completed requests. */
    long deliveredTokens() {
        return delivered;
    }

    /** Output tokens that no client kept. */
    long wastedTokens() {
        return wasted;
    }

    /** When the last request ended. */
    double endSeconds() {
        return endSeconds;
    }

    LatencyMeter interTokenLatency() {
        return interTokenLatency;
    }
}
