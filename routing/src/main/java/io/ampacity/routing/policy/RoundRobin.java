package io.ampacity.routing.policy;

import io.ampacity.routing.PoolState;
import io.ampacity.routing.RouteQuery;
import io.ampacity.routing.RoutingPolicy;
import io.ampacity.routing.RoutingTable;

/** Takes the pools of a workload in turn, whatever their size: the naive lower bound. */
public final class RoundRobin implements RoutingPolicy {

    private final int[] turn;

    public RoundRobin(RoutingTable table) {
        turn = new int[table.workloads().size()];
    }

    @Override
    public int choose(int[] candidates, int count, RouteQuery query, PoolState state) {
        int next = turn[query.workload()];
        turn[query.workload()] = next == Integer.MAX_VALUE ? 0 : next + 1;
        return next % count;
    }
}
