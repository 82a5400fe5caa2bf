package io.ampacity.cli;

import io.ampacity.traces.Limited;
import io.ampacity.traces.RequestSource;
import io.ampacity.traces.conversion.TraceConverter;
import io.ampacity.traces.model.TraceModel;
import io.ampacity.traces.model.TraceModelReader;
import io.ampacity.traces.model.TraceModels;
import io.ampacity.units.RequestRate;
import io.ampacity.units.TimeSpan;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code ampacity trace synthesise}: makes requests from a model of a trace. */
@Command(
        name = "synthesise",
        aliases = "synthesize",
        description = "Make requests from a model of a trace.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  ampacity trace synthesise azure-conversation-2023 --duration '1 h' --out hour.csv",
            "  ampacity trace synthesise our-chat.yaml --duration '2 days' --rate '40 /s' --out busy.parquet"
        })
final class TraceSynthesise extends AbstractAction {

    @Parameters(
            paramLabel = "MODEL",
            description = "A model: a file of trace fit, or a built-in one such as azure-conversation-2023.")
    @SuppressWarnings("NullAway.Init") // picocli refuses a line without it
    private String model;

    @Option(
            names = "--duration",
            paramLabel = "TIME",
            defaultValue = "1 h",
            description = "How long the trace lasts (default: ${DEFAULT-VALUE}).",
            order = 1)
    private String duration = "1 h";

    @Option(
            names = "--rate",
            paramLabel = "RATE",
            description = "Mean rate, such as '40 /s' (default: that of the model).",
            order = 2)
    private @Nullable String rate;

    @Option(names = "--limit", paramLabel = "N", description = "Stop after N requests.", order = 3)
    private @Nullable Long limit;

    @Option(
            names = "--seed",
            paramLabel = "N",
            defaultValue = "1",
            description = "The same seed makes the same requests (default: ${DEFAULT-VALUE}).",
            order = 4)
    private long seed = 1;

    @Option(
            names = "--out",
            required = true,
            paramLabel = "FILE",
            description = "Where to: CSV, gzipped when it ends in .gz, or .parquet.",
            order = 5)
    @SuppressWarnings("NullAway.Init") // picocli refuses a line without it
    private Path out;

    @Override
    public Integer call() {
        TraceModel chosen = TraceModels.names().contains(model)
                ? TraceModels.builtIn(model)
                : TraceModelReader.read(Path.of(model));
        String wanted = rate;
        if (wanted != null) {
            chosen = chosen.withRate(
                    Numbers.positive("--rate", RequestRate.parse(wanted).amount()));
        }
        double seconds = Numbers.positive("--duration", TimeSpan.parse(duration).amount());
        long requests;
        try (RequestSource source = limited(chosen.synthesise(seconds, seed))) {
            requests = TraceConverter.convert(source, out);
        }
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("requests", requests);
        document.put("file", out.toString());
        output().result(document, "wrote " + requests + " requests to " + out);
        return ExitCode.FINE;
    }

    private RequestSource limited(RequestSource source) {
        Long most = limit;
        if (most == null) {
            return source;
        }
        if (most < 0) {
            throw new BadInput("--limit is " + most + ", which is below 0", "leave it away for all requests");
        }
        return new Limited(source, most, Double.POSITIVE_INFINITY);
    }
}
