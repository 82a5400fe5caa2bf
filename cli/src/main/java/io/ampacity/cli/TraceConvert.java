package io.ampacity.cli;

import io.ampacity.traces.RequestSource;
import io.ampacity.traces.conversion.TraceConverter;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code ampacity trace convert}: any trace as our CSV or Parquet. */
@Command(name = "convert", description = "Write a trace of any known format as CSV or Parquet.")
final class TraceConvert extends AbstractAction {

    @Mixin
    private RecordedTrace trace = new RecordedTrace();

    @Option(
            names = "--out",
            required = true,
            paramLabel = "FILE",
            description = "Where to: CSV, gzipped when it ends in .gz, or .parquet.",
            order = 20)
    @SuppressWarnings("NullAway.Init") // picocli refuses a line without it
    private Path out;

    @Override
    public Integer call() {
        long requests;
        try (RequestSource source = trace.open()) {
            requests = TraceConverter.convert(source, out);
        }
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("requests", requests);
        document.put("file", out.toString());
        output().result(document, "wrote " + requests + " requests to " + out);
        return ExitCode.FINE;
    }
}
