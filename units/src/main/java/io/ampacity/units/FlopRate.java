package io.ampacity.units;

/** Arithmetic per time in floating-point operations per second. */
public record FlopRate(double flopsPerSecond) implements Quantity<FlopRate> {

    /**
     * Reads text in any unit of {@link Dimension#FLOP_RATE}.
     *
     * @throws UnitException when the text is no such quantity
     */
    public static FlopRate parse(String text) {
        return new FlopRate(Dimension.FLOP_RATE.parse(text));
    }

    @Override
    public double amount() {
        return flopsPerSecond;
    }

    @Override
    public Dimension dimension() {
        return Dimension.FLOP_RATE;
    }

    @Override
    public FlopRate withAmount(double amount) {
        return new FlopRate(amount);
    }

    @Override
    public String toString() {
        return print();
    }
}
