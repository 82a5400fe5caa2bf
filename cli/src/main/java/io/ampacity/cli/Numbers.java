package io.ampacity.cli;

import org.jspecify.annotations.Nullable;

/** Limits of numbers on the command line. */
final class Numbers {

    private Numbers() {}

    static int atLeastOne(String option, int value) {
        if (value < 1) {
            throw new BadInput(option + " is " + value + ", which is below 1", "leave it away or write 1");
        }
        return value;
    }

    /** Refuses a value below 1 of an option that need not be given. */
    static void checkAtLeastOne(String option, @Nullable Number value) {
        if (value != null && value.longValue() < 1) {
            throw new BadInput(option + " is " + value + ", which is below 1", "leave it away or write 1");
        }
    }

    static double positive(String option, double value) {
        if (!(value > 0) || Double.isInfinite(value)) {
            throw new BadInput(option + " is " + value + ", which is no number above 0", "write one such as 1");
        }
        return value;
    }
}
