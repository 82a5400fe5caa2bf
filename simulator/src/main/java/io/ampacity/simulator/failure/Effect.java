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
     * @param retryAfterSeconds for how long a refusal (429) asks to be left alone; 0 when it does not say
     */
    record Throttled(double share, double retryAfterSeconds) implements Effect {
        public Throttled(double share) {
            this(share, 0);
        }
    }

    /**
     * Cut off: alive and warm, but nobody gets through. What is in flight is lost to its client; when the link is back,
     * service is at once.
     */
    record Unreachable() implements Effect {}

    /**
     * Taken back, as spot capacity is: after a notice in which it gets nothing new and what waits there is moved, it is gone, is
     * not paid for, and what it still computes goes on elsewhere.
     *
     * @param noticeSeconds from the notice until it is gone, at least 0
     */
    record Reclaimed(double noticeSeconds) implements Effect {}

    /** No new placements: running work goes on, but what has failed meanwhile starts again only afterwards. */
    record Frozen() implements Effect {}

    /**
     * Not delivered yet: the last replicas of each pool are missing, and not paid for.
     *
     * @param share part of the replicas that is late, above 0 to 1
     */
    record Late(double share) implements Effect {

        /** How many of a pool's replicas are late. */
        public int of(int replicas) {
            return (int) Math.ceil(share * replicas - 1e-9);
        }
    }
}
