package io.ampacity.routing.policy;

import io.ampacity.routing.PoolState;
import io.ampacity.routing.RouteQuery;
import io.ampacity.routing.RoutingPolicy;
import io.ampacity.routing.RoutingTable;

/**
 * Sends requests with a common prefix to the same pool, so that its prefix cache is used: weighted rendezvous hashing,
 * which moves only the prefixes of a pool that leaves or joins. A pool loaded to more than {@value #BOUND} times the
 * mean is passed over. Requests without a known prefix go to the least loaded pool.
 */
public final class PrefixAware implements RoutingPolicy {

    private static final double BOUND = 1.25;

    private final double[] size;
    private final LeastOutstanding fallback;

    public PrefixAware(RoutingTable table) {
        size = LeastOutstanding.sizes(table);
        fallback = new LeastOutstanding(table);
    }

    @Override
    public int choose(int[] candidates, int count, RouteQuery query, PoolState state) {
        if (query.affinity() == 0) {
            return fallback.choose(candidates, count, query, state);
        }
        double sizes = 0;
        long outstanding = 1;
        for (int i = 0; i < count; i++) {
            sizes += size[candidates[i]];
            outstanding += state.outstanding(candidates[i]);
        }
        double mostPerSize = BOUND * outstanding / sizes;
        int best = -1;
        double highest = Double.NEGATIVE_INFINITY;
        for (int i = 0; i < count; i++) {
            int pool = candidates[i];
            double score = -size[pool] / Math.log(Mixing.unit(query.affinity() ^ Mixing.mix(pool + 1L)));
            if (state.outstanding(pool) < Math.max(1, mostPerSize * size[pool]) && score > highest) {
                highest = score;
                best = i;
            }
        }
        return best >= 0 ? best : fallback.choose(candidates, count, query, state);
    }
}
