package io.ampacity.routing;

/**
 * Picks one of the pools that may serve a request. It is never shown one that may not. May keep state of its own;
 * for one thread.
 */
public interface RoutingPolicy {

    /**
     * The chosen pool.
     *
     * @param candidates pools to choose from, in the plan's order; only the first {@code count} count
     * @param count at least 1
     * @return a position in {@code candidates}, 0 to {@code count} - 1
     */
    int choose(int[] candidates, int count, RouteQuery query, PoolState state);
}
