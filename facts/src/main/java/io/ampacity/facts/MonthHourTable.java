package io.ampacity.facts;

import java.util.Arrays;

/** One value for each month and UTC hour of the day: 12 × 24 means of a year's hourly series. Immutable. */
public final class MonthHourTable {

    private static final int HOURS = 24;
    private static final int MONTHS = 12;

    private final double[] values;

    private MonthHourTable(double[] values) {
        this.values = values;
    }

    /**
     * A table of 288 values, January hour 0 first.
     *
     * @throws IllegalArgumentException when there are not 288 finite values
     */
    public static MonthHourTable of(double... values) {
        if (values.length != MONTHS * HOURS || !Arrays.stream(values).allMatch(Double::isFinite)) {
            throw new IllegalArgumentException(
                    "a month-hour table holds 288 finite values, not " + values.length + " or not finite");
        }
        return new MonthHourTable(values.clone());
    }

    /** The value of a month (1 to 12) and hour (0 to 23, UTC). */
    public double at(int month, int hour) {
        return values[(month - 1) * HOURS + hour];
    }

    /** The plain mean over months and hours. */
    public double mean() {
        return Arrays.stream(values).average().orElseThrow();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof MonthHourTable table && Arrays.equals(values, table.values);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(values);
    }
}
