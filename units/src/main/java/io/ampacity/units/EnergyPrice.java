package io.ampacity.units;

/** Money per energy in US dollars per kilowatt-hour. */
public record EnergyPrice(double usdPerKilowattHour) implements Quantity<EnergyPrice> {

    /**
     * Reads text in any unit of {@link Dimension#ENERGY_PRICE}.
     *
     * @throws UnitException when the text is no such quantity
     */
    public static EnergyPrice parse(String text) {
        return new EnergyPrice(Dimension.ENERGY_PRICE.parse(text));
    }

    @Override
    public double amount() {
        return usdPerKilowattHour;
    }

    @Override
    public Dimension dimension() {
        return Dimension.ENERGY_PRICE;
    }

    @Override
    public EnergyPrice withAmount(double amount) {
        return new EnergyPrice(amount);
    }

    @Override
    public String toString() {
        return print();
    }
}
