package io.ampacity.simulator.failure;

/** What a failure does. */
public sealed interface Effect {

    /** Dead: what is in flight is lost, connections are refused, no power is taken. */
    record Down() implements Effect {}

    /**
     * Brown-out: alive, but every step takes longer.
     *
     * @param factor how many times as long, at least 1
     */
    record Slow(double factor) implements Effect {}

    /**
     * Throttled: some requests are refused for want of quota.
     *
     * @param share part of the requests that is still taken, 0 to 1
     */
    record Throttled(double share) implements Effect {}
}
