package io.ampacity.units;

/** Electrical power in watts. */
public record Power(double watts) implements Quantity<Power> {

    /**
     * Reads text in any unit of {@link Dimension#POWER}.
     *
     * @throws UnitException when the text is no such quantity
     */
    public static Power parse(String text) {
        return new Power(Dimension.POWER.parse(text));
    }

    @Override
    public double amount() {
        return watts;
    }

    @Override
    public Dimension dimension() {
        return Dimension.POWER;
    }

    @Override
    public Power withAmount(double amount) {
        return new Power(amount);
    }

    @Override
    public String toString() {
        return print();
    }
}
