package io.ampacity.cli;

import io.ampacity.planner.solver.SolveOptions.Progress;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/** Tells how far the search for a plan is, every few seconds, so that a short search says nothing. */
final class SearchProgress implements Progress {

    private static final double EVERY_SECONDS = 5;

    private final Consumer<String> lines;
    private final LongSupplier nanoTime;
    private final long began;
    private long told;

    SearchProgress(Consumer<String> lines, LongSupplier nanoTime) {
        this.lines = lines;
        this.nanoTime = nanoTime;
        this.began = nanoTime.getAsLong();
        this.told = began;
    }

    @Override
    public synchronized void report(double seconds, double best, double bound) {
        long now = nanoTime.getAsLong();
        if ((now - told) / 1e9 < EVERY_SECONDS) {
            return;
        }
        told = now;
        String since = String.format(Locale.ROOT, "after %.0f s ", (now - began) / 1e9);
        if (!Double.isFinite(best)) {
            lines.accept(since + (bound > 0 ? "no plan yet; none is below " + usd(bound) : "no plan yet") + " …");
        } else if (bound > 0) {
            double gap = 100 * (best - bound) / best;
            lines.accept(since + "a plan for " + usd(best)
                    + String.format(Locale.ROOT, ", at most %.1f %% above the best …", Math.max(0, gap)));
        } else {
            lines.accept(since + "a plan for " + usd(best) + " …");
        }
    }

    private static String usd(double amount) {
        return amount < 1e6
                ? String.format(Locale.ROOT, "%.0f kUSD", amount / 1e3)
                : String.format(Locale.ROOT, "%.1f MUSD", amount / 1e6);
    }
}
