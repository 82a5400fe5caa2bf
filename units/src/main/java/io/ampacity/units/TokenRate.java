package io.ampacity.units;

/** Tokens per second. */
public record TokenRate(double tokensPerSecond) implements Quantity<TokenRate> {

    /**
     * Reads text in any unit of {@link Dimension#TOKEN_RATE}.
     *
     * @throws UnitException when the text is no such quantity
     */
    public static TokenRate parse(String text) {
        return new TokenRate(Dimension.TOKEN_RATE.parse(text));
    }

    @Override
    public double amount() {
        return tokensPerSecond;
    }

    @Override
    public Dimension dimension() {
        return Dimension.TOKEN_RATE;
    }

    @Override
    public TokenRate withAmount(double amount) {
        return new TokenRate(amount);
    }

    @Override
    public String toString() {
        return print();
    }
}
