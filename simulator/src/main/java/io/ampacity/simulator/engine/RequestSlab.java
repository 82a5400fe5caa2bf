package io.ampacity.simulator.engine;

import java.util.Arrays;

/**
 * All requests in flight, one slot each, as columns of primitives; slots are used again, so that memory follows the
 * requests in flight and not the length of the trace. Columns are public because the engine is one machine spread over a
 * few classes; nobody else holds a slab.
 */
public final class RequestSlab {

    /** End of a list of slots. */
    public static final int NONE = -1;

    private static final long[] NO_BLOCKS = {};

    /** Number of the request in its shard, in order of arrival. */
    public long[] id = new long[256];

    /** Number of the request in its source. */
    public long[] number = new long[256];
    /** What it has in common with requests that share its prefix; 0 when nothing is known. */
    public long[] affinity = new long[256];

    public double[] arrivalSeconds = new double[256];
    /** When the present attempt was sent. */
    public double[] sentSeconds = new double[256];
    /** When the first token reached the client; NaN before. */
    public double[] firstTokenSeconds = new double[256];
    /** When the present attempt was first planned into a step; again when it was preempted before its first token. */
    public double[] admittedSeconds = new double[256];
    /** Time of the present attempt between a preemption and the token that followed it, in all. */
    public double[] stalledSeconds = new double[256];
    /** Time of the present attempt in which its KV cache was under way between replicas and nothing else happened. */
    public double[] transferSeconds = new double[256];
    /** When its last token before a preemption, or before it began to decode, left the step. */
    public double[] lastTokenSeconds = new double[256];

    public int[] promptTokens = new int[256];
    public int[] outputTokens = new int[256];
    /** Tokens generated, up to date only while the request is not in the decode set. */
    public int[] generated = new int[256];
    /** Tokens whose keys and values are cached, up to date only during prefill. */
    public int[] computed = new int[256];
    /** Tokens to be cached when prefill ends. */
    public int[] prefillTarget = new int[256];

    /** Its priority class's urgency: the lower, the sooner. */
    public int[] priority = new int[256];
    /** The lower, the sooner a replica takes it; only where its scheduler ranks. */
    public double[] rank = new double[256];
    /** When what is brought to it is there; NaN while nothing is. */
    public double[] loadedSeconds = new double[256];
    /** Whether its prompt was computed elsewhere and is to be fetched. */
    public boolean[] handedOver = new boolean[256];
    /** Number in the pool of the replica it is fetched from, and which life of that; {@link #NONE} when there is none. */
    public int[] source = new int[256];

    public int[] sourceEpoch = new int[256];
    /** KV blocks that its source keeps for it. */
    public long[] sourceBlocks = new long[256];
    /** Number of its priority class. */
    public int[] urgency = new int[256];
    /** The other try of the same request; {@link #NONE} when there is one alone. */
    public int[] twin = new int[256];
    /** Whether it is a second try. */
    public boolean[] hedge = new boolean[256];
    /** Whether a replica has ever begun it. */
    public boolean[] begun = new boolean[256];
    /** Whether its answer goes on from the tokens it has, having been moved from a replica that went away. */
    public boolean[] resumed = new boolean[256];
    /** The pool that gave the first token. */
    public int[] firstPool = new int[256];
    /** Why it was recalled. */
    public int[] recalled = new int[256];
    /** Where it stands on its way. */
    public int[] stage = new int[256];
    /** How often the slot was given to a new request or attempt, so that an old timer is known for one. */
    public int[] version = new int[256];

    public int[] workload = new int[256];
    public int[] attempts = new int[256];
    public int[] pool = new int[256];
    public int[] replica = new int[256];
    /** Which life of its replica the request was sent to. */
    public int[] epoch = new int[256];
    /** The pool that failed the request last, {@link #NONE} at first. */
    public int[] failedPool = new int[256];
    /** What the request adds to its replica's load. */
    public long[] load = new long[256];

    /** Neighbours in the replica's list of running requests, oldest first. {@code next} also links free slots. */
    public int[] next = new int[256];

    public int[] previous = new int[256];
    /** Where the request stands in the replica's heap of finish steps. */
    public int[] heapPosition = new int[256];

    /** Names of the prompt's full leading blocks. */
    public long[][] prefix = new long[256][];

    public int[] prefixBlocks = new int[256];
    /** How many of them the request holds in its replica's prefix cache. */
    public int[] prefixHeld = new int[256];

    private int firstFree = NONE;
    private int used;
    private int inUse;

    /** Slots in use. */
    public int inUse() {
        return inUse;
    }

    /** A free slot. */
    public int take() {
        inUse++;
        if (firstFree != NONE) {
            int slot = firstFree;
            firstFree = next[slot];
            return slot;
        }
        if (used == id.length) {
            grow();
        }
        prefix[used] = NO_BLOCKS;
        return used++;
    }

    /** Gives a slot back. */
    public void release(int slot) {
        inUse--;
        version[slot]++;
        next[slot] = firstFree;
        firstFree = slot;
    }

    /** Room for {@code count} names of blocks in a slot. */
    public long[] prefixRoom(int slot, int count) {
        if (prefix[slot].length < count) {
            prefix[slot] = new long[Math.max(count, prefix[slot].length * 2)];
        }
        return prefix[slot];
    }

    /** Makes a slot speak of the same request as another. */
    public void copy(int from, int to) {
        number[to] = number[from];
        affinity[to] = affinity[from];
        arrivalSeconds[to] = arrivalSeconds[from];
        firstTokenSeconds[to] = firstTokenSeconds[from];
        promptTokens[to] = promptTokens[from];
        outputTokens[to] = outputTokens[from];
        priority[to] = priority[from];
        urgency[to] = urgency[from];
        workload[to] = workload[from];
        attempts[to] = attempts[from];
        computed[to] = 0;
        int blocks = prefixBlocks[from];
        prefixBlocks[to] = blocks;
        if (blocks > 0) {
            System.arraycopy(prefix[from], 0, prefixRoom(to, blocks), 0, blocks);
        }
    }

    private void grow() {
        int size = id.length * 2;
        id = Arrays.copyOf(id, size);
        number = Arrays.copyOf(number, size);
        affinity = Arrays.copyOf(affinity, size);
        arrivalSeconds = Arrays.copyOf(arrivalSeconds, size);
        sentSeconds = Arrays.copyOf(sentSeconds, size);
        firstTokenSeconds = Arrays.copyOf(firstTokenSeconds, size);
        admittedSeconds = Arrays.copyOf(admittedSeconds, size);
        stalledSeconds = Arrays.copyOf(stalledSeconds, size);
        transferSeconds = Arrays.copyOf(transferSeconds, size);
        lastTokenSeconds = Arrays.copyOf(lastTokenSeconds, size);
        promptTokens = Arrays.copyOf(promptTokens, size);
        outputTokens = Arrays.copyOf(outputTokens, size);
        generated = Arrays.copyOf(generated, size);
        computed = Arrays.copyOf(computed, size);
        prefillTarget = Arrays.copyOf(prefillTarget, size);
        priority = Arrays.copyOf(priority, size);
        rank = Arrays.copyOf(rank, size);
        loadedSeconds = Arrays.copyOf(loadedSeconds, size);
        handedOver = Arrays.copyOf(handedOver, size);
        source = Arrays.copyOf(source, size);
        sourceEpoch = Arrays.copyOf(sourceEpoch, size);
        sourceBlocks = Arrays.copyOf(sourceBlocks, size);
        urgency = Arrays.copyOf(urgency, size);
        twin = Arrays.copyOf(twin, size);
        hedge = Arrays.copyOf(hedge, size);
        begun = Arrays.copyOf(begun, size);
        resumed = Arrays.copyOf(resumed, size);
        firstPool = Arrays.copyOf(firstPool, size);
        recalled = Arrays.copyOf(recalled, size);
        stage = Arrays.copyOf(stage, size);
        version = Arrays.copyOf(version, size);
        workload = Arrays.copyOf(workload, size);
        attempts = Arrays.copyOf(attempts, size);
        pool = Arrays.copyOf(pool, size);
        replica = Arrays.copyOf(replica, size);
        epoch = Arrays.copyOf(epoch, size);
        failedPool = Arrays.copyOf(failedPool, size);
        load = Arrays.copyOf(load, size);
        next = Arrays.copyOf(next, size);
        previous = Arrays.copyOf(previous, size);
        heapPosition = Arrays.copyOf(heapPosition, size);
        prefix = Arrays.copyOf(prefix, size);
        prefixBlocks = Arrays.copyOf(prefixBlocks, size);
        prefixHeld = Arrays.copyOf(prefixHeld, size);
    }
}
