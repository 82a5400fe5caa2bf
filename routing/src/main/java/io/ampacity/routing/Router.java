package io.ampacity.routing;

/**
 * Sends each request to a pool and learns from how it ends. Mutable, allocation-free after construction; for one
 * thread.
 */
public final class Router {

    /** No pool may serve the request now. */
    public static final int NONE = -1;

    private final RoutingTable table;
    private final RoutingPolicy policy;
    private final PoolState state;
    private final CircuitBreakers breakers;
    private final Admission admission;
    private final int[] candidates;

    /** A router that sheds nothing. */
    public Router(RoutingTable table, RoutingPolicy policy, BreakerSettings breakerSettings) {
        this(table, policy, breakerSettings, AdmissionSettings.OPEN);
    }

    public Router(
            RoutingTable table,
            RoutingPolicy policy,
            BreakerSettings breakerSettings,
            AdmissionSettings admissionSettings) {
        this.table = table;
        this.policy = policy;
        state = new PoolState(table);
        breakers = new CircuitBreakers(table.quotaGroups().size(), breakerSettings);
        admission = new Admission(table.pools(), admissionSettings);
        candidates = new int[Math.max(1, table.pools().size())];
    }

    public PoolState state() {
        return state;
    }

    public CircuitBreakers breakers() {
        return breakers;
    }

    /**
     * The pool for a request, counted as sent there; {@link #NONE} when every eligible one was tried, or when those that
     * are healthy carry all they were planned to. While the breakers of all that are left are open, the first of the
     * failover order is taken that did not ask to be left alone: a doubtful try is better than a certain refusal.
     */
    public int route(RouteQuery query) {
        int workload = query.workload();
        double now = query.nowSeconds();
        int count = 0;
        int eligible = table.eligibleCount(workload);
        boolean full = false;
        for (int rank = 0; rank < eligible; rank++) {
            int pool = table.eligible(workload, rank);
            if (!query.isTried(pool) && breakers.allows(table.quotaGroup(pool), now)) {
                if (admission.allows(pool, now)) {
                    candidates[count++] = pool;
                } else {
                    full = true;
                }
            }
        }
        int chosen;
        if (count == 1) {
            chosen = candidates[0];
        } else if (count > 1) {
            chosen = candidates[policy.choose(candidates, count, query, state)];
        } else if (full) {
            return NONE;
        } else {
            chosen = firstUntried(query, now);
            if (chosen == NONE) {
                return NONE;
            }
        }
        state.sent(chosen);
        breakers.sent(table.quotaGroup(chosen), now);
        admission.sent(chosen, now);
        return chosen;
    }

    /**
     * What a router for an older table knew holds here for quota groups and pools of the same name: breakers, wishes to be
     * left alone, latencies. Both have the same clock.
     */
    public void learnFrom(Router older) {
        for (int group = 0; group < table.quotaGroups().size(); group++) {
            int before = older.table.quotaGroups().indexOf(table.quotaGroups().get(group));
            if (before >= 0) {
                breakers.learnFrom(older.breakers, before, group);
            }
        }
        for (int pool = 0; pool < table.pools().size(); pool++) {
            String id = table.pools().get(pool).id();
            for (int before = 0; before < older.table.pools().size(); before++) {
                if (older.table.pools().get(before).id().equals(id)) {
                    state.learnFrom(older.state, before, pool);
                }
            }
        }
    }

    private int firstUntried(RouteQuery query, double nowSeconds) {
        for (int pool : table.failoverOrder(query.workload())) {
            if (!query.isTried(pool) && !breakers.isThrottled(table.quotaGroup(pool), nowSeconds)) {
                return pool;
            }
        }
        return NONE;
    }

    /**
     * Somebody who knows the lengths of answers beforehand tells how many tokens more, or fewer, a pool has yet to
     * compute. Only {@link io.ampacity.routing.policy.Clairvoyant} minds.
     */
    public void workChanges(int pool, long tokens) {
        state.workChanges(pool, tokens);
    }

    /** The pool began to answer. */
    public void answered(int pool) {
        breakers.succeeded(table.quotaGroup(pool));
    }

    /** The pool ended a request well, {@code seconds} after it was sent. */
    public void completed(int pool, double seconds) {
        state.ended(pool);
        state.measured(pool, seconds);
    }

    /** The pool failed a request. */
    public void failed(int pool, double nowSeconds) {
        state.ended(pool);
        breakers.failed(table.quotaGroup(pool), nowSeconds);
    }

    /** The pool refused a request and wants its whole quota group left alone for so long. */
    public void throttled(int pool, double nowSeconds, double seconds) {
        refused(pool);
        breakers.throttled(table.quotaGroup(pool), nowSeconds + seconds);
    }

    /** Seconds until the first of the pools that may serve the workload no longer asks to be left alone; 0 when one does not. */
    public double throttledSeconds(int workload, double nowSeconds) {
        double least = Double.POSITIVE_INFINITY;
        for (int rank = 0; rank < table.eligibleCount(workload); rank++) {
            int group = table.quotaGroup(table.eligible(workload, rank));
            least = Math.min(least, Math.max(0, breakers.throttledUntilSeconds(group) - nowSeconds));
        }
        return least;
    }

    /** The pool refused a request for want of room, which says nothing of its health. */
    public void refused(int pool) {
        state.ended(pool);
        breakers.ended(table.quotaGroup(pool));
    }
}
