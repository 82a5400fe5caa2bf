package io.ampacity.testing;

import java.util.Random;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import java.util.stream.LongStream;

/**
 * The seeds of random tests: fixed ones, so that a failure shows itself again, or the one given by {@code -Dtests.seed=}
 * to try other cases.
 */
public final class Seeds {

    private static final String GIVEN = System.getProperty("tests.seed", "").strip();

    /** The seed of a test that takes one. */
    public static final long SEED = GIVEN.isEmpty() ? 20_261_122L : Long.parseLong(GIVEN);

    private Seeds() {}

    /** Whether a seed is given, so that tests that try many try only this one. */
    public static boolean given() {
        return !GIVEN.isEmpty();
    }

    /** Random numbers from {@link #SEED}. */
    public static SplittableRandom random() {
        return new SplittableRandom(SEED);
    }

    /** What a failure says of its seed. */
    public static String told() {
        return told(SEED);
    }

    private static String told(long seed) {
        return "seed " + seed + " (again with -Dtests.seed=" + seed + ")";
    }

    /** The seeds from 1 to {@code count}, or the given one alone: the source of a parameterised test. */
    public static LongStream upTo(int count) {
        return many(1, count);
    }

    /** Runs the check on {@code cases} seeds from {@code first} on, or on the given one alone; a failure names its seed. */
    public static void each(long first, int cases, Consumer<Random> check) {
        many(first, cases).forEach(seed -> {
            try {
                check.accept(new Random(seed));
            } catch (AssertionError | RuntimeException failure) {
                throw new AssertionError(told(seed) + ": " + failure.getMessage(), failure);
            }
        });
    }

    private static LongStream many(long first, int count) {
        return given() ? LongStream.of(SEED) : LongStream.range(first, first + count);
    }
}
