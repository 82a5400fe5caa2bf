package io.ampacity.routing.policy;

import io.ampacity.routing.PoolState;
import io.ampacity.routing.RouteQuery;
import io.ampacity.routing.RoutingPolicy;
import io.ampacity.routing.RoutingTable;

/**
 * Takes the pool with the least work for its size, the lengths of answers being known beforehand: an upper bound on what
 * balance can bring. Where nobody tells the router of work, it is counted in requests.
 */
public final class Clairvoyant implements RoutingPolicy {

    private final double[] size;

    public Clairvoyant(RoutingTable table) {
        size = LeastOutstanding.sizes(table);
    }

    @Override
    public int choose(int[] candidates, int count, RouteQuery query, PoolState state) {
        int best = 0;
        double least = Double.POSITIVE_INFINITY;
        for (int i = 0; i < count; i++) {
            int pool = candidates[i];
            double load = (state.work(pool) + state.outstanding(pool) + 1) / size[pool];
            if (load < least) {
                least = load;
                best = i;
            }
        }
        return best;
    }
}
