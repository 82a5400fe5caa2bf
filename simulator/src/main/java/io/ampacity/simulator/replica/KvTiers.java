package io.ampacity.simulator.replica;

import io.ampacity.simulator.serving.KvLink;
import io.ampacity.simulator.serving.OffloadTier;
import java.util.List;

/** The tiers behind a replica's KV cache: named prefixes by tier, the longest unused of each first to go on. */
public final class KvTiers {

    private static final int NONE = -1;

    private final PrefixCache[] kept;
    private final KvLink[] links;
    private final double[] bytesPerToken;
    private final double[] bytes;
    private final long[] mostNodes;
    private final long[] stored;
    private final long[] loaded;
    private final int[] found;
    private int nodeTokens;

    /** {@code kvBytesPerToken} counts for tiers that state none. */
    public KvTiers(List<OffloadTier> tiers, double kvBytesPerToken) {
        int count = tiers.size();
        kept = new PrefixCache[count];
        links = new KvLink[count];
        bytesPerToken = new double[count];
        bytes = new double[count];
        mostNodes = new long[count];
        stored = new long[count];
        loaded = new long[count];
        found = new int[count];
        for (int tier = 0; tier < count; tier++) {
            OffloadTier one = tiers.get(tier);
            kept[tier] = new PrefixCache();
            links[tier] = new KvLink(one.bytesPerSecond(), one.latencySeconds());
            bytesPerToken[tier] = one.kvBytesPerToken() > 0 ? one.kvBytesPerToken() : kvBytesPerToken;
            bytes[tier] = one.bytes();
        }
    }

    /** Tells how many tokens a named prefix has. */
    void nodeTokens(int tokens) {
        nodeTokens = tokens;
        for (int tier = 0; tier < kept.length; tier++) {
            mostNodes[tier] = tokens == 0 ? 0 : (long) (bytes[tier] / bytesPerToken[tier] / tokens);
        }
    }

    /** A prefix was evicted from the chips. */
    void offer(long name) {
        long moving = name;
        for (int tier = 0; tier < kept.length; tier++) {
            int node = kept[tier].find(moving);
            if (node != NONE) {
                touch(tier, node);
                return;
            }
            if (mostNodes[tier] == 0) {
                continue;
            }
            long evicted = 0;
            boolean full = kept[tier].present() >= mostNodes[tier];
            if (full) {
                evicted = kept[tier].evictOldest();
            }
            kept[tier].insert(moving);
            kept[tier].release(kept[tier].find(moving));
            stored[tier] += nodeTokens;
            if (!full) {
                return;
            }
            moving = evicted;
        }
    }

    /** How many names from {@code from} to {@code until} - 1 in a row some tier has. */
    int inARow(long[] names, int from, int until) {
        java.util.Arrays.fill(found, 0);
        int at = from;
        while (at < until) {
            int tier = tierOf(names[at]);
            if (tier == NONE) {
                break;
            }
            found[tier]++;
            at++;
        }
        return at - from;
    }

    /** Loads the names found last; returns when the last one is there. */
    double load(double now, long[] names, int from, int count) {
        double due = now;
        for (int tier = 0; tier < kept.length; tier++) {
            if (found[tier] > 0) {
                long tokens = (long) found[tier] * nodeTokens;
                loaded[tier] += tokens;
                due = Math.max(due, links[tier].send(now, tokens * bytesPerToken[tier]));
            }
        }
        for (int i = from; i < from + count; i++) {
            int tier = tierOf(names[i]);
            touch(tier, kept[tier].find(names[i]));
        }
        return due;
    }

    private int tierOf(long name) {
        for (int tier = 0; tier < kept.length; tier++) {
            if (kept[tier].find(name) != NONE) {
                return tier;
            }
        }
        return NONE;
    }

    private void touch(int tier, int node) {
        kept[tier].hold(node);
        kept[tier].release(node);
    }

    /** The server is gone, and all that it had. */
    void clear() {
        for (PrefixCache one : kept) {
            one.clear();
        }
    }

    public KvLink link(int tier) {
        return links[tier];
    }

    public long storedTokens(int tier) {
        return stored[tier];
    }

    public long loadedTokens(int tier) {
        return loaded[tier];
    }
}
