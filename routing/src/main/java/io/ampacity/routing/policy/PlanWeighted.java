package io.ampacity.routing.policy;

import io.ampacity.routing.Pool;
import io.ampacity.routing.PoolState;
import io.ampacity.routing.RouteQuery;
import io.ampacity.routing.RoutingPolicy;
import io.ampacity.routing.RoutingTable;

/**
 * Spreads requests as the plan says: over any run of requests, each pool's part differs from its weight by less than
 * one request for each pool (smooth weighted round-robin). While pools are missing, their part goes to the others in
 * proportion to the spare capacity that the plan gave them, which is what the plan's reserve is for.
 */
public final class PlanWeighted implements RoutingPolicy {

    private final double[] weight;
    private final double[] spare;
    private final double[] credit;

    public PlanWeighted(RoutingTable table) {
        int pools = table.pools().size();
        weight = new double[pools];
        spare = new double[pools];
        credit = new double[pools];
        for (int workload = 0; workload < table.workloads().size(); workload++) {
            double weights = 0;
            double planned = 0;
            for (int rank = 0; rank < table.eligibleCount(workload); rank++) {
                Pool pool = table.pools().get(table.eligible(workload, rank));
                weights += pool.weight();
                planned += pool.plannedRequestsPerSecond();
            }
            for (int rank = 0; rank < table.eligibleCount(workload); rank++) {
                int index = table.eligible(workload, rank);
                Pool pool = table.pools().get(index);
                weight[index] = weights > 0 ? pool.weight() / weights : 1.0 / table.eligibleCount(workload);
                spare[index] = planned > 0
                        ? Math.max(0, pool.capacityRequestsPerSecond() / planned - weight[index])
                        : weight[index];
            }
        }
    }

    @Override
    public int choose(int[] candidates, int count, RouteQuery query, PoolState state) {
        double present = 0;
        double spares = 0;
        for (int i = 0; i < count; i++) {
            present += weight[candidates[i]];
            spares += spare[candidates[i]];
        }
        double missing = Math.max(0, 1 - present);
        if (missing < 1e-12) {
            missing = 0;
        }
        int best = 0;
        double total = 0;
        for (int i = 0; i < count; i++) {
            int pool = candidates[i];
            double share;
            if (spares > 0) {
                share = weight[pool] + missing * spare[pool] / spares;
            } else if (present > 0) {
                share = weight[pool];
            } else {
                share = 1;
            }
            credit[pool] += share;
            total += share;
            if (credit[pool] > credit[candidates[best]]) {
                best = i;
            }
        }
        credit[candidates[best]] -= total;
        return best;
    }
}
