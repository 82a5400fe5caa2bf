package io.ampacity.planner.solver;

import org.jspecify.annotations.Nullable;

/**
 * How hard to try.
 *
 * @param relativeGap stop when (objective − bound) / |objective| is at most this; 0 for proven optimal
 * @param timeLimitSeconds stop with the best so far after this long; a result cut short may differ between runs
 * @param nodeLimit stop with the best so far after so many nodes of the search tree: the same ones in every run
 * @param start values to start from, in the order of the variables, NaN where nothing is known; null for none
 * @param progress told as the search goes on; null for nobody
 */
@SuppressWarnings("ArrayRecordComponent") // a start is read once, never compared
public record SolveOptions(
        double relativeGap,
        double timeLimitSeconds,
        int nodeLimit,
        double @Nullable [] start,
        @Nullable Progress progress) {

    public SolveOptions {
        if (!(relativeGap >= 0) || !(timeLimitSeconds > 0) || nodeLimit < 1) {
            throw new IllegalArgumentException("a gap of " + relativeGap + " or a time limit of " + timeLimitSeconds
                    + " s or a limit of " + nodeLimit + " nodes makes no sense. Maybe 0.001 and 60 are meant");
        }
    }

    /** Proven optimal, however long it takes. */
    public static SolveOptions exact() {
        return new SolveOptions(0, Double.POSITIVE_INFINITY, Integer.MAX_VALUE, null, null);
    }

    public static SolveOptions withGap(double relativeGap, double timeLimitSeconds) {
        return new SolveOptions(relativeGap, timeLimitSeconds, Integer.MAX_VALUE, null, null);
    }

    /** The same until a deadline. */
    public SolveOptions within(Deadline deadline) {
        return new SolveOptions(relativeGap, deadline.limit(), nodeLimit, start, progress);
    }

    public SolveOptions withNodeLimit(int nodes) {
        return new SolveOptions(relativeGap, timeLimitSeconds, nodes, start, progress);
    }

    public SolveOptions startingFrom(double[] values) {
        return new SolveOptions(relativeGap, timeLimitSeconds, nodeLimit, values, progress);
    }

    public SolveOptions tellingProgress(@Nullable Progress listener) {
        return new SolveOptions(relativeGap, timeLimitSeconds, nodeLimit, start, listener);
    }

    /** Hears how far a search is. Called on the solving thread; must be quick. */
    @FunctionalInterface
    public interface Progress {
        /**
         * Called now and then.
         *
         * @param seconds since the search began
         * @param best objective of the best answer so far; infinite when there is none
         * @param bound no answer is below it
         */
        void report(double seconds, double best, double bound);
    }
}
