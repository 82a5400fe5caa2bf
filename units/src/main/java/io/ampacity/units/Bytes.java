package io.ampacity.units;

/** An amount of data in bytes. */
public record Bytes(double bytes) implements Quantity<Bytes> {

    /**
     * Reads text in any unit of {@link Dimension#BYTES}.
     *
     * @throws UnitException when the text is no such quantity
     */
    public static Bytes parse(String text) {
        return new Bytes(Dimension.BYTES.parse(text));
    }

    @Override
    public double amount() {
        return bytes;
    }

    @Override
    public Dimension dimension() {
        return Dimension.BYTES;
    }

    @Override
    public Bytes withAmount(double amount) {
        return new Bytes(amount);
    }

    @Override
    public String toString() {
        return print();
    }
}
