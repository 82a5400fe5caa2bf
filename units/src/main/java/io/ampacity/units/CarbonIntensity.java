package io.ampacity.units;

/** Greenhouse gas per energy in grams of CO2 equivalent per kilowatt-hour. */
public record CarbonIntensity(double gramsPerKilowattHour) implements Quantity<CarbonIntensity> {

    /**
     * Reads text in any unit of {@link Dimension#CARBON_INTENSITY}.
     *
     * @throws UnitException when the text is no such quantity
     */
    public static CarbonIntensity parse(String text) {
        return new CarbonIntensity(Dimension.CARBON_INTENSITY.parse(text));
    }

    @Override
    public double amount() {
        return gramsPerKilowattHour;
    }

    @Override
    public Dimension dimension() {
        return Dimension.CARBON_INTENSITY;
    }

    @Override
    public CarbonIntensity withAmount(double amount) {
        return new CarbonIntensity(amount);
    }

    @Override
    public String toString() {
        return print();
    }
}
