package io.ampacity.simulator;

import io.ampacity.physics.Provenance;
import io.ampacity.simulator.failure.Failure;
import io.ampacity.simulator.fleet.Fleet;
import io.ampacity.simulator.fleet.FleetPool;
import io.ampacity.simulator.report.DetailMeters;
import io.ampacity.simulator.report.Disruptions;
import io.ampacity.simulator.report.LatencyMeter;
import io.ampacity.simulator.report.PoolResult;
import io.ampacity.simulator.report.ServingMeter;
import io.ampacity.simulator.report.SimulationResult;
import io.ampacity.simulator.report.SimulationResults;
import io.ampacity.simulator.report.WorkloadMeter;
import io.ampacity.simulator.serving.Disaggregation;
import io.ampacity.simulator.serving.OffloadTier;
import io.ampacity.simulator.serving.ServingFeatures;
import io.ampacity.traces.RequestList;
import io.ampacity.traces.RequestSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Replays requests on a fleet. Deterministic: the same fleet, settings and requests give the same result, bit for bit,
 * on any number of threads. Immutable and thread-safe; each run has its own state.
 *
 * <pre>{@code
 * SimulationResult result = Simulation.of(FleetFactory.fromPlan(scenario, plan, 0, stepModels))
 *         .with(SimulationSettings.STANDARD.withFailures(List.of(Failure.parse("supplier:azure@600s+1200s"))))
 *         .run(Map.of("chat", source));
 * }</pre>
 */
public final class Simulation {

    private static final RequestSink IGNORED = (workload, id, arrival, first, last, prompt, output, pool) -> {};

    private final Fleet fleet;
    private final SimulationSettings settings;
    private final List<PowerShare> powerShares;

    private Simulation(Fleet fleet, SimulationSettings settings) {
        this.fleet = fleet;
        this.settings = settings;
        fleet.pools().forEach(pool -> checkFeatures(pool, settings.features()));
        Valleys.check(fleet.pools(), settings);
        powerShares = settings.features().powerCaps().stream()
                .map(cap -> PowerShare.of(fleet, settings, cap))
                .toList();
        for (Failure failure : settings.failures()) {
            if (fleet.pools().stream().noneMatch(pool -> failure.concerns(pool.routing()))) {
                throw new IllegalArgumentException("--fail: " + failure.name() + " touches no pool. Maybe one of "
                        + String.join(", ", targets(failure.scope())));
            }
        }
    }

    private static void checkFeatures(FleetPool pool, ServingFeatures features) {
        Disaggregation halves = features.disaggregation();
        if (halves != null) {
            int answers = pool.routing().replicas() - halves.prefillReplicas();
            if (answers < 1) {
                throw new IllegalArgumentException("--disaggregate: pool "
                        + pool.routing().id() + " has " + pool.routing().replicas() + " replicas, of which "
                        + halves.prefillReplicas()
                        + " shall compute prompts, so none is left for answers. Maybe more replicas");
            }
            KvWeight.of(pool, halves.kvBytesPerToken(), "--disaggregate");
        }
        for (OffloadTier tier : features.offloading()) {
            KvWeight.of(pool, tier.kvBytesPerToken(), "--offload");
        }
    }

    /** A simulation with {@linkplain SimulationSettings#STANDARD standard} settings. */
    public static Simulation of(Fleet fleet) {
        return new Simulation(fleet, SimulationSettings.STANDARD);
    }

    /** @throws IllegalArgumentException when a failure touches no pool of the fleet, or a feature does not fit one */
    public Simulation with(SimulationSettings other) {
        return new Simulation(fleet, other);
    }

    private List<String> targets(Failure.Scope scope) {
        return fleet.pools().stream()
                .map(FleetPool::routing)
                .map(pool -> switch (scope) {
                    case SUPPLIER, CONTROL_PLANE -> scope.word() + ":" + pool.supplier();
                    case SITE, LINK, REGION -> scope.word() + ":" + pool.site();
                    case SERVER -> "server:" + pool.id() + "#0 and on";
                    case POOL -> "pool:" + pool.id();
                    case CHIP -> "chip:" + pool.chip();
                    case REPLICA -> "replica:" + pool.id() + "#0 to #" + (pool.replicas() - 1);
                })
                .distinct()
                .toList();
    }

    /** Replays one source on a fleet that has one workload. */
    public SimulationResult run(RequestSource source) {
        if (fleet.workloads().size() != 1) {
            throw new IllegalArgumentException(
                    "the fleet has " + fleet.workloads().size()
                            + " workloads; one source can only feed one. Maybe give a source for each by name");
        }
        return run(Map.of(fleet.workloads().getFirst().id(), source));
    }

    /** Replays a source for each workload, by its id; a workload without one gets no requests. */
    public SimulationResult run(Map<String, RequestSource> sources) {
        return run(sources, IGNORED, RunObserver.NONE, settings.threads());
    }

    /** The same, with every completed request told to a sink, on one thread. Sources are read, not closed. */
    public SimulationResult run(Map<String, RequestSource> sources, RequestSink sink) {
        return run(sources, sink, RunObserver.NONE, 1);
    }

    /** The same, with all that happens told to an observer, on one thread. */
    public SimulationResult run(Map<String, RequestSource> sources, RunObserver observer) {
        return run(sources, IGNORED, observer, 1);
    }

    /** The same, with a sink and an observer, on one thread. */
    public SimulationResult run(Map<String, RequestSource> sources, RequestSink sink, RunObserver observer) {
        return run(sources, sink, observer, 1);
    }

    private SimulationResult run(
            Map<String, RequestSource> sources, RequestSink sink, RunObserver observer, int threads) {
        for (String id : sources.keySet()) {
            if (fleet.table().workload(id) < 0) {
                throw new IllegalArgumentException("there is a source for workload " + id
                        + ", which the fleet does not serve. Maybe one of "
                        + String.join(", ", fleet.table().workloads()));
            }
        }
        List<Shard> shards = shards(sources, sink, observer);
        runAll(shards, Math.min(threads, shards.size()));
        double endSeconds = shards.stream().mapToDouble(Shard::endSeconds).max().orElse(0);
        shards.forEach(shard -> shard.close(endSeconds));
        return gather(shards, endSeconds);
    }

    private static void runAll(List<Shard> shards, int threads) {
        if (threads <= 1) {
            shards.forEach(Shard::run);
            return;
        }
        try (ExecutorService executor = Executors.newFixedThreadPool(threads)) {
            List<Future<?>> runs = new ArrayList<>();
            for (Shard shard : shards) {
                runs.add(executor.submit(shard::run));
            }
            for (Future<?> run : runs) {
                run.get();
            }
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException failure) {
                throw failure;
            }
            throw new IllegalStateException("a shard failed", e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("the simulation was interrupted", e);
        }
    }

    /** Workloads that share a pool's quota group stand in one shard; all others are independent of one another. */
    private List<Shard> shards(Map<String, RequestSource> sources, RequestSink sink, RunObserver observer) {
        int workloads = fleet.workloads().size();
        int[] leader = new int[workloads];
        Arrays.setAll(leader, workload -> workload);
        Map<Integer, Integer> workloadOfGroup = new HashMap<>();
        for (int pool = 0; pool < fleet.pools().size(); pool++) {
            int workload = workloadOf(pool);
            Integer other = workloadOfGroup.putIfAbsent(fleet.table().quotaGroup(pool), workload);
            if (other != null) {
                join(leader, other, workload);
            }
        }
        Map<Integer, List<Arrivals>> arrivals = new LinkedHashMap<>();
        Map<Integer, List<Integer>> pools = new HashMap<>();
        for (int workload = 0; workload < workloads; workload++) {
            RequestSource source = sources.get(fleet.workloads().get(workload).id());
            arrivals.computeIfAbsent(find(leader, workload), key -> new ArrayList<>())
                    .add(new Arrivals(workload, source == null ? new RequestList().source() : source));
        }
        for (int pool = 0; pool < fleet.pools().size(); pool++) {
            pools.computeIfAbsent(find(leader, workloadOf(pool)), key -> new ArrayList<>())
                    .add(pool);
        }
        List<Shard> shards = new ArrayList<>();
        arrivals.forEach((key, list) -> shards.add(
                new Shard(fleet, settings, list, pools.getOrDefault(key, List.of()), powerShares, sink, observer)));
        return shards;
    }

    private int workloadOf(int pool) {
        return fleet.table().workload(fleet.pools().get(pool).routing().workload());
    }

    private static int find(int[] leader, int workload) {
        int at = workload;
        while (leader[at] != at) {
            at = leader[at];
        }
        return at;
    }

    private static void join(int[] leader, int one, int other) {
        int first = find(leader, one);
        int second = find(leader, other);
        leader[Math.max(first, second)] = Math.min(first, second);
    }

    private SimulationResult gather(List<Shard> shards, double endSeconds) {
        WorkloadMeter[] meters = new WorkloadMeter[fleet.workloads().size()];
        PoolResult[] pools = new PoolResult[fleet.pools().size()];
        LatencyMeter interTokenLatency = new LatencyMeter();
        ServingMeter serving = new ServingMeter(settings.features());
        DetailMeters details =
                new DetailMeters(fleet.workloads().size(), fleet.pools().size());
        for (Shard shard : shards) {
            shard.placeMeters(meters);
            shard.placePools(pools, endSeconds);
            interTokenLatency.add(shard.interTokenLatency());
            serving.add(shard.serving());
            details.add(shard.details());
        }
        powerShares.forEach(share -> serving.capped(share.result(endSeconds)));
        return SimulationResults.of(
                List.of(meters),
                List.of(pools),
                Shard.drills(settings.failures()),
                Disruptions.of(settings.failures(), endSeconds),
                interTokenLatency,
                details,
                endSeconds,
                shards.stream().mapToLong(Shard::wastedTokens).sum(),
                shards.stream().mapToLong(Shard::breakersOpened).sum(),
                provenance(fleet.pools()),
                serving.result());
    }

    /** That of the least well founded model. */
    private static Provenance provenance(Collection<FleetPool> pools) {
        return pools.stream()
                .map(pool -> pool.model().provenance())
                .max(Provenance::compareTo)
                .orElse(Provenance.UNCALIBRATED);
    }
}
