package io.ampacity.simulator;

import io.ampacity.simulator.engine.EventHeap;
import io.ampacity.simulator.engine.RequestSlab;

/**
 * What a shard has put off until a moment. A timer that speaks of a request carries the version of its slot, so that one
 * whose request has ended meanwhile does nothing.
 */
final class Timers {

    /** What a timer does: its number is its place. */
    enum Kind {
        JOIN(0, true),
        RETRY(1, true),
        FAILURE_STARTS(2, false),
        FAILURE_ENDS(3, false),
        WARM(4, false),
        QUEUE_TIMEOUT(5, true),
        DEADLINE(6, true),
        HEDGE(7, true),
        IDLE(8, false),
        SCALE(9, false),
        SCALED(10, false),
        LOADED(11, true),
        MOVED(12, true),
        RECLAIMED(13, false),
        POWER_STARTS(14, false),
        POWER_ENDS(15, false),
        JOB_ENDS(16, false);

        private final int number;
        private final boolean ofRequest;

        Kind(int number, boolean ofRequest) {
            this.number = number;
            this.ofRequest = ofRequest;
        }
    }

    private static final Kind[] KINDS = Kind.values();
    private static final int VERSIONS = 0xFFFFFF;

    private final EventHeap heap = new EventHeap();
    private final RequestSlab slab;
    private long sequence;

    Timers(RequestSlab slab) {
        this.slab = slab;
    }

    /** The next number for breaking ties, which wake-ups of replicas share. */
    long nextNumber() {
        return sequence++;
    }

    double nextSeconds() {
        return heap.nextSeconds();
    }

    long nextSequence() {
        return heap.nextSequence();
    }

    void set(double atSeconds, Kind kind, int what) {
        long version = kind.ofRequest ? slab.version[what] & VERSIONS : 0;
        heap.add(atSeconds, sequence++, (long) kind.number << 56 | version << 32 | what);
    }

    long take() {
        return heap.take();
    }

    static Kind kind(long timer) {
        return KINDS[(int) (timer >>> 56)];
    }

    static int what(long timer) {
        return (int) timer;
    }

    /** Whether the request of which a timer speaks is still there. */
    boolean isCurrent(long timer) {
        return !kind(timer).ofRequest || (slab.version[what(timer)] & VERSIONS) == (timer >>> 32 & VERSIONS);
    }
}
