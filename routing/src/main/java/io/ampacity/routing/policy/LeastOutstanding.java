package io.ampacity.routing.policy;

import io.ampacity.routing.Pool;
import io.ampacity.routing.PoolState;
import io.ampacity.routing.RouteQuery;
import io.ampacity.routing.RoutingPolicy;
import io.ampacity.routing.RoutingTable;

/** Takes the pool with the fewest requests outstanding for its size. */
public final class LeastOutstanding implements RoutingPolicy {

    private final double[] size;

    public LeastOutstanding(RoutingTable table) {
        size = sizes(table);
    }

    /** What each pool can carry: its planned capacity where all pools of its workload have one, else its replicas. */
    static double[] sizes(RoutingTable table) {
        double[] sizes = new double[table.pools().size()];
        for (int workload = 0; workload < table.workloads().size(); workload++) {
            boolean known = true;
            for (int rank = 0; rank < table.eligibleCount(workload); rank++) {
                known &= table.pools().get(table.eligible(workload, rank)).capacityRequestsPerSecond() > 0;
            }
            for (int rank = 0; rank < table.eligibleCount(workload); rank++) {
                int index = table.eligible(workload, rank);
                Pool pool = table.pools().get(index);
                sizes[index] = known ? pool.capacityRequestsPerSecond() : pool.replicas();
            }
        }
        return sizes;
    }

    @Override
    public int choose(int[] candidates, int count, RouteQuery query, PoolState state) {
        int best = 0;
        double least = Double.POSITIVE_INFINITY;
        for (int i = 0; i < count; i++) {
            double load = (state.outstanding(candidates[i]) + 1) / size[candidates[i]];
            if (load < least) {
                least = load;
                best = i;
            }
        }
        return best;
    }
}
