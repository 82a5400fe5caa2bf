package io.ampacity.cli;

import io.ampacity.traces.Limited;
import io.ampacity.traces.Repeated;
import io.ampacity.traces.RequestSource;
import io.ampacity.traces.Scaled;
import io.ampacity.traces.model.TraceModels;
import io.ampacity.traces.reader.TraceFormat;
import io.ampacity.traces.reader.Traces;
import java.nio.file.Files;
import java.nio.file.Path;
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
