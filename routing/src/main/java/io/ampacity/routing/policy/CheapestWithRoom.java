package io.ampacity.routing.policy;

import io.ampacity.routing.Pool;
import io.ampacity.routing.PoolState;
import io.ampacity.routing.RouteQuery;
import io.ampacity.routing.RoutingPolicy;
import io.ampacity.routing.RoutingTable;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Fills the pool with the lowest figure first, then the next: cost-, carbon- and energy-aware routing. The
 * figure is asked for every request, so that it may change from hour to hour. A pool has room while
 * the requests outstanding are fewer than capacity × latency (Little's law) times {@value #FILL}. A pool whose figure is
 * unknown comes last. When none has room, the least loaded is taken.
 */
public final class CheapestWithRoom implements RoutingPolicy {

    private static final double FILL = 0.9;
    /** Assumed room for each replica until a latency was measured. */
    private static final int FIRST_GUESS = 4;

    /** What a request would cost in a pool; NaN when unknown. */
    @FunctionalInterface
    public interface Figure {
        double of(int pool, RouteQuery query);
    }

    private final Figure figure;
    private final double[] capacity;
    private final int[] replicas;
    private final LeastOutstanding fallback;

    /** Fills by a figure that never changes; null when unknown. */
    public CheapestWithRoom(RoutingTable table, Function<Pool, @Nullable Double> figureOf) {
        this(table, fixed(table, figureOf));
    }

    public CheapestWithRoom(RoutingTable table, Figure figure) {
        this.figure = figure;
        int pools = table.pools().size();
        capacity = new double[pools];
        replicas = new int[pools];
        for (int pool = 0; pool < pools; pool++) {
            capacity[pool] = table.pools().get(pool).capacityRequestsPerSecond();
            replicas[pool] = table.pools().get(pool).replicas();
        }
        fallback = new LeastOutstanding(table);
    }

    private static Figure fixed(RoutingTable table, Function<Pool, @Nullable Double> figureOf) {
        double[] figures = table.pools().stream()
                .map(figureOf)
                .mapToDouble(known -> known == null ? Double.NaN : known)
                .toArray();
        return (pool, query) -> figures[pool];
    }

    @Override
    public int choose(int[] candidates, int count, RouteQuery query, PoolState state) {
        int best = -1;
        double least = Double.POSITIVE_INFINITY;
        for (int i = 0; i < count; i++) {
            int pool = candidates[i];
            if (hasRoom(pool, state)) {
                double known = figure.of(pool, query);
                if (best < 0 || known < least) {
                    best = i;
                    least = Double.isNaN(known) ? Double.POSITIVE_INFINITY : known;
                }
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
