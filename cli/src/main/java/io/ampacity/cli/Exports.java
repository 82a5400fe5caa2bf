package io.ampacity.cli;

import io.ampacity.simulator.FinishedRequest;
import io.ampacity.simulator.RunObserver;
import io.ampacity.simulator.replica.ReplicaGauges;
import io.ampacity.simulator.report.SimulationResult;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The files in which a replay is told beside its result. */
final class Exports {

    @Option(
            names = "--per-request",
            paramLabel = "FILE",
            description = "Write a row for every completed request: CSV, or Parquet by the name.")
    private @Nullable Path perRequest;

    @Option(
            names = "--events",
            paramLabel = "FILE",
            description = "Write what happens to each request as it happens, one JSON object a line.")
    private @Nullable Path events;

    @Option(
            names = "--perfetto",
            paramLabel = "FILE",
            description = "Write a trace for ui.perfetto.dev or chrome://tracing: steps, requests, counters.")
    private @Nullable Path perfetto;

    @Option(names = "--series", paramLabel = "FILE", description = "Write all series over time as CSV.")
    private @Nullable Path series;

    @Option(names = "--csv", paramLabel = "FILE", description = "Write every figure of the result as a row of CSV.")
    private @Nullable Path figures;

    /** Refuses places that cannot be written, before anybody waits. */
    void check() throws IOException {
        for (Path place : Stream.of(perRequest, events, perfetto, series, figures)
                .<Path>mapMulti((path, sink) -> {
                    if (path != null) {
                        sink.accept(path);
                    }
                })
                .toList()) {
            Draft.check(place);
        }
    }

    /** Runs with the files that are wanted, and puts them in their places when all went well. */
    <T> T recording(Function<@Nullable RunObserver, T> run, Function<T, SimulationResult> result) throws IOException {
        T done = watched(run);
        if (series != null) {
            WholeFile.write(series, SeriesText.of(result.apply(done)));
        }
        if (figures != null) {
            WholeFile.write(figures, FiguresText.of(JsonForm.MAPPER.valueToTree(result.apply(done))));
        }
        return done;
    }

    private <T> T watched(Function<@Nullable RunObserver, T> run) throws IOException {
        if (perRequest == null && events == null && perfetto == null) {
            return run.apply(null);
        }
        try (PerRequestFile rows = perRequest == null ? null : new PerRequestFile(perRequest);
                EventsFile log = events == null ? null : new EventsFile(events);
                PerfettoFile trace = perfetto == null ? null : new PerfettoFile(perfetto)) {
            List<RunObserver> all = new ArrayList<>();
            if (rows != null) {
                all.add(rows);
            }
            if (log != null) {
                all.add(log);
            }
            if (trace != null) {
                all.add(trace);
            }
            T done = run.apply(all.size() == 1 ? all.getFirst() : new Several(all));
            if (rows != null) {
                rows.finish();
            }
            if (log != null) {
                log.finish();
            }
            if (trace != null) {
                trace.finish();
            }
            return done;
        }
    }

    /** Tells several observers the same. */
    private record Several(List<RunObserver> all) implements RunObserver {
        @Override
        public void arrived(double atSeconds, String workload, long id, int promptTokens, int outputTokens) {
            all.forEach(one -> one.arrived(atSeconds, workload, id, promptTokens, outputTokens));
        }

        @Override
        public void sent(double atSeconds, String workload, long id, String pool, int replica, int attempt) {
            all.forEach(one -> one.sent(atSeconds, workload, id, pool, replica, attempt));
        }

        @Override
        public void failed(double atSeconds, String workload, long id, String pool) {
            all.forEach(one -> one.failed(atSeconds, workload, id, pool));
        }

        @Override
        public void rejected(double atSeconds, String workload, long id) {
            all.forEach(one -> one.rejected(atSeconds, workload, id));
        }

        @Override
        public void lost(double atSeconds, String workload, long id) {
            all.forEach(one -> one.lost(atSeconds, workload, id));
        }

        @Override
        public void completed(FinishedRequest request) {
            all.forEach(one -> one.completed(request));
        }

        @Override
        public void ran(String pool, int number, ReplicaGauges replica, double from, double to, double joules) {
            all.forEach(one -> one.ran(pool, number, replica, from, to, joules));
        }

        @Override
        public void failure(double atSeconds, String name, boolean starts) {
            all.forEach(one -> one.failure(atSeconds, name, starts));
        }
    }
}
