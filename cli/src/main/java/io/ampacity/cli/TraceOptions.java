package io.ampacity.cli;

import io.ampacity.planner.proof.Proof;
import io.ampacity.planner.proof.ReplaySettings;
import io.ampacity.scenario.Plan;
import io.ampacity.scenario.Scenario;
import io.ampacity.scenario.Workload;
import io.ampacity.traces.Limited;
import io.ampacity.traces.Repeated;
import io.ampacity.traces.RequestSource;
import io.ampacity.traces.Scaled;
import io.ampacity.traces.Thinned;
import io.ampacity.traces.model.TraceModels;
import io.ampacity.traces.reader.TraceFormat;
import io.ampacity.traces.reader.Traces;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which requests are replayed, and how fast. */
final class TraceOptions {

    /** How long a built-in trace lasts unless said otherwise. */
    private static final double SYNTHETIC_SECONDS = 3600;

    @Option(
            names = "--trace",
            paramLabel = "FILE",
            description = "Requests to replay: a file, or a built-in model such as azure-conversation-2023.")
    @Nullable String trace;

    @Option(
            names = "--trace-format",
            paramLabel = "NAME",
            description = "azure, burstgpt, mooncake, servegen, requests or parquet (default: found out).")
    @Nullable TraceFormat format;

    @Option(
            names = "--speed",
            paramLabel = "X",
            defaultValue = "1",
            description = "Replay X times as fast: arrivals come X times as dense (default: ${DEFAULT-VALUE}).")
    double speed = 1;

    @Option(
            names = "--repeat",
            paramLabel = "N",
            defaultValue = "1",
            description = "Replay the trace N times in a row (default: ${DEFAULT-VALUE}).")
    long repeat = 1;

    @Option(names = "--limit", paramLabel = "N", description = "Stop after N requests (default: all).")
    @Nullable Long limit;

    /** Whether a trace was named. */
    boolean given() {
        return trace != null;
    }

    /**
     * The trace as the traffic of all serving workloads of a plan: each request goes to one of them, in proportion to the
     * rates that the plan expects.
     */
    Proof.Requests split(AbstractAction command, Scenario scenario, Plan plan, ReplaySettings settings, long seed) {
        int period = settings.period() == null ? Proof.busiest(scenario) : settings.period();
        Map<String, Double> until = new LinkedHashMap<>();
        double sum = 0;
        for (Workload workload : scenario.workloads()) {
            if (workload instanceof Workload.Serving serving
                    && plan.placement().stream()
                            .anyMatch(placed -> placed.workload().equals(serving.id()))) {
                sum += serving.traffic().peakRate(scenario.horizon(), period);
                until.put(serving.id(), sum);
            }
        }
        double all = sum;
        List<String> ids = List.copyOf(until.keySet());
        return (workload, rate, seconds) -> {
            int index = ids.indexOf(workload.id());
            double from = index == 0 ? 0 : until.getOrDefault(ids.get(index - 1), 0.0) / all;
            double to = index == ids.size() - 1 ? 1 : until.getOrDefault(workload.id(), all) / all;
            return new Thinned(open(command, seed), from, to, seed);
        };
    }

    /** How long what was asked for lasts; 0 when nobody knows before it is read. */
    double knownSeconds() {
        boolean builtIn = trace != null && TraceModels.names().contains(trace) && !Files.exists(Path.of(trace));
        return builtIn && limit == null ? SYNTHETIC_SECONDS * repeat / speed : 0;
    }

    /** How many requests were asked for at most; 0 when nobody said. */
    long knownRequests() {
        return limit == null ? 0 : limit;
    }

    /** When the last request of what was asked for arrives; reads it through. */
    double lastArrivalSeconds(AbstractAction command, long seed) {
        double last = 0;
        try (RequestSource source = open(command, seed)) {
            while (source.next()) {
                last = source.arrivalSeconds();
            }
        }
        return last;
    }

    /** Opens what was asked for; the caller closes it. */
    RequestSource open(AbstractAction command, long seed) {
        if (trace == null) {
            throw command.badInput("--trace is missing. Maybe --trace azure-conversation-2023, which is built in");
        }
        if (!(speed > 0) || Double.isInfinite(speed)) {
            throw command.badInput("--speed is " + speed + "; it must be above 0 and finite");
        }
        if (repeat < 1) {
            throw command.badInput("--repeat is " + repeat + "; it must be at least 1");
        }
        if (limit != null && limit < 1) {
            throw command.badInput("--limit is " + limit + "; it must be at least 1");
        }
        boolean builtIn = TraceModels.names().contains(trace) && !Files.exists(Path.of(trace));
        RequestSource source = builtIn
                ? TraceModels.builtIn(trace).synthesise(SYNTHETIC_SECONDS, seed)
                : Traces.open(Path.of(trace), format);
        if (repeat > 1) {
            source = new Repeated(source, repeat);
        }
        if (limit != null) {
            source = new Limited(source, limit, Double.POSITIVE_INFINITY);
        }
        return speed == 1 ? source : new Scaled(source, speed);
    }
}
