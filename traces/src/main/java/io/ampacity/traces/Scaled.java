package io.ampacity.traces;

/** A trace replayed faster or slower: arrivals come {@code speed} times as fast, requests stay as they are. */
public final class Scaled extends DelegatingSource {

    private final double speed;

    /** @param speed above 0 and finite; 2 doubles the rate */
    public Scaled(RequestSource source, double speed) {
        super(source);
        if (!(speed > 0) || Double.isInfinite(speed)) {
            throw new IllegalArgumentException(
                    "the speed of a trace is " + speed + "; it must be above 0. Maybe use 1 for as recorded");
        }
        this.speed = speed;
    }

    @Override
    public double arrivalSeconds() {
        return source.arrivalSeconds() / speed;
    }
}
