package io.ampacity.simulator;

import java.util.stream.LongStream;

/** Seeds of random tests: a fixed run of them, or the one given as system property {@code tests.seed}. */
public final class Seeds {

    private Seeds() {}

    public static LongStream seeds(int count) {
        String given = System.getProperty("tests.seed", "");
        return given.isBlank() ? LongStream.range(1, count + 1L) : LongStream.of(Long.parseLong(given));
    }
}
