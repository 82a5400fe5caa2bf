package io.ampacity.units;

/** Money per data moved in US dollars per 10^9 bytes. */
public record DataPrice(double usdPerGigabyte) implements Quantity<DataPrice> {

    /**
     * Reads text in any unit of {@link Dimension#DATA_PRICE}.
     *
     * @throws UnitException when the text is no such quantity
     */
    public static DataPrice parse(String text) {
        return new DataPrice(Dimension.DATA_PRICE.parse(text));
    }

    @Override
    public double amount() {
        return usdPerGigabyte;
    }

    @Override
    public Dimension dimension() {
        return Dimension.DATA_PRICE;
    }

    @Override
    public DataPrice withAmount(double amount) {
        return new DataPrice(amount);
    }

    @Override
    public String toString() {
        return print();
    }
}
