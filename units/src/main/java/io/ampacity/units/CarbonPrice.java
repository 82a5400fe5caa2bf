package io.ampacity.units;

/** Money per greenhouse gas in US dollars per tonne of CO2 equivalent. */
public record CarbonPrice(double usdPerTonne) implements Quantity<CarbonPrice> {

    /**
     * Reads text in any unit of {@link Dimension#CARBON_PRICE}.
     *
     * @throws UnitException when the text is no such quantity
     */
    public static CarbonPrice parse(String text) {
        return new CarbonPrice(Dimension.CARBON_PRICE.parse(text));
    }

    @Override
    public double amount() {
        return usdPerTonne;
    }

    @Override
    public Dimension dimension() {
        return Dimension.CARBON_PRICE;
    }

    @Override
    public CarbonPrice withAmount(double amount) {
        return new CarbonPrice(amount);
    }

    @Override
    public String toString() {
        return print();
    }
}
