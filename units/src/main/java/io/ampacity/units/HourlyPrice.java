package io.ampacity.units;

/** Money per time in US dollars per hour. */
public record HourlyPrice(double usdPerHour) implements Quantity<HourlyPrice> {

    /**
     * Reads text in any unit of {@link Dimension#HOURLY_PRICE}.
     *
     * @throws UnitException when the text is no such quantity
     */
    public static HourlyPrice parse(String text) {
        return new HourlyPrice(Dimension.HOURLY_PRICE.parse(text));
    }

    @Override
    public double amount() {
        return usdPerHour;
    }

    @Override
    public Dimension dimension() {
        return Dimension.HOURLY_PRICE;
    }

    @Override
    public HourlyPrice withAmount(double amount) {
        return new HourlyPrice(amount);
    }

    @Override
    public String toString() {
        return print();
    }
}
