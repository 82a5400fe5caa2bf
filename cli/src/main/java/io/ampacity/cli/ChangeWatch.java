package io.ampacity.cli;

import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Looks once a second whether something has changed, and acts when it has, or at once when told to. It looks instead of being
 * called by the system, since no system calls for what lies on a network, behind a link that is moved as clusters move those of
 * their settings, or in a month that begins.
 */
final class ChangeWatch implements AutoCloseable {

    private final Supplier<List<Object>> state;
    private final Runnable action;
    private final long lookMillis;
    private final Semaphore told = new Semaphore(0);
    private final Thread thread;
    private volatile boolean closed;

    private ChangeWatch(Supplier<List<Object>> state, List<Object> seen, Runnable action, long lookMillis) {
        this.state = state;
        this.action = action;
        this.lookMillis = lookMillis;
        thread = Thread.ofVirtual().name("change watch").start(() -> watch(seen));
    }

    /**
     * Watches from now on.
     *
     * @param state what is compared; empty while it is not to be had
     * @param seen what it was when it was last acted on
     * @param action its own mistakes are its own: it must not throw
     */
    static ChangeWatch start(Supplier<List<Object>> state, List<Object> seen, Runnable action, long lookMillis) {
        return new ChangeWatch(state, seen, action, lookMillis);
    }

    /** Acts soon, whether or not anything changed. */
    void actNow() {
        told.release();
    }

    private void watch(List<Object> before) {
        List<Object> seen = before;
        try {
            while (!closed) {
                boolean now = told.tryAcquire(lookMillis, TimeUnit.MILLISECONDS);
                told.drainPermits();
                List<Object> found = state.get();
                if (!closed && (now || (!found.isEmpty() && !found.equals(seen)))) {
                    seen = found;
                    action.run();
                }
            }
        } catch (InterruptedException hurried) {
            Thread.currentThread().interrupt();
        }
    }

    /** Looks no more; an action that is under way has ended when this returns. */
    @Override
    public void close() {
        closed = true;
        told.release();
        try {
            thread.join();
        } catch (InterruptedException hurried) {
            Thread.currentThread().interrupt();
        }
    }
}
