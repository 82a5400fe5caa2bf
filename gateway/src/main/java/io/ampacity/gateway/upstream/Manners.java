package io.ampacity.gateway.upstream;

import java.util.function.Consumer;

/**
 * Whether an upstream says only what it was asked for. One that says more may say it just after its connection was lent to the next
 * request, and nothing in HTTP/1.1 tells that request's answer from it: so its connections serve one request each for a
 * while. Thread-safe.
 */
final class Manners {

    static final long DISTRUST_NANOS = 600_000_000_000L;

    private final String upstream;
    private final Consumer<String> listener;
    private volatile boolean broken;
    private volatile long brokenNanos;

    /** @param listener hears the upstream's id when it begins to be distrusted */
    Manners(String upstream, Consumer<String> listener) {
        this.upstream = upstream;
        this.listener = listener;
    }

    /** Whether a connection may serve again. */
    boolean areGood() {
        return !broken || System.nanoTime() - brokenNanos > DISTRUST_NANOS;
    }

    void broken() {
        boolean before = areGood();
        brokenNanos = System.nanoTime();
        broken = true;
        if (before) {
            listener.accept(upstream);
        }
    }
}
