package io.ampacity.cli;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** The life of a command that serves: until its process is told to stop. */
final class UntilStopped {

    private static final long LONGEST_CLOSE_SECONDS = 120;

    private UntilStopped() {}

    /**
     * Tells the result at once and waits until the process is told to stop, or this thread is interrupted; then closes
     * what serves, before the process may end.
     */
    static int serve(Output output, Runnable close) {
        output.finish();
        CountDownLatch stopped = new CountDownLatch(1);
        CountDownLatch closed = new CountDownLatch(1);
        // The machine halts when its hooks end, whatever other threads still do.
        Thread hook = Thread.ofPlatform().unstarted(() -> {
            stopped.countDown();
            awaitQuietly(closed);
        });
        Runtime.getRuntime().addShutdownHook(hook);
        try {
            stopped.await();
        } catch (InterruptedException interrupted) {
            Runtime.getRuntime().removeShutdownHook(hook);
        } finally {
            close.run();
            closed.countDown();
        }
        return ExitCode.FINE;
    }

    private static void awaitQuietly(CountDownLatch closed) {
        try {
            if (!closed.await(LONGEST_CLOSE_SECONDS, TimeUnit.SECONDS)) {
                Thread.currentThread().interrupt();
            }
        } catch (InterruptedException hurried) {
            Thread.currentThread().interrupt();
        }
    }
}
