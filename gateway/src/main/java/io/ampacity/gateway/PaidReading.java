package io.ampacity.gateway;

import io.ampacity.gateway.protocol.StreamWatch;
import io.ampacity.sockets.Loops;

/**
 * Reads a stream only as far as it is paid for: while more money is asked for, what has arrived passes and nothing more is
 * read. On one event loop.
 */
final class PaidReading {

    private static final long LOOK_NANOS = 10_000_000;

    private final Attempt attempt;
    private final Exchange exchange;
    private final StreamWatch watch;
    private boolean waiting;

    PaidReading(Attempt attempt, Exchange exchange, StreamWatch watch) {
        this.attempt = attempt;
        this.exchange = exchange;
        this.watch = watch;
    }

    /** Whether nothing is read because the money is not there yet. */
    boolean isWaiting() {
        return waiting;
    }

    /** More has come: whether it may pass, and reading goes on or waits. */
    boolean goesOn() {
        return switch (exchange.progressed(attempt, watch)) {
            case YES -> {
                stopWaiting();
                yield true;
            }
            case LATER -> {
                if (!waiting && attempt.reading(false)) {
                    waiting = true;
                    lookSoon();
                }
                yield true;
            }
            case NO -> {
                exchange.outOfMoney(attempt);
                yield false;
            }
        };
    }

    private void stopWaiting() {
        if (waiting) {
            waiting = false;
            attempt.resume();
        }
    }

    private void lookSoon() {
        Loops.after(exchange.loop(), LOOK_NANOS, () -> {
            if (attempt.isOver() || !waiting) {
                return;
            }
            switch (exchange.progressed(attempt, watch)) {
                case YES -> stopWaiting();
                case LATER -> lookSoon();
                case NO -> exchange.outOfMoney(attempt);
            }
        });
    }
}
