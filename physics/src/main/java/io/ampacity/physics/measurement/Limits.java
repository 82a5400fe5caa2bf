package io.ampacity.physics.measurement;

/** Bounds of what can have been measured; beyond them a number is a mistake, or an attack on whoever computes with it. */
final class Limits {

    /** More seconds, watts or tokens a second than any measurement of one replica. */
    private static final double MOST = 1e9;

    private static final int MOST_COUNTED = 10_000_000;

    private Limits() {}

    static double positive(double value, String place, String field) {
        if (!(value > 0 && value <= MOST)) {
            throw new MeasurementException(
                    place + ": " + field + " is " + value + ", not positive and below " + MOST,
                    "leave it empty when it was not measured");
        }
        return value;
    }

    /** A count of things; fractions, as means have them, are rounded. */
    static int count(double value, String place, String field) {
        if (!(value >= 0 && value <= MOST_COUNTED)) {
            throw new MeasurementException(
                    place + ": " + field + " is " + value + ", outside 0 to " + MOST_COUNTED, "remove the row");
        }
        return (int) Math.round(value);
    }

    static int atLeastOne(double value, String place, String field) {
        int count = count(value, place, field);
        if (count < 1) {
            throw new MeasurementException(place + ": " + field + " is " + value + ", below 1", "remove the row");
        }
        return count;
    }
}
