package io.ampacity.units;

/** Water per energy in litres per kilowatt-hour (WUE). */
public record WaterIntensity(double litresPerKilowattHour) implements Quantity<WaterIntensity> {

    /**
     * Reads text in any unit of {@link Dimension#WATER_INTENSITY}.
     *
     * @throws UnitException when the text is no such quantity
     */
    public static WaterIntensity parse(String text) {
        return new WaterIntensity(Dimension.WATER_INTENSITY.parse(text));
    }

    @Override
    public double amount() {
        return litresPerKilowattHour;
    }

    @Override
    public Dimension dimension() {
        return Dimension.WATER_INTENSITY;
    }

    @Override
    public WaterIntensity withAmount(double amount) {
        return new WaterIntensity(amount);
    }

    @Override
    public String toString() {
        return print();
    }
}
