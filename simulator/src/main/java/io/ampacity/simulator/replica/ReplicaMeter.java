package io.ampacity.simulator.replica;

/** Counts what a replica does. */
public final class ReplicaMeter {

    private double busySeconds;
    private long preemptions;
    private long prefilledTokens;
    private long decodedTokens;
    private long cachedTokens;

    /** Seconds in which a step ran. */
    public double busySeconds() {
        return busySeconds;
    }

    public long preemptions() {
        return preemptions;
    }

    /** Prompt tokens computed, those computed again after a preemption included. */
    public long prefilledTokens() {
        return prefilledTokens;
    }

    /** Output tokens produced. */
    public long decodedTokens() {
        return decodedTokens;
    }

    /** Prompt tokens that did not need computing because their prefix was cached. */
    public long cachedTokens() {
        return cachedTokens;
    }

    void busy(double seconds) {
        busySeconds += seconds;
    }

    void preempted() {
        preemptions++;
    }

    void prefilled(long tokens) {
        prefilledTokens += tokens;
    }

    void decoded(long tokens) {
        decodedTokens += tokens;
    }

    void cached(long tokens) {
        cachedTokens += tokens;
    }
}
