package io.ampacity.gateway;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Upstreams that an operator has broken on purpose, each for a time. Thread-safe. */
final class Drills {

    private static final double LONGEST_SECONDS = 3600;
    private static final double NANOS = 1e9;

    private final Map<String, Drill> byUpstream = new ConcurrentHashMap<>();

    /** How an upstream is broken. */
    enum Kind {
        /** Nobody answers. */
        DOWN,
        /** It takes requests and says nothing. */
        SLOW,
        /** It has no room. */
        THROTTLED
    }

    /** One upstream's trouble. */
    record Drill(Kind kind, long untilNanos) {}

    void begin(String upstream, Kind kind, double seconds) {
        if (!(seconds >= 0) || seconds > LONGEST_SECONDS) {
            throw new IllegalArgumentException(
                    "a drill of " + seconds + " s; it lasts up to " + LONGEST_SECONDS + " s");
        }
        byUpstream.put(upstream, new Drill(kind, System.nanoTime() + (long) (seconds * NANOS)));
    }

    /** How an upstream is broken now; null when it is not. */
    @Nullable Drill on(String upstream) {
        if (byUpstream.isEmpty()) {
            return null;
        }
        Drill drill = byUpstream.get(upstream);
        if (drill != null && System.nanoTime() - drill.untilNanos > 0) {
            byUpstream.remove(upstream, drill);
            return null;
        }
        return drill;
    }
}
