package io.ampacity.planner;

import java.util.Random;
import java.util.function.Consumer;

/** Runs a check on many random cases; a failure names the seed that shows it again with {@code -Dtests.seed=}. */
public final class Seeds {

    private Seeds() {}

    /** Runs the check on {@code cases} seeds from {@code first} on, or only on the seed of {@code tests.seed}. */
    public static void each(long first, int cases, Consumer<Random> check) {
        String chosen = System.getProperty("tests.seed", "");
        if (!chosen.isBlank()) {
            check.accept(new Random(Long.parseLong(chosen)));
            return;
        }
        for (long seed = first; seed < first + cases; seed++) {
            try {
                check.accept(new Random(seed));
            } catch (AssertionError | RuntimeException failure) {
                throw new AssertionError("with -Dtests.seed=" + seed + ": " + failure.getMessage(), failure);
            }
        }
    }
}
