package io.ampacity.traces;

import java.util.SplittableRandom;

/** The seed of random tests: {@code -Dtests.seed=} when set, else a fixed one; printed on failure by the caller. */
public final class Seeds {

    public static final long SEED = read();

    private Seeds() {}

    private static long read() {
        String text = System.getProperty("tests.seed", "");
        return text.isEmpty() ? 20_261_122L : Long.parseLong(text);
    }

    public static SplittableRandom random() {
        return new SplittableRandom(SEED);
    }

    public static String told() {
        return "seed " + SEED + " (re-run with -Dtests.seed=" + SEED + ")";
    }
}
