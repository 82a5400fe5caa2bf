package io.ampacity.planner.coefficients;

/**
 * Numbers, or the reason why there are none.
 *
 * @param <T> the numbers
 */
public sealed interface Estimate<T> {

    /** It can be done, with these numbers. */
    record Possible<T>(T value) implements Estimate<T> {}

    /**
     * It cannot be done.
     *
     * @param reason in words that complete "this workload cannot run there: …"
     */
    record Impossible<T>(String reason) implements Estimate<T> {}

    static <T> Estimate<T> of(T value) {
        return new Possible<>(value);
    }

    static <T> Estimate<T> impossible(String reason) {
        return new Impossible<>(reason);
    }
}
