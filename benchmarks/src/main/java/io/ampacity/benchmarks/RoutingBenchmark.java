package io.ampacity.benchmarks;

import io.ampacity.routing.BreakerSettings;
import io.ampacity.routing.Pool;
import io.ampacity.routing.RouteQuery;
import io.ampacity.routing.Router;
import io.ampacity.routing.RoutingTable;
import io.ampacity.routing.policy.RoutingPolicies;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** Cost of one request's routing: the decision, the first token, the end; with a few hundred requests in flight. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 3, time = 1)
@Fork(1)
public class RoutingBenchmark {

    private static final int IN_FLIGHT = 256;

    @Param({
        "PLAN_WEIGHTED",
        "LEAST_OUTSTANDING",
        "POWER_OF_TWO",
        "PREFIX_AWARE",
        "ROUND_ROBIN",
        "COST_AWARE",
        "CARBON_AWARE"
    })
    RoutingPolicies policy = RoutingPolicies.PLAN_WEIGHTED;

    @Param({"3", "30", "300"})
    int pools;

    private @Nullable Router router;
    private final RouteQuery query = new RouteQuery();
    private final int[] inFlight = new int[IN_FLIGHT];
    private final long[] affinity = new long[IN_FLIGHT];
    private int at;
    private double now;

    @Setup
    public void build() {
        SplittableRandom random = new SplittableRandom(1);
        List<Pool> fleet = new ArrayList<>();
        for (int pool = 0; pool < pools; pool++) {
            fleet.add(new Pool(
                    "pool" + pool,
                    "chat",
                    "supplier" + pool % 5,
                    "site" + pool,
                    "model",
                    "chip",
                    "group" + pool,
                    8,
                    1.0 / pools,
                    80,
                    100,
                    0.02,
                    0.001 * (1 + random.nextDouble()),
                    50 + 500 * random.nextDouble()));
        }
        RoutingTable table = RoutingTable.of(List.of("chat"), fleet);
        router = new Router(table, policy.create(table, 1), BreakerSettings.STANDARD);
        for (int request = 0; request < IN_FLIGHT; request++) {
            affinity[request] = random.nextLong() | 1;
            inFlight[request] = router().route(query.of(0, 500, affinity[request], 0));
        }
    }

    private Router router() {
        return Objects.requireNonNull(router);
    }

    @Benchmark
    public int request() {
        at = (at + 1) & (IN_FLIGHT - 1);
        now += 0.001;
        Router routes = router();
        int ended = inFlight[at];
        routes.answered(ended);
        routes.completed(ended, 1 + (at & 7));
        inFlight[at] = routes.route(query.of(0, 500, affinity[at], now));
        return inFlight[at];
    }
}
