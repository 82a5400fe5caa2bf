package io.ampacity.routing.policy;

import io.ampacity.routing.Pool;
import io.ampacity.routing.PoolState;
import io.ampacity.routing.RouteQuery;
import io.ampacity.routing.RoutingPolicy;
import io.ampacity.routing.RoutingTable;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Fills the pool with the lowest figure first, then the next: cost-aware and carbon-aware routing. A pool has room while
 * the requests outstanding are fewer than capacity × latency (Little's law) times {@value #FILL}. A pool whose figure is
 * unknown comes last. When none has room, the least loaded is taken.
 */
public final class CheapestWithRoom implements RoutingPolicy {

    private static final double FILL = 0.9;
    /** Assumed room for each replica until a latency was measured. */
    private static final int FIRST_GUESS = 4;

    private final double[] figure;
    private final double[] capacity;
    private final int[] replicas;
    private final LeastOutstanding fallback;

    public CheapestWithRoom(RoutingTable table, Function<Pool, @Nullable Double> figureOf) {
        int pools = table.pools().size();
        figure = new double[pools];
        capacity = new double[pools];
        replicas = new int[pools];
        for (int pool = 0; pool < pools; pool++) {
            Double known = figureOf.apply(table.pools().get(pool));
            figure[pool] = known == null ? Double.POSITIVE_INFINITY : known;
            capacity[pool] = table.pools().get(pool).capacityRequestsPerSecond();
            replicas[pool] = table.pools().get(pool).replicas();
        }
        fallback = new LeastOutstanding(table);
    }

    @Override
    public int choose(int[] candidates, int count, RouteQuery query, PoolState state) {
        int best = -1;
        for (int i = 0; i < count; i++) {
            int pool = candidates[i];
            if (hasRoom(pool, state) && (best < 0 || figure[pool] < figure[candidates[best]])) {
                best = i;
            }
        }
        return best >= 0 ? best : fallback.choose(candidates, count, query, state);
    }

    private boolean hasRoom(int pool, PoolState state) {
        double latency = state.latencySeconds(pool);
        double room = capacity[pool] > 0 && latency > 0
                ? Math.max(1, FILL * capacity[pool] * latency)
                : (double) FIRST_GUESS * replicas[pool];
        return state.outstanding(pool) < room;
    }
}
