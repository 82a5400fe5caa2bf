package io.ampacity.cli;

/** Limits of numbers on the command line. */
final class Numbers {

    private Numbers() {}

    static int atLeastOne(String option, int value) {
        if (value < 1) {
            throw new BadInput(option + " is " + value + ", which is below 1", "leave it away or write 1");
        }
        return value;
    }

    static double positive(String option, double value) {
        if (!(value > 0) || Double.isInfinite(value)) {
            throw new BadInput(option + " is " + value + ", which is no number above 0", "write one such as 1");
        }
        return value;
    }
}
