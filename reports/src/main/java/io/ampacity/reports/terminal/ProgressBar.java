package io.ampacity.reports.terminal;

import io.ampacity.reports.paper.Numerals;
import io.ampacity.reports.paper.PlainText;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/**
 * A line on standard error that says how far a long work has come and when it will be done. It is drawn at most ten
 * times a second and only where a person watches; closing it wipes the line. Safe for use by several threads.
 */
public final class ProgressBar implements AutoCloseable {

    private static final long NANOS_BETWEEN_DRAWS = 100_000_000L;
    private static final long NANOS_BEFORE_ETA = 500_000_000L;
    private static final int BAR_COLUMNS = 24;

    private final Appendable out;
    private final Terminal terminal;
    private final LongSupplier nanoTime;
    private final String label;
    private final long total;
    private final long start;
    private final AtomicLong done = new AtomicLong();
    private final AtomicLong nextDraw;
    private boolean drawn;
    private boolean closed;

    /**
     * Starts a bar.
     *
     * @param out where it is drawn, such as {@link System#err}
     * @param terminal what {@code out} can show; nothing is drawn unless it is interactive
     * @param nanoTime a clock that never goes back, such as {@link System#nanoTime()}
     * @param total steps of the whole work; 0 or less when unknown, and then steps are counted without an end
     */
    public ProgressBar(Appendable out, Terminal terminal, LongSupplier nanoTime, String label, long total) {
        this.out = out;
        this.terminal = terminal;
        this.nanoTime = nanoTime;
        this.label = PlainText.name(label);
        this.total = total;
        this.start = nanoTime.getAsLong();
        this.nextDraw = new AtomicLong(start + NANOS_BETWEEN_DRAWS);
    }

    /** Says that {@code steps} more are done. */
    public void advance(long steps) {
        done.addAndGet(steps);
        drawIfDue();
    }

    /** Says how many steps are done in all. */
    public void reach(long steps) {
        done.set(steps);
        drawIfDue();
    }

    /** Wipes the line. */
    @Override
    public synchronized void close() {
        if (drawn && !closed) {
            write("\r\u001B[K");
        }
        closed = true;
    }

    private void drawIfDue() {
        if (!terminal.interactive()) {
            return;
        }
        long now = nanoTime.getAsLong();
        long due = nextDraw.get();
        if (now - due >= 0 && nextDraw.compareAndSet(due, now + NANOS_BETWEEN_DRAWS)) {
            draw(now);
        }
    }

    private synchronized void draw(long now) {
        if (closed) {
            return;
        }
        long steps = done.get();
        double share = total > 0 ? Math.clamp((double) steps / total, 0.0, 1.0) : Double.NaN;
        StringBuilder line = new StringBuilder(label).append("  ");
        if (total > 0) {
            line.append(Bars.bar(terminal, share, BAR_COLUMNS)).append("  ").append(Numerals.weight(share));
            long elapsed = now - start;
            if (elapsed >= NANOS_BEFORE_ETA && share > 0 && share < 1) {
                double left = elapsed * (1 - share) / share / 1e9;
                line.append("  ").append(Numerals.seconds(Math.ceil(left))).append(" left");
            }
        } else {
            line.append(Numerals.count(steps));
        }
        String text = terminal.spelled(line.toString()).replace(Numerals.JOIN, ' ');
        write("\r" + terminal.cut(text, terminal.columns() - 1) + "\u001B[K");
        drawn = true;
    }

    /** A stream that fails must not fail the work it tells of. */
    private void write(String text) {
        try {
            out.append(text);
            if (out instanceof java.io.Flushable flushable) {
                flushable.flush();
            }
        } catch (java.io.IOException streamGone) {
            closed = true;
        }
    }
}
