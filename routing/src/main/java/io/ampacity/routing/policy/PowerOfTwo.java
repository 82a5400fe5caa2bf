package io.ampacity.routing.policy;

import io.ampacity.routing.PoolState;
import io.ampacity.routing.RouteQuery;
import io.ampacity.routing.RoutingPolicy;
import io.ampacity.routing.RoutingTable;

/** Draws two pools at random and takes the less loaded: nearly as even as looking at all, at a constant price. */
public final class PowerOfTwo implements RoutingPolicy {

    private final double[] size;
    private long seed;

    public PowerOfTwo(RoutingTable table, long seed) {
        size = LeastOutstanding.sizes(table);
        this.seed = seed;
    }

    @Override
    public int choose(int[] candidates, int count, RouteQuery query, PoolState state) {
        int first = draw(count);
        int second = draw(count - 1);
        if (second >= first) {
            second++;
        }
        return load(candidates[second], state) < load(candidates[first], state) ? second : first;
    }

    private double load(int pool, PoolState state) {
        return (state.outstanding(pool) + 1) / size[pool];
    }

    private int draw(int bound) {
        seed += 0x9E3779B97F4A7C15L;
        return (int) Long.remainderUnsigned(Mixing.mix(seed), bound);
    }
}
