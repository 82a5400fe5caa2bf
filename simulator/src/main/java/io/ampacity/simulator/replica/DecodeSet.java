package io.ampacity.simulator.replica;

import io.ampacity.simulator.engine.RequestSlab;
import java.util.Arrays;

/**
 * The requests of a replica that decode. They advance in lock-step, one token a step, so nothing is kept for each that
 * changes with a step: a counter of steps, and for each request the counter's value at which it ends.
 *
 * <p>A request with c cached tokens takes a new KV block when c is a multiple of the block size. c − steps does not
 * change, so requests are counted by it modulo the block size: that table of counts says how many blocks each coming step
 * takes, and k steps take (k / block size) · size and a part of the table.
 */
final class DecodeSet {

    private final RequestSlab slab;
    private final FinishHeap finishing;
    private final int blockSize;
    private final int[] byResidue;
    private long steps;
    private long contextTokens;

    DecodeSet(RequestSlab slab, int blockSize) {
        this.slab = slab;
        this.blockSize = blockSize;
        finishing = new FinishHeap(slab);
        byResidue = new int[blockSize];
    }

    int size() {
        return finishing.size();
    }

    /** Tokens whose keys and values the next step reads. */
    long contextTokens() {
        return contextTokens;
    }

    /** A request with {@code cached} tokens in the KV cache still needs {@code remaining} ones, at least 1. */
    void add(int slot, int cached, int remaining) {
        finishing.add(steps + remaining, slot);
        contextTokens += cached;
        byResidue[residue(cached)]++;
    }

    boolean has(int slot) {
        return slab.heapPosition[slot] != RequestSlab.NONE;
    }

    /** Tokens a request still needs. */
    long remaining(int slot) {
        return finishing.stepOf(slot) - steps;
    }

    /** Takes a request out; returns how many tokens it has cached. */
    int remove(int slot) {
        int cached = (int) (slab.promptTokens[slot] + slab.outputTokens[slot] - remaining(slot) - 1);
        contextTokens -= cached;
        byResidue[residue(cached)]--;
        finishing.remove(slot);
        slab.heapPosition[slot] = RequestSlab.NONE;
        return cached;
    }

    /** A request that has all its tokens; {@link RequestSlab#NONE} when there is none. */
    int finished() {
        return finishing.size() > 0 && finishing.firstStep() == steps ? finishing.first() : RequestSlab.NONE;
    }

    /** Moves all of them {@code j} steps on. */
    void advance(long j) {
        steps += j;
        contextTokens += j * finishing.size();
    }

    /** Steps until the first one ends. */
    long untilFirstEnds() {
        return finishing.firstStep() - steps;
    }

    /** KV blocks that the coming step takes. */
    int blocksOfNextStep() {
        return byResidue[residueTaking(0)];
    }

    /** Whether a request takes a KV block in the coming step. */
    boolean takesBlock(int slot) {
        return residue(slab.promptTokens[slot] + slab.outputTokens[slot] - remaining(slot) - 1) == residueTaking(0);
    }

    /** KV blocks that steps {@code from} to {@code until} - 1 ahead take. */
    long blocksTaken(long from, long until) {
        long count = until - from;
        long taken = count / blockSize * finishing.size();
        int rest = (int) (count % blockSize);
        int residue = residueTaking(until - rest);
        for (int i = 0; i < rest; i++) {
            taken += byResidue[residue];
            residue = residue == 0 ? blockSize - 1 : residue - 1;
        }
        return taken;
    }

    /** Steps until a request ends or the KV blocks run out, the coming one's blocks being taken. */
    long longestRun(long availableBlocks) {
        long untilFinish = untilFirstEnds();
        boolean plenty = (untilFinish / blockSize + 1) * finishing.size() <= availableBlocks;
        return plenty ? untilFinish : Math.min(untilFinish, 1 + stepsWithRoom(availableBlocks));
    }

    /** How many steps after the coming one still find their blocks. */
    private long stepsWithRoom(long availableBlocks) {
        long cycles = availableBlocks / finishing.size();
        long left = availableBlocks - cycles * finishing.size();
        long ahead = 1;
        while (byResidue[residueTaking(ahead)] <= left && ahead <= blockSize) {
            left -= byResidue[residueTaking(ahead)];
            ahead++;
        }
        return cycles * blockSize + ahead - 1;
    }

    void clear() {
        contextTokens = 0;
        Arrays.fill(byResidue, 0);
        finishing.clear();
    }

    private int residue(long cached) {
        return (int) Math.floorMod(cached - steps, (long) blockSize);
    }

    /** The residue of requests that take a block in the step {@code ahead} steps from now. */
    private int residueTaking(long ahead) {
        return (int) Math.floorMod(-(steps + ahead), (long) blockSize);
    }
}
