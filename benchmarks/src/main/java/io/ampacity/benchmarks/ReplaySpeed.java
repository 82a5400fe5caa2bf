package io.ampacity.benchmarks;

import io.ampacity.physics.StepModel;
import io.ampacity.scenario.ServiceLevelObjective;
import io.ampacity.simulator.Simulation;
import io.ampacity.simulator.fleet.Fleet;
import io.ampacity.simulator.replica.EngineSettings;
import io.ampacity.simulator.report.SimulationResult;
import io.ampacity.traces.Limited;
import io.ampacity.traces.Repeated;
import io.ampacity.traces.RequestList;
import io.ampacity.traces.RequestSource;
import io.ampacity.traces.Scaled;
import io.ampacity.units.TimeSpan;
import java.io.IOException;
import java.util.Locale;

/**
 * Measures the replay of the conversation trace on one pool of eight replicas, all metrics on:
 * {@code ReplaySpeed STEP-MODEL SPEED REQUESTS ROUNDS [steps]}. With {@code steps} every step is an event of its own.
 */
public final class ReplaySpeed {

    private static final int REPLICAS = 8;

    private ReplaySpeed() {}

    public static void main(String[] arguments) throws IOException {
        if (arguments.length < 4) {
            throw new IllegalArgumentException(
                    "ReplaySpeed takes STEP-MODEL SPEED REQUESTS ROUNDS [steps]. Maybe llama-3.1-8b/h100-sxm/1 20 1e6 3");
        }
        StepModel model = Subjects.stepModel(arguments[0]);
        double speed = Double.parseDouble(arguments[1]);
        long requests = Math.round(Double.parseDouble(arguments[2]));
        int rounds = Integer.parseInt(arguments[3]);
        EngineSettings engine = EngineSettings.LARGE.withStepByStep(arguments.length > 4);
        RequestList trace = Subjects.conversation();
        double eventsPerRequest = eventsPerRequest(model, engine, trace, speed, Math.min(requests, 100_000));
        for (int round = 0; round < rounds; round++) {
            System.gc();
            Simulation simulation = Simulation.of(fleet(model, engine));
            RequestSource source = source(trace, requests, speed);
            ProcessMeter meter = new ProcessMeter();
            SimulationResult result = simulation.run(source);
            double seconds = meter.threadSeconds();
            double wall = meter.wallSeconds();
            long bytes = meter.allocatedBytes();
            long completed = result.requests().completed();
            System.out.printf(
                    Locale.ROOT,
                    "%s x%.0f%s: %,d requests, %.2f s thread, %.2f s wall; %,.0f requests/s, %,.0f tokens/s, %,.0f events/s"
                            + " (%.2f a request), %.0f ns a request, %.3f bytes allocated a request, peak RSS %.0f MB;"
                            + " use %.2f, preempted %d, TTFT p99 %.3f s, attained %.3f%n",
                    arguments[0],
                    speed,
                    engine.stepByStep() ? " step by step" : "",
                    completed,
                    seconds,
                    wall,
                    completed / seconds,
                    result.outputTokens() / seconds,
                    completed * eventsPerRequest / seconds,
                    eventsPerRequest,
                    seconds / completed * 1e9,
                    (double) bytes / completed,
                    ProcessMeter.peakResidentMegabytes(),
                    result.byPool().getFirst().utilisation(),
                    result.byPool().getFirst().preemptions(),
                    result.timeToFirstTokenSeconds().p99(),
                    result.sloAttainment());
        }
    }

    private static Fleet fleet(StepModel model, EngineSettings engine) {
        return Fleet.onePool(
                model, REPLICAS, engine, new ServiceLevelObjective(new TimeSpan(1), new TimeSpan(0.05), 0.95));
    }

    private static RequestSource source(RequestList trace, long requests, double speed) {
        long rounds = (requests + trace.size() - 1) / trace.size();
        return new Scaled(new Limited(new Repeated(trace.source(), rounds), requests, Double.POSITIVE_INFINITY), speed);
    }

    /** Arrivals, timers (one a request when it takes time to reach its replica) and runs of steps that end. */
    private static double eventsPerRequest(
            StepModel model, EngineSettings engine, RequestList trace, double speed, long requests) {
        CountingModel counting = new CountingModel(model);
        Simulation.of(fleet(counting, engine)).run(source(trace, requests, speed));
        return 1 + (model.arrivalOverheadSeconds() > 0 ? 1 : 0) + (double) counting.runs() / requests;
    }
}
