package io.ampacity.simulator.replica;

/** What a replica tells its surroundings. */
public interface ReplicaEvents {

    /** The step that produced a request's first token ended. */
    void firstToken(int slot, double stepEndSeconds);

    /** The step that produced a request's last token ended; the slot is no longer the replica's. */
    void finished(int slot, double stepEndSeconds);

    /**
     * {@code steps} steps ended in a row, with each of which {@code sequences} requests that had a message before got their
     * next one: a token, or those that were accepted together.
     *
     * @param firstSeconds length of the first of these steps
     * @param growthSeconds by how much each step was longer than the one before
     */
    void stepped(double firstSeconds, double growthSeconds, long steps, int sequences);

    /** A request got its next message after so long, apart from the others: the first since it began or was preempted, or its last. */
    void resumed(double gapSeconds);

    /** The replica took so much energy over an interval, evenly. */
    void energy(Replica replica, double fromSeconds, double toSeconds, double joules);

    /** The replica failed with the request on it, {@code generatedTokens} of whose tokens are thrown away. */
    void lost(int slot, long generatedTokens);

    /**
     * A request that was to be cancelled has left the replica, {@code generatedTokens} of whose tokens are thrown away.
     * Only those who cancel requests hear of it.
     */
    default void cancelled(int slot, long generatedTokens, double atSeconds) {
        throw new IllegalStateException("a request was cancelled, and nobody asked for it");
    }

    /** A request's room is ready, and what it needs is brought to it until a moment; then it is {@link Replica#loaded}. */
    default void loading(int slot, double untilSeconds) {
        throw new IllegalStateException("a replica without tiers loads");
    }

    /** A request that was handed over has its room, and wants its KV cache fetched. */
    default void fetch(int slot) {
        throw new IllegalStateException("nobody knows from where to fetch");
    }

    /**
     * A prompt was computed, and its first token sent; another replica shall go on. The blocks are kept until
     * {@link Replica#sent}.
     */
    default void handOver(int slot, long blocks, double now) {
        throw new IllegalStateException("there is nobody to hand over to");
    }
}
