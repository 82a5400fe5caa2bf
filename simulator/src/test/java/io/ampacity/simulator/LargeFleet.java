package io.ampacity.simulator;

import io.ampacity.simulator.fleet.Fleet;
import io.ampacity.simulator.fleet.FleetPool;
import io.ampacity.simulator.fleet.FleetWorkload;
import io.ampacity.simulator.replica.EngineSettings;
import io.ampacity.simulator.report.SimulationResult;
import io.ampacity.traces.RequestSource;
import io.ampacity.traces.model.Distribution;
import io.ampacity.traces.model.GapDistribution;
import io.ampacity.traces.model.TraceModel;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Measures a large fleet: {@code LargeFleet POOLS REPLICAS RATE SECONDS THREADS}, each pool with a workload of its own
 * that sends RATE requests a second of conversation lengths for SECONDS of simulated time.
 */
public final class LargeFleet {

    private LargeFleet() {}

    public static void main(String[] arguments) {
        int pools = Integer.parseInt(arguments[0]);
        int replicas = Integer.parseInt(arguments[1]);
        double rate = Double.parseDouble(arguments[2]);
        double seconds = Double.parseDouble(arguments[3]);
        int threads = Integer.parseInt(arguments[4]);
        List<FleetPool> fleet = new ArrayList<>();
        List<FleetWorkload> workloads = new ArrayList<>();
        Map<String, RequestSource> sources = new LinkedHashMap<>();
        TraceModel model = new TraceModel(
                "conversation",
                "stated",
                "",
                TraceModel.Arrivals.steady(rate, GapDistribution.GAMMA, 1),
                new TraceModel.Lengths(
                        new Distribution.LogNormal(850, 0.8, 1, 14_050),
                        new Distribution.LogNormal(170, 0.65, 1, 1000),
                        0),
                Optional.empty());
        for (int pool = 0; pool < pools; pool++) {
            String id = "workload" + pool;
            workloads.add(new FleetWorkload(id, null));
            fleet.add(FleetPool.plain("pool" + pool, id, AffineModel.typical(), replicas, EngineSettings.LARGE));
            sources.put(id, model.synthesise(seconds, pool));
        }
        long start = System.nanoTime();
        SimulationResult result = Simulation.of(Fleet.of(fleet, workloads))
                .with(SimulationSettings.STANDARD.withThreads(threads))
                .run(sources);
        double wall = (System.nanoTime() - start) / 1e9;
        Runtime runtime = Runtime.getRuntime();
        System.out.printf(
                Locale.ROOT,
                "%,d requests on %,d replicas in %.1f s: %,.0f requests/s, %,.0f output tokens/s, use %.3f, heap %.0f MB%n",
                result.requests().completed(),
                pools * replicas,
                wall,
                result.requests().completed() / wall,
                result.outputTokens() / wall,
                result.byPool().getFirst().utilisation(),
                (runtime.totalMemory() - runtime.freeMemory()) / 1e6);
    }
}
