package io.ampacity.units;

/** Data per time in bytes per second. */
public record ByteRate(double bytesPerSecond) implements Quantity<ByteRate> {

    /**
     * Reads text in any unit of {@link Dimension#BYTE_RATE}.
     *
     * @throws UnitException when the text is no such quantity
     */
    public static ByteRate parse(String text) {
        return new ByteRate(Dimension.BYTE_RATE.parse(text));
    }

    @Override
    public double amount() {
        return bytesPerSecond;
    }

    @Override
    public Dimension dimension() {
        return Dimension.BYTE_RATE;
    }

    @Override
    public ByteRate withAmount(double amount) {
        return new ByteRate(amount);
    }

    @Override
    public String toString() {
        return print();
    }
}
