package io.ampacity.cli;

import io.ampacity.planner.proof.Proof;
import io.ampacity.scenario.Workload;
import io.ampacity.traces.Limited;
import io.ampacity.traces.Repeated;
import io.ampacity.traces.RequestSource;
import io.ampacity.traces.Scaled;
import io.ampacity.traces.description.TraceDescription;
import io.ampacity.traces.model.TraceModel;
import io.ampacity.traces.model.TraceModels;
import io.ampacity.traces.reader.Traces;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Requests of the workloads of a scenario: the trace a workload names, replayed at the wanted rate, or a synthetic one of
 * its stated traffic.
 */
final class WorkloadRequests implements Proof.Requests {

    private final Path folder;
    private final long seed;
    private final List<String> told = new ArrayList<>();

    /**
     * Requests for the workloads of a scenario.
     *
     * @param folder where trace files are looked for
     */
    WorkloadRequests(Path folder, long seed) {
        this.folder = folder;
        this.seed = seed;
    }

    @Override
    public RequestSource of(Workload.Serving workload, double requestsPerSecond, double seconds) {
        // Each workload has chance of its own, which does not depend on the others.
        long own = seed * 0x9E3779B97F4A7C15L + workload.id().hashCode();
        String trace = workload.traffic().trace();
        if (trace == null) {
            told.add(workload.id() + ": made from its stated traffic");
            return workload.traffic()
                    .traceModel(workload.id(), requestsPerSecond)
                    .synthesise(seconds, own);
        }
        told.add(workload.id() + ": " + trace);
        if (TraceModels.names().contains(trace)) {
            return busiestHour(TraceModels.builtIn(trace), requestsPerSecond).synthesise(seconds, own);
        }
        return recorded(folder.resolve(trace), requestsPerSecond, seconds);
    }

    /** The model without its ups and downs, since the wanted rate is already that of the busiest hour. */
    private static TraceModel busiestHour(TraceModel model, double requestsPerSecond) {
        TraceModel.Arrivals arrivals = model.arrivals();
        return new TraceModel(
                model.name(),
                model.source(),
                model.asOf(),
                new TraceModel.Arrivals(
                        requestsPerSecond,
                        arrivals.stepSeconds(),
                        List.of(1.0),
                        arrivals.gaps(),
                        arrivals.gapVariation(),
                        arrivals.batchSeconds()),
                model.lengths(),
                model.sessions());
    }

    /**
     * A recorded trace, sped up or slowed down until its busiest part, of sixty, has the wanted rate, and repeated for as
     * long as it takes: its ups and downs are part of what a plan must bear.
     */
    private static RequestSource recorded(Path file, double requestsPerSecond, double seconds) {
        RequestSource source = Traces.open(file);
        TraceDescription description = TraceDescription.of(source);
        source.rewind();
        double busiest = description.requestsPerSecond().stream()
                .mapToDouble(Double::doubleValue)
                .max()
                .orElse(0);
        if (!(busiest > 0) || !(description.spanSeconds() > 0)) {
            throw new BadInput(
                    file + " has " + description.requests() + " requests, too few to know their rate",
                    "name a trace with two requests or more at different times");
        }
        double speed = requestsPerSecond / busiest;
        long rounds = (long) Math.ceil(seconds * speed / description.spanSeconds()) + 1;
        return new Limited(new Scaled(new Repeated(source, rounds), speed), Long.MAX_VALUE, seconds);
    }

    /** What was replayed, in words. */
    String words() {
        return String.join("; ", told);
    }
}
