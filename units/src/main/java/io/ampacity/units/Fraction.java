package io.ampacity.units;

/** A share of a whole; 1 is all of it. */
public record Fraction(double value) implements Quantity<Fraction> {

    /**
     * Reads text in any unit of {@link Dimension#FRACTION}.
     *
     * @throws UnitException when the text is no such quantity
     */
    public static Fraction parse(String text) {
        return new Fraction(Dimension.FRACTION.parse(text));
    }

    @Override
    public double amount() {
        return value;
    }

    @Override
    public Dimension dimension() {
        return Dimension.FRACTION;
    }

    @Override
    public Fraction withAmount(double amount) {
        return new Fraction(amount);
    }

    @Override
    public String toString() {
        return print();
    }
}
