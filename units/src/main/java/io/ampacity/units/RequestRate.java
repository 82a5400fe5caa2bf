package io.ampacity.units;

/** Requests per second. */
public record RequestRate(double requestsPerSecond) implements Quantity<RequestRate> {

    /**
     * Reads text in any unit of {@link Dimension#REQUEST_RATE}.
     *
     * @throws UnitException when the text is no such quantity
     */
    public static RequestRate parse(String text) {
        return new RequestRate(Dimension.REQUEST_RATE.parse(text));
    }

    @Override
    public double amount() {
        return requestsPerSecond;
    }

    @Override
    public Dimension dimension() {
        return Dimension.REQUEST_RATE;
    }

    @Override
    public RequestRate withAmount(double amount) {
        return new RequestRate(amount);
    }

    @Override
    public String toString() {
        return print();
    }
}
