package io.ampacity.units;

/** Energy in joules. */
public record Energy(double joules) implements Quantity<Energy> {

    /**
     * Reads text in any unit of {@link Dimension#ENERGY}.
     *
     * @throws UnitException when the text is no such quantity
     */
    public static Energy parse(String text) {
        return new Energy(Dimension.ENERGY.parse(text));
    }

    @Override
    public double amount() {
        return joules;
    }

    @Override
    public Dimension dimension() {
        return Dimension.ENERGY;
    }

    @Override
    public Energy withAmount(double amount) {
        return new Energy(amount);
    }

    @Override
    public String toString() {
        return print();
    }
}
