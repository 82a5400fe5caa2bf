package io.ampacity.units;

/** An amount of money in US dollars. */
public record Money(double usd) implements Quantity<Money> {

    /**
     * Reads text in any unit of {@link Dimension#MONEY}.
     *
     * @throws UnitException when the text is no such quantity
     */
    public static Money parse(String text) {
        return new Money(Dimension.MONEY.parse(text));
    }

    @Override
    public double amount() {
        return usd;
    }

    @Override
    public Dimension dimension() {
        return Dimension.MONEY;
    }

    @Override
    public Money withAmount(double amount) {
        return new Money(amount);
    }

    @Override
    public String toString() {
        return print();
    }
}
