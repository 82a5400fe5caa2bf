package io.ampacity.simulator;

import io.ampacity.traces.RequestSource;

/** The requests of one workload, read one ahead. */
final class Arrivals {

    final int workload;
    final RequestSource source;
    private long number = -1;
    private double nextSeconds;

    Arrivals(int workload, RequestSource source) {
        this.workload = workload;
        this.source = source;
        advance();
    }

    /** When the next request arrives; infinite when there is none left. */
    double nextSeconds() {
        return nextSeconds;
    }

    /** Number of the next request in its source, from 0. */
    long number() {
        return number;
    }

    void advance() {
        double before = nextSeconds;
        if (!source.next()) {
            nextSeconds = Double.POSITIVE_INFINITY;
            return;
        }
        number++;
        nextSeconds = source.arrivalSeconds();
        if (!(nextSeconds >= before) || Double.isInfinite(nextSeconds)) {
            throw new IllegalStateException("request " + number + " arrives at " + nextSeconds
                    + " s, before the one ahead of it at " + before + " s. Maybe the trace is not sorted");
        }
    }
}
