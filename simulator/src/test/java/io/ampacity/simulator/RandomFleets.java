package io.ampacity.simulator;

import io.ampacity.routing.AdmissionSettings;
import io.ampacity.routing.BreakerSettings;
import io.ampacity.routing.Pool;
import io.ampacity.routing.RetrySettings;
import io.ampacity.routing.policy.RoutingPolicies;
import io.ampacity.scenario.ServiceLevelObjective;
import io.ampacity.simulator.failure.Effect;
import io.ampacity.simulator.failure.Failure;
import io.ampacity.simulator.fleet.Fleet;
import io.ampacity.simulator.fleet.FleetPool;
import io.ampacity.simulator.fleet.FleetWorkload;
import io.ampacity.simulator.fleet.PowerCurve;
import io.ampacity.simulator.replica.EngineSettings;
import io.ampacity.simulator.serving.HourlyFigure;
import io.ampacity.traces.RequestList;
import io.ampacity.traces.RequestSource;
import io.ampacity.units.TimeSpan;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;

/** Draws small fleets, traces and failures of every kind. */
public record RandomFleets(Fleet fleet, SimulationSettings settings, Map<String, RequestList> requests) {

    public static RandomFleets draw(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        int workloads = 1 + random.nextInt(3);
        // Small pools find corners of one replica, larger ones what needs halves or gangs.
        boolean large = random.nextInt(3) == 0;
        List<FleetWorkload> served = new ArrayList<>();
        List<FleetPool> pools = new ArrayList<>();
        Map<String, RequestList> requests = new LinkedHashMap<>();
        double seconds = 5 + 60 * random.nextDouble();
        for (int workload = 0; workload < workloads; workload++) {
            String id = "workload" + workload;
            served.add(new FleetWorkload(
                    id,
                    random.nextInt(4) == 0
                            ? null
                            : new ServiceLevelObjective(new TimeSpan(0.5), new TimeSpan(0.02), 0.9)));
            int own = 1 + random.nextInt(3);
            for (int pool = 0; pool < own; pool++) {
                pools.add(pool(id, pool, large, random));
            }
            requests.put(id, trace(seconds, random));
        }
        List<Failure> failures = new ArrayList<>();
        for (int i = random.nextInt(4); i > 0; i--) {
            failures.add(failure(pools.get(random.nextInt(pools.size())).routing(), seconds, random));
        }
        RoutingPolicies router = any(RoutingPolicies.values(), random);
        SimulationSettings settings = new SimulationSettings(
                router,
                seed,
                1,
                random.nextInt(4) == 0
                        ? RetrySettings.NEVER
                        : new RetrySettings(1 + random.nextInt(4), random.nextDouble(), 0.2, 100),
                BreakerSettings.STANDARD,
                random.nextInt(3) == 0 ? AdmissionSettings.STANDARD : AdmissionSettings.OPEN,
                failures,
                random.nextInt(3) == 0 ? 1 + random.nextInt(30) : 0,
                random.nextInt(3) == 0 ? Dispatch.PULL : Dispatch.PUSH,
                1 + random.nextInt(12),
                random.nextInt(24),
                RandomFeatures.draw(
                        new SplittableRandom(seed * 7919 + 1),
                        seconds,
                        pools.stream()
                                .mapToInt(pool -> pool.routing().replicas())
                                .min()
                                .orElseThrow(),
                        pools));
        boolean apart = settings.features().disaggregation() != null && random.nextBoolean();
        List<FleetPool> all = apart
                ? pools.stream().map(pool -> pool.withAnswers(answers(random))).toList()
                : pools;
        return new RandomFleets(Fleet.of(all, served), settings, requests);
    }

    /** Machines that only compute answers, of 40 W idle and 400 W at most. */
    private static FleetPool.Answers answers(SplittableRandom random) {
        AffineModel model = new AffineModel(
                1e-3 + 1e-2 * random.nextDouble(),
                1e-5 * random.nextDouble(),
                1e-9 * random.nextDouble(),
                1e-5 * random.nextDouble(),
                1e-7 * random.nextDouble(),
                500 + random.nextInt(5000),
                400,
                40,
                0,
                0);
        return new FleetPool.Answers(
                model, "chip2", PowerCurve.stretching(model, 400), random.nextBoolean() ? null : random.nextDouble());
    }

    /** Fresh cursors over the requests. */
    public Map<String, RequestSource> sources() {
        Map<String, RequestSource> sources = new LinkedHashMap<>();
        requests.forEach((id, list) -> sources.put(id, list.source()));
        return sources;
    }

    public int size(String workload) {
        return Objects.requireNonNull(requests.get(workload)).size();
    }

    public RandomFleets stepByStep() {
        List<FleetPool> pools = fleet.pools().stream()
                .map(pool -> new FleetPool(
                        pool.routing(),
                        pool.model(),
                        pool.engine().withStepByStep(true),
                        pool.pue(),
                        pool.gridShape(),
                        pool.litresPerKilowattHour(),
                        pool.usdPerReplicaSecond(),
                        pool.usdPerKilowattHour(),
                        pool.coldStartSeconds(),
                        pool.hourlyGrams(),
                        pool.hourlyUsd(),
                        pool.power(),
                        pool.answers()))
                .toList();
        return new RandomFleets(Fleet.of(pools, fleet.workloads()), settings, requests);
    }

    private static FleetPool pool(String workload, int number, boolean large, SplittableRandom random) {
        String supplier = "supplier" + random.nextInt(3);
        AffineModel model = new AffineModel(
                1e-3 + 1e-2 * random.nextDouble(),
                1e-5 * random.nextDouble(),
                1e-9 * random.nextDouble(),
                1e-5 * random.nextDouble(),
                1e-7 * random.nextDouble(),
                500 + random.nextInt(5000),
                500,
                50,
                random.nextBoolean() ? 0 : 0.01 * random.nextDouble(),
                random.nextBoolean() ? 0 : 0.001 * random.nextDouble(),
                random.nextBoolean() ? 0 : 1e-4 * random.nextDouble());
        int sequences = 1 + random.nextInt(30);
        EngineSettings engine = new EngineSettings(
                sequences,
                sequences + random.nextInt(400),
                1 << random.nextInt(6),
                0,
                random.nextBoolean(),
                random.nextInt(4) == 0 ? 0.5 : 0,
                true,
                false);
        double capacity = 5 * random.nextDouble();
        Pool routing = new Pool(
                workload + "/pool" + number,
                workload,
                supplier,
                "site" + random.nextInt(4),
                "model",
                "chip" + random.nextInt(2),
                random.nextInt(3) == 0 ? supplier : workload + "/" + number,
                large ? 2 + random.nextInt(5) : 1 + random.nextInt(3),
                random.nextDouble(),
                capacity * random.nextDouble(),
                capacity,
                random.nextBoolean() ? 0 : 0.1 * random.nextDouble(),
                random.nextDouble(),
                random.nextInt(5) == 0 ? null : 500 * random.nextDouble());
        return new FleetPool(
                routing,
                model,
                engine,
                1 + random.nextDouble(),
                null,
                random.nextDouble(),
                random.nextDouble(),
                random.nextDouble(),
                random.nextBoolean() ? 0 : 5 * random.nextDouble(),
                null,
                random.nextInt(4) == 0 ? HourlyFigure.of(random.nextDouble(), random.nextDouble()) : null,
                PowerCurve.stretching(model, 500),
                null);
    }

    static <T> T any(T[] things, SplittableRandom random) {
        return things[random.nextInt(things.length)];
    }

    private static RequestList trace(double seconds, SplittableRandom random) {
        int blockTokens = random.nextBoolean() ? 0 : 32;
        RequestList list = new RequestList(blockTokens);
        int count = 1 + random.nextInt(300);
        double now = 0;
        for (int i = 0; i < count; i++) {
            now += -Math.log(1 - random.nextDouble()) * seconds / count;
            int prompt = random.nextInt(50) == 0 ? 5000 : random.nextInt(400);
            long[] blocks = new long[blockTokens == 0 ? 0 : prompt / blockTokens];
            long chain = random.nextInt(4);
            for (int block = 0; block < blocks.length; block++) {
                chain = chain * 31 + (random.nextInt(3) == 0 ? random.nextInt(3) : 0) + 7;
                blocks[block] = chain;
            }
            list.add(now, prompt, random.nextInt(150), RequestSource.UNKNOWN_SESSION, blocks);
        }
        return list;
    }

    private static Failure failure(Pool pool, double seconds, SplittableRandom random) {
        double start = seconds * random.nextDouble();
        double end = random.nextInt(5) == 0 ? Double.POSITIVE_INFINITY : start + 1e-3 + seconds * random.nextDouble();
        Effect effect =
                switch (random.nextInt(10)) {
                    case 0 -> new Effect.Slow(1 + 4 * random.nextDouble());
                    case 1 -> new Effect.Throttled(random.nextDouble(), random.nextInt(3));
                    case 2 -> new Effect.Unreachable();
                    case 3 -> new Effect.Frozen();
                    case 4 -> new Effect.Late(1 - random.nextDouble());
                    case 5, 6 -> new Effect.Reclaimed(random.nextInt(3) == 0 ? 0 : 0.3 * seconds * random.nextDouble());
                    default -> new Effect.Down();
                };
        Failure.Scope scope = any(Failure.Scope.values(), random);
        String target =
                switch (scope) {
                    case SUPPLIER, CONTROL_PLANE -> pool.supplier();
                    case SITE, LINK, REGION -> pool.site();
                    case SERVER -> pool.id() + "#0";
                    case POOL -> pool.id();
                    case CHIP -> pool.chip();
                    case REPLICA -> pool.id() + "#" + random.nextInt(pool.replicas());
                };
        return new Failure(scope, target, start, end, effect);
    }
}
