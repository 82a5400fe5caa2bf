package io.ampacity.routing.policy;

import io.ampacity.routing.Pool;
import io.ampacity.routing.PoolState;
import io.ampacity.routing.RouteQuery;
import io.ampacity.routing.RoutingPolicy;
import io.ampacity.routing.RoutingTable;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Takes the pools of one supplier in turn, the one that the plan gives most of the workload, and others only when none
 * of those is left: what is done where nobody plans. A lower bound to measure others by.
 */
public final class Naive implements RoutingPolicy {

    private final boolean[] main;
    private final int[] turn;

    public Naive(RoutingTable table) {
        main = new boolean[table.pools().size()];
        turn = new int[table.workloads().size()];
        for (int workload = 0; workload < table.workloads().size(); workload++) {
            Map<String, Double> weights = new LinkedHashMap<>();
            for (int rank = 0; rank < table.eligibleCount(workload); rank++) {
                Pool pool = table.pools().get(table.eligible(workload, rank));
                weights.merge(pool.supplier(), pool.weight(), Double::sum);
            }
            String chosen = null;
            for (Map.Entry<String, Double> supplier : weights.entrySet()) {
                if (chosen == null || supplier.getValue() > weights.getOrDefault(chosen, 0.0)) {
                    chosen = supplier.getKey();
                }
            }
            for (int rank = 0; rank < table.eligibleCount(workload); rank++) {
                int pool = table.eligible(workload, rank);
                main[pool] = table.pools().get(pool).supplier().equals(chosen);
            }
        }
    }

    @Override
    public int choose(int[] candidates, int count, RouteQuery query, PoolState state) {
        int own = 0;
        for (int i = 0; i < count; i++) {
            own += main[candidates[i]] ? 1 : 0;
        }
        int next = turn[query.workload()];
        turn[query.workload()] = next == Integer.MAX_VALUE ? 0 : next + 1;
        if (own == 0) {
            return next % count;
        }
        int left = next % own;
        for (int i = 0; i < count; i++) {
            if (main[candidates[i]] && left-- == 0) {
                return i;
            }
        }
        throw new IllegalStateException("no pool of the supplier is left, though " + own + " were counted");
    }
}
