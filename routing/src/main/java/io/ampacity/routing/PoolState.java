package io.ampacity.routing;

/**
 * What a router has seen of the pools of one table: requests outstanding, smoothed latency, requests routed. Mutable;
 * for one thread.
 */
public final class PoolState {

    private static final double SMOOTHING = 0.05;

    private final int[] outstanding;
    private final double[] latencySeconds;
    private final long[] routed;
    private final long[] work;

    public PoolState(RoutingTable table) {
        int pools = table.pools().size();
        outstanding = new int[pools];
        latencySeconds = new double[pools];
        routed = new long[pools];
        work = new long[pools];
    }

    /** Requests sent and not yet ended. */
    public int outstanding(int pool) {
        return outstanding[pool];
    }

    /** Exponentially weighted mean of end-to-end seconds; 0 before the first completion. */
    public double latencySeconds(int pool) {
        return latencySeconds[pool];
    }

    /** Requests ever sent. */
    public long routed(int pool) {
        return routed[pool];
    }

    /** Tokens yet to be computed, as told by somebody who knows them beforehand; 0 where nobody does. */
    public long work(int pool) {
        return work[pool];
    }

    void workChanges(int pool, long tokens) {
        work[pool] += tokens;
    }

    void sent(int pool) {
        outstanding[pool]++;
        routed[pool]++;
    }

    void ended(int pool) {
        if (--outstanding[pool] < 0) {
            throw new IllegalStateException("pool " + pool + " ended more requests than it was sent");
        }
    }

    /** What another saw of one of its pools holds for a pool here, but for the requests that it has yet to end. */
    void learnFrom(PoolState other, int otherPool, int pool) {
        latencySeconds[pool] = other.latencySeconds[otherPool];
        routed[pool] = other.routed[otherPool];
    }

    void measured(int pool, double seconds) {
        latencySeconds[pool] = latencySeconds[pool] == 0
                ? seconds
                : latencySeconds[pool] + SMOOTHING * (seconds - latencySeconds[pool]);
    }
}
