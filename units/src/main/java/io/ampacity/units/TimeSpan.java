package io.ampacity.units;

/** A span of time in seconds. A year is 365.25 days, a month a twelfth of it. */
public record TimeSpan(double seconds) implements Quantity<TimeSpan> {

    /**
     * Reads text in any unit of {@link Dimension#TIME}.
     *
     * @throws UnitException when the text is no such quantity
     */
    public static TimeSpan parse(String text) {
        return new TimeSpan(Dimension.TIME.parse(text));
    }

    @Override
    public double amount() {
        return seconds;
    }

    @Override
    public Dimension dimension() {
        return Dimension.TIME;
    }

    @Override
    public TimeSpan withAmount(double amount) {
        return new TimeSpan(amount);
    }

    @Override
    public String toString() {
        return print();
    }
}
