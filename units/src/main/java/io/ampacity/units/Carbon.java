package io.ampacity.units;

/** Greenhouse gas in grams of CO2 equivalent. */
public record Carbon(double grams) implements Quantity<Carbon> {

    /**
     * Reads text in any unit of {@link Dimension#CARBON}.
     *
     * @throws UnitException when the text is no such quantity
     */
    public static Carbon parse(String text) {
        return new Carbon(Dimension.CARBON.parse(text));
    }

    @Override
    public double amount() {
        return grams;
    }

    @Override
    public Dimension dimension() {
        return Dimension.CARBON;
    }

    @Override
    public Carbon withAmount(double amount) {
        return new Carbon(amount);
    }

    @Override
    public String toString() {
        return print();
    }
}
