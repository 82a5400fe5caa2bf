package io.ampacity.simulator.report;

/** What a completed request spent a part of its time on. The parts of a request add up to its end-to-end time. */
public enum Part {
    /** From arrival until the attempt that succeeded was sent: attempts that failed or were too slow, and the waits between. */
    FAILED_ATTEMPTS(0),
    /** On the network between client and pool, both ways. */
    NETWORK(1),
    /** In the engine's front end: tokenising the prompt, detokenising the last token. */
    OVERHEAD(2),
    /** Waiting for a place in a batch. */
    QUEUE(3),
    /** From the step that first took the prompt in until the first token. */
    PREFILL(4),
    /** While its KV cache moved between replicas and nothing else happened. */
    TRANSFER(5),
    /** From the first token to the last, but for {@link #TRANSFER} and {@link #PREEMPTED}. */
    DECODE(6),
    /** Put back into the queue after its first token, until its next one. */
    PREEMPTED(7);

    /** How many there are. */
    public static final int COUNT = values().length;

    private final int index;

    Part(int index) {
        this.index = index;
    }

    /** Its place in an array of all parts. */
    public int index() {
        return index;
    }
}
