package io.ampacity.benchmarks;

import io.ampacity.physics.StepModel;
import io.ampacity.simulator.Simulation;
import io.ampacity.simulator.SimulationSettings;
import io.ampacity.simulator.fleet.Fleet;
import io.ampacity.simulator.fleet.FleetPool;
import io.ampacity.simulator.fleet.FleetWorkload;
import io.ampacity.simulator.replica.EngineSettings;
import io.ampacity.simulator.report.SimulationResult;
import io.ampacity.traces.RequestSource;
import io.ampacity.traces.model.TraceModel;
import io.ampacity.traces.model.TraceModels;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Measures a large fleet over a week: {@code FleetWeek STEP-MODEL POOLS REPLICAS THREADS RATE…}. Each pool has a
 * workload of its own that sends RATE requests a second, made as the conversation trace; each RATE is one run.
 */
public final class FleetWeek {

    private static final double WEEK_SECONDS = 7 * 86_400.0;

    private FleetWeek() {}

    public static void main(String[] arguments) throws IOException {
        if (arguments.length < 5) {
            throw new IllegalArgumentException("FleetWeek takes STEP-MODEL POOLS REPLICAS THREADS RATE…."
                    + " Maybe llama-3.1-8b/h100-sxm/1 1000 100 2 0.01 0.02");
        }
        StepModel model = Subjects.stepModel(arguments[0]);
        int pools = Integer.parseInt(arguments[1]);
        int replicas = Integer.parseInt(arguments[2]);
        int threads = Integer.parseInt(arguments[3]);
        for (String rate : List.of(arguments).subList(4, arguments.length)) {
            measure(model, pools, replicas, threads, Double.parseDouble(rate));
        }
    }

    private static void measure(StepModel model, int pools, int replicas, int threads, double rate) throws IOException {
        TraceModel traffic = TraceModels.builtIn("azure-conversation-2023").withRate(rate);
        List<FleetPool> fleet = new ArrayList<>();
        List<FleetWorkload> workloads = new ArrayList<>();
        Map<String, RequestSource> sources = new LinkedHashMap<>();
        for (int pool = 0; pool < pools; pool++) {
            String id = "workload" + pool;
            workloads.add(new FleetWorkload(id, null));
            fleet.add(FleetPool.plain("pool" + pool, id, model, replicas, EngineSettings.LARGE));
            sources.put(id, traffic.synthesise(WEEK_SECONDS, pool));
        }
        System.gc();
        ProcessMeter meter = new ProcessMeter();
        SimulationResult result = Simulation.of(Fleet.of(fleet, workloads))
                .with(SimulationSettings.STANDARD.withThreads(threads))
                .run(sources);
        double wall = meter.wallSeconds();
        double processor = meter.processorSeconds();
        Runtime runtime = Runtime.getRuntime();
        long completed = result.requests().completed();
        System.out.printf(
                Locale.ROOT,
                "%,d pools of %,d replicas (%,d chips), %.3f requests/s a pool, %d threads: %,d requests, %.2f s"
                        + " processor, %.2f s wall; %,.0f requests/s a core, %.0f ns a request, heap %.0f MB, peak RSS"
                        + " %.0f MB, use %.5f%n",
                pools,
                replicas,
                pools * replicas * model.chips(),
                rate,
                threads,
                completed,
                processor,
                wall,
                completed / processor,
                processor / completed * 1e9,
                (runtime.totalMemory() - runtime.freeMemory()) / 1e6,
                ProcessMeter.peakResidentMegabytes(),
                result.byPool().getFirst().utilisation());
    }
}
