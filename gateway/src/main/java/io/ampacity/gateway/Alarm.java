package io.ampacity.gateway;

import io.ampacity.sockets.Loops;
import io.netty.channel.EventLoop;
import io.netty.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/**
 * The one clock of a client's connection: it looks at the exchange that is under way when the earliest of its times is over.
 * Times that are put off, and exchanges that end, leave the timer as it is, since most of them never come: a timer that rings
 * too early is set anew. So a request that is answered soon sets none. On one event loop.
 */
final class Alarm {

    private static final double NANOS = 1e9;

    private final EventLoop loop;
    private @Nullable Runnable look;
    private long beganNanos;
    /** The earliest time of the exchange, in seconds since it began. */
    private double next = Double.POSITIVE_INFINITY;

    private @Nullable Future<?> timer;
    /** When the timer rings, if there is one. */
    private long ringsNanos;

    Alarm(EventLoop loop) {
        this.loop = loop;
    }

    /** An exchange begins: {@code then} looks at it. */
    void begin(Runnable then) {
        look = then;
        beganNanos = System.nanoTime();
        next = Double.POSITIVE_INFINITY;
    }

    /** Seconds since the exchange began. */
    double seconds() {
        return (System.nanoTime() - beganNanos) / NANOS;
    }

    /** Looks no later than then. */
    void by(double seconds) {
        if (seconds < next && look != null) {
            next = seconds;
            long at = beganNanos + (long) (seconds * NANOS);
            if (timer == null || at - ringsNanos < 0) {
                set(at);
            }
        }
    }

    private void set(long at) {
        cancel();
        ringsNanos = at;
        timer = Loops.after(loop, at - System.nanoTime(), this::ring);
    }

    private void ring() {
        timer = null;
        Runnable then = look;
        if (then == null || next == Double.POSITIVE_INFINITY) {
            return;
        }
        if (seconds() >= next) {
            next = Double.POSITIVE_INFINITY;
            then.run();
        } else {
            set(beganNanos + (long) (next * NANOS));
        }
    }

    /** The exchange has ended; nothing of it is held any longer. */
    void stop() {
        look = null;
        next = Double.POSITIVE_INFINITY;
    }

    /** The connection has ended. */
    void close() {
        stop();
        cancel();
    }

    private void cancel() {
        Future<?> waiting = timer;
        timer = null;
        if (waiting != null) {
            waiting.cancel(false);
        }
    }
}
