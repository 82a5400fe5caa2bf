package io.ampacity.physics;

import java.util.Random;

/** Random numbers that a failed test can repeat: the seed is printed and read back from {@code -Dtests.seed}. */
public final class Seed {

    private Seed() {}

    public static Random random(String test) {
        String given = System.getProperty("tests.seed", "");
        long seed = given.isBlank() ? System.nanoTime() : Long.parseLong(given);
        System.out.println(test + ": -Dtests.seed=" + seed);
        return new Random(seed);
    }
}
