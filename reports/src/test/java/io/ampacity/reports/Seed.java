package io.ampacity.reports;

/** The seed of a random test: the one asked for by {@code -Dtests.seed=}, else a new one. */
public final class Seed {

    private Seed() {}

    public static long value() {
        String asked = System.getProperty("tests.seed", "");
        return asked.isBlank() ? System.nanoTime() : Long.parseLong(asked.strip());
    }
}
