package io.ampacity.simulator;

import io.ampacity.facts.BuiltInCatalogue;
import io.ampacity.facts.Catalogue;
import io.ampacity.facts.Deployment;
import io.ampacity.physics.ServingPhysics;
import io.ampacity.physics.StepModel;
import io.ampacity.scenario.ServiceLevelObjective;
import io.ampacity.simulator.fleet.Fleet;
import io.ampacity.simulator.replica.EngineSettings;
import io.ampacity.simulator.report.SimulationResult;
import io.ampacity.traces.Repeated;
import io.ampacity.traces.RequestList;
import io.ampacity.traces.RequestSource;
import io.ampacity.traces.Scaled;
import io.ampacity.traces.reader.Traces;
import io.ampacity.units.TimeSpan;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.Locale;

/**
 * Measures how many requests a second the simulator replays: {@code Throughput TRACE SPEED ROUNDS RUNS [step]}. One pool of
 * eight H100 with Llama 3.1 8B, all metrics on; processor time of the one thread that simulates.
 */
public final class Throughput {

    private Throughput() {}

    public static void main(String[] arguments) {
        Path trace = Path.of(arguments[0]);
        double speed = Double.parseDouble(arguments[1]);
        int rounds = Integer.parseInt(arguments[2]);
        int runs = Integer.parseInt(arguments[3]);
        Catalogue catalogue = BuiltInCatalogue.load();
        StepModel model = ServingPhysics.shipped()
                .stepModel(
                        catalogue.chip("h100-sxm").orElseThrow(),
                        catalogue.model("llama-3.1-8b").orElseThrow(),
                        Deployment.tensorParallel(1));
        Fleet fleet = Fleet.onePool(
                model,
                8,
                EngineSettings.LARGE.withStepByStep(arguments.length > 4),
                new ServiceLevelObjective(new TimeSpan(1), new TimeSpan(0.05), 0.95));
        RequestList list;
        try (RequestSource source = Traces.open(trace)) {
            list = RequestList.copyOf(source);
        }
        for (int run = 0; run < runs; run++) {
            System.gc();
            long processor = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
            SimulationResult result = Simulation.of(fleet).run(new Scaled(new Repeated(list.source(), rounds), speed));
            double seconds = (ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - processor) / 1e9;
            Runtime runtime = Runtime.getRuntime();
            System.out.printf(
                    Locale.ROOT,
                    "%,d requests in %.2f s: %,.0f requests/s, %,.0f output tokens/s; use %.2f, TTFT p99 %.3f s, TPOT"
                            + " p99 %.4f s, attained %.3f, preempted %d, heap %.0f MB%n",
                    result.requests().completed(),
                    seconds,
                    result.requests().completed() / seconds,
                    result.outputTokens() / seconds,
                    result.byPool().getFirst().utilisation(),
                    result.timeToFirstTokenSeconds().p99(),
                    result.timePerOutputTokenSeconds().p99(),
                    result.sloAttainment(),
                    result.byPool().getFirst().preemptions(),
                    (runtime.totalMemory() - runtime.freeMemory()) / 1e6);
        }
    }
}
