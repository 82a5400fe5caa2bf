package io.ampacity.cli;

import io.ampacity.reports.terminal.ProgressBar;
import io.ampacity.traces.RequestSource;
import io.ampacity.traces.Watched;
import org.jspecify.annotations.Nullable;

/** A bar on standard error that follows a replay, where a person watches and has not asked for quiet. */
final class ReplayProgress implements AutoCloseable {

    /** Requests between two looks at the clock. */
    private static final int BETWEEN = 256;

    private static final int STEPS = 1000;

    private final @Nullable ProgressBar bar;
    private final double seconds;
    private final long requests;

    /**
     * @param seconds how long the requests come; 0 when unknown
     * @param requests how many there are; 0 when unknown
     * @param sources how many sources will be watched
     */
    ReplayProgress(Output output, double seconds, long requests, int sources) {
        this.seconds = seconds;
        this.requests = requests;
        boolean known = seconds > 0 || requests > 0;
        bar = output.quiet() || !output.progressTerminal().interactive()
                ? null
                : new ProgressBar(
                        output.errors(),
                        output.progressTerminal(),
                        System::nanoTime,
                        "replaying",
                        known ? (long) STEPS * sources : 0);
    }

    /** The same requests, told to the bar as they are taken. */
    RequestSource watch(RequestSource source) {
        return bar == null ? source : new Watched(source, new Follower(bar));
    }

    @Override
    public void close() {
        if (bar != null) {
            bar.close();
        }
    }

    /** Follows one source. */
    private final class Follower implements Watched.Listener {

        private final ProgressBar told;
        private long taken;
        private long reached;

        Follower(ProgressBar told) {
            this.told = told;
        }

        @Override
        public void moved(RequestSource source, boolean more) {
            taken += more ? 1 : 0;
            if (taken % BETWEEN == 0 || !more) {
                long now = Math.max(reached, more ? steps(source) : end());
                told.advance(now - reached);
                reached = now;
            }
        }

        private long steps(RequestSource source) {
            if (seconds > 0) {
                return Math.min(STEPS, (long) (STEPS * source.arrivalSeconds() / seconds));
            }
            return requests > 0 ? Math.min(STEPS, STEPS * taken / requests) : taken;
        }

        private long end() {
            return seconds > 0 || requests > 0 ? STEPS : taken;
        }
    }
}
