package io.ampacity.simulator.serving;

import java.util.Arrays;

/**
 * A figure that changes from hour to hour, such as the price or the carbon of electricity: one value an hour from time 0,
 * and again from the first when they are used up. Immutable.
 */
public final class HourlyFigure {

    private static final double SECONDS_PER_HOUR = 3600;

    private final double[] values;

    private HourlyFigure(double[] values) {
        this.values = values;
    }

    /** @throws IllegalArgumentException when there is no value, or one is not finite */
    public static HourlyFigure of(double... values) {
        if (values.length == 0 || !Arrays.stream(values).allMatch(Double::isFinite)) {
            throw new IllegalArgumentException("an hourly figure holds " + values.length
                    + " values; it must hold at least one, and each must be finite");
        }
        return new HourlyFigure(values.clone());
    }

    /** The value in the hour that holds a moment, in seconds from time 0. */
    public double at(double seconds) {
        return values[(int) ((long) (seconds / SECONDS_PER_HOUR) % values.length)];
    }

    /** The plain mean over its hours. */
    public double mean() {
        return Arrays.stream(values).average().orElseThrow();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof HourlyFigure figure && Arrays.equals(values, figure.values);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(values);
    }

    @Override
    public String toString() {
        return "hourly " + Arrays.toString(values);
    }
}
