package io.ampacity.units;

/** Water in litres. */
public record Water(double litres) implements Quantity<Water> {

    /**
     * Reads text in any unit of {@link Dimension#WATER}.
     *
     * @throws UnitException when the text is no such quantity
     */
    public static Water parse(String text) {
        return new Water(Dimension.WATER.parse(text));
    }

    @Override
    public double amount() {
        return litres;
    }

    @Override
    public Dimension dimension() {
        return Dimension.WATER;
    }

    @Override
    public Water withAmount(double amount) {
        return new Water(amount);
    }

    @Override
    public String toString() {
        return print();
    }
}
