package io.ampacity.simulator.replica;

import io.ampacity.simulator.engine.RequestSlab;
import org.jspecify.annotations.Nullable;

/**
 * The paged KV cache of a replica: how many blocks running requests hold, and which named prefixes are kept beside them.
 * Idle prefixes occupy blocks that nobody holds and give way, the longest idle first, as soon as those are wanted.
 */
final class KvCache {

    private final RequestSlab slab;
    private final String owner;
    private final int blockSize;
    private final long totalBlocks;
    private final PrefixCache prefixes = new PrefixCache();
    private final @Nullable KvTiers tiers;
    /** KV blocks in one named prefix block; 0 when nothing is shared. */
    private int nodeBlocks;
    /** Blocks that nobody holds; idle prefixes may still occupy some of them. */
    private long availableBlocks;

    private long peakBlocks;
    private long idleBlocksFound;

    KvCache(RequestSlab slab, String owner, int blockSize, long tokens, @Nullable KvTiers tiers) {
        this.tiers = tiers;
        this.slab = slab;
        this.owner = owner;
        this.blockSize = blockSize;
        totalBlocks = tokens / blockSize;
        availableBlocks = totalBlocks;
    }

    /** Tells how many tokens a named prefix block holds; nothing is shared unless that is a multiple of the KV block. */
    void prefixBlockTokens(int tokens) {
        nodeBlocks = tokens % blockSize == 0 ? tokens / blockSize : 0;
        if (tiers != null) {
            tiers.nodeTokens(nodeBlocks * blockSize);
        }
    }

    long blocks(long tokens) {
        return (tokens + blockSize - 1) / blockSize;
    }

    /** Whether so many tokens fit into an empty cache. */
    boolean fits(long tokens) {
        return blocks(tokens) <= totalBlocks;
    }

    long totalBlocks() {
        return totalBlocks;
    }

    long availableBlocks() {
        return availableBlocks;
    }

    long heldBlocks() {
        return totalBlocks - availableBlocks;
    }

    /** Share of the cache that is held when {@code more} blocks are, 0 to 1. */
    double useWith(double more) {
        return totalBlocks == 0 ? 0 : (heldBlocks() + more) / totalBlocks;
    }

    /** Most that was ever held at the start of a step, 0 to 1. */
    double peakUse() {
        return totalBlocks == 0 ? 0 : (double) peakBlocks / totalBlocks;
    }

    void notePeak() {
        peakBlocks = Math.max(peakBlocks, heldBlocks());
    }

    void take(long count) {
        availableBlocks -= count;
        if (availableBlocks < 0) {
            throw new IllegalStateException(owner + " holds " + heldBlocks() + " KV blocks of " + totalBlocks);
        }
        while (nodeBlocks > 0 && (long) prefixes.idle() * nodeBlocks > availableBlocks) {
            long name = prefixes.evictOldest();
            if (tiers != null) {
                tiers.offer(name);
            }
        }
    }

    void give(long count) {
        availableBlocks += count;
    }

    // ---- prefixes

    boolean hasIdlePrefixes() {
        return prefixes.idle() > 0;
    }

    /** How many leading named blocks of a prompt are cached, of which at least one token stays to be computed. */
    int cachedPrefix(int slot, int target) {
        if (nodeBlocks == 0 || slab.prefixBlocks[slot] == 0) {
            idleBlocksFound = 0;
            return 0;
        }
        // At least one token must be computed, or there would be nothing to sample from.
        int usable = Math.min(slab.prefixBlocks[slot], (target - 1) / (nodeBlocks * blockSize));
        int named = 0;
        long idle = 0;
        while (named < usable) {
            int node = prefixes.find(slab.prefix[slot][named]);
            if (node == PrefixCache.NONE) {
                break;
            }
            idle += prefixes.isIdle(node) ? nodeBlocks : 0;
            named++;
        }
        idleBlocksFound = idle;
        return named;
    }

    /** How many more named blocks, after so many on the chips, some tier behind them has. */
    int inTiers(int slot, int target, int named) {
        if (tiers == null || !shares(slot)) {
            return 0;
        }
        int usable = Math.min(slab.prefixBlocks[slot], (target - 1) / (nodeBlocks * blockSize));
        return tiers.inARow(slab.prefix[slot], named, usable);
    }

    /** Loads what {@link #inTiers} found; returns when it is there. */
    double load(double now, int slot, int named, int count) {
        if (tiers == null) {
            throw new IllegalStateException("there is no tier to load from");
        }
        return tiers.load(now, slab.prefix[slot], named, count);
    }

    /** Whether the prompt's blocks have names that this cache shares. */
    boolean shares(int slot) {
        return nodeBlocks > 0 && slab.prefixBlocks[slot] > 0;
    }

    /** Blocks of the prefixes found last that are nobody's, and so would be taken from those available. */
    long idleBlocksFound() {
        return idleBlocksFound;
    }

    long blocksOfPrefixes(int named) {
        return (long) named * nodeBlocks;
    }

    int tokensOfPrefixes(int named) {
        return named * nodeBlocks * blockSize;
    }

    /** A request holds the first {@code named} prefixes of its prompt, all of them cached. */
    void hold(int slot, int named) {
        for (int i = 0; i < named; i++) {
            int node = prefixes.find(slab.prefix[slot][i]);
            availableBlocks -= prefixes.isIdle(node) ? nodeBlocks : 0;
            prefixes.hold(node);
        }
        slab.prefixHeld[slot] = named;
    }

    /** The prompt's named blocks, all computed now, can serve others from here on. */
    void keepPrefix(int slot) {
        if (!shares(slot)) {
            return;
        }
        int whole = Math.min(slab.prefixBlocks[slot], slab.promptTokens[slot] / (nodeBlocks * blockSize));
        int held = slab.prefixHeld[slot];
        while (held < whole && prefixes.find(slab.prefix[slot][held]) == PrefixCache.NONE) {
            prefixes.insert(slab.prefix[slot][held]);
            held++;
        }
        slab.prefixHeld[slot] = held;
    }

    /** A request with so many cached tokens gives its blocks back and lets go of its prefixes. */
    void leave(int slot, int cached) {
        int held = slab.prefixHeld[slot];
        availableBlocks += blocks(cached) - blocksOfPrefixes(held);
        // From the last to the first, so that the ends of prompts are evicted before what they share with others.
        for (int i = held - 1; i >= 0; i--) {
            int node = prefixes.find(slab.prefix[slot][i]);
            prefixes.release(node);
            availableBlocks += prefixes.isIdle(node) ? nodeBlocks : 0;
        }
        slab.prefixHeld[slot] = 0;
    }

    /** Forgets everything. */
    void clear() {
        availableBlocks = totalBlocks;
        prefixes.clear();
        if (tiers != null) {
            tiers.clear();
        }
    }
}
