package io.ampacity.cli;

import org.jspecify.annotations.Nullable;

/**
 * Tells of faults of a command that serves: so many a minute, the rest counted, since one cause may bring thousands.
 * Thread-safe.
 */
final class FaultLog {

    /** As many at once after a rest. */
    static final int LINES_A_MINUTE = 20;

    private static final long MINUTE_NANOS = 60_000_000_000L;

    private final Output output;
    private long minuteBegan = System.nanoTime();
    private int told;
    private long untold;

    FaultLog(Output output) {
        this.output = output;
    }

    synchronized void add(Throwable fault) {
        long now = System.nanoTime();
        if (now - minuteBegan >= MINUTE_NANOS) {
            minuteBegan = now;
            told = 0;
        }
        if (told >= LINES_A_MINUTE) {
            untold++;
            return;
        }
        told++;
        output.warning("a fault: " + words(fault) + (untold > 0 ? " (and " + untold + " more before it)" : ""));
        untold = 0;
    }

    /** Its message, or where it is from when that says nothing. */
    private static String words(Throwable fault) {
        @Nullable String message = fault.getMessage();
        if (message != null && !message.isBlank() && !(fault instanceof NullPointerException)) {
            return message.lines().findFirst().orElse(message);
        }
        StackTraceElement[] stack = fault.getStackTrace();
        return fault.getClass().getSimpleName() + (stack.length == 0 ? "" : " at " + stack[0]);
    }
}
