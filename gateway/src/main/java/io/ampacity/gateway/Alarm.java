package io.ampacity.gateway;

import io.ampacity.sockets.Loops;
import io.netty.channel.EventLoop;
import io.netty.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/**
 * The one clock of an exchange: it looks at the exchange when the earliest of its times is over. Times that are put off
 * leave the clock as it is, since most of them never come. On one event loop.
 */
final class Alarm {

    private static final double NANOS = 1e9;

    private final EventLoop loop;
    private final Runnable look;
    private final long began = System.nanoTime();
    private @Nullable Future<?> timer;
    private double next = Double.POSITIVE_INFINITY;

    Alarm(EventLoop loop, Runnable look) {
        this.loop = loop;
        this.look = look;
    }

    /** Seconds since it was made. */
    double seconds() {
        return (System.nanoTime() - began) / NANOS;
    }

    /** Looks no later than then. */
    void by(double seconds) {
        if (seconds < next) {
            next = seconds;
            stop();
            timer = Loops.after(loop, (long) ((seconds - seconds()) * NANOS), () -> ring(seconds));
        }
    }

    private void ring(double scheduledFor) {
        if (scheduledFor <= next) {
            next = Double.POSITIVE_INFINITY;
            timer = null;
            look.run();
        }
    }

    /** Lets go of what waits for a time, with all that it holds. */
    void stop() {
        Future<?> waiting = timer;
        timer = null;
        if (waiting != null) {
            waiting.cancel(false);
        }
    }
}
