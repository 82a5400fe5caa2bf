package io.ampacity.cli;

import io.ampacity.traces.RequestSource;
import io.ampacity.traces.reader.TraceFormat;
import io.ampacity.traces.reader.Traces;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The trace file that a command reads. */
final class RecordedTrace {

    @Parameters(index = "0", paramLabel = "FILE", description = "A trace.")
    @SuppressWarnings("NullAway.Init") // picocli refuses a line without it
    private Path file;

    @Option(
            names = "--trace-format",
            paramLabel = "NAME",
            description = "${COMPLETION-CANDIDATES} (default: found out).",
            order = 10)
    private @Nullable TraceFormat format;

    /** Opens it; the caller closes it. */
    RequestSource open() {
        return Traces.open(file, format);
    }

    /** Its name without folder and ending. */
    String name() {
        String name = String.valueOf(file.getFileName());
        int dot = name.indexOf('.', 1);
        return dot < 0 ? name : name.substring(0, dot);
    }

    Path file() {
        return file;
    }
}
