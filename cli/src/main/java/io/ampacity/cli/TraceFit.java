package io.ampacity.cli;

import io.ampacity.traces.RequestSource;
import io.ampacity.traces.model.TraceFitter;
import io.ampacity.traces.model.TraceModel;
import io.ampacity.traces.model.TraceModelWriter;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code ampacity trace fit}: a page of numbers that makes requests like those of a trace. */
@Command(
        name = "fit",
        description = "Fit a model to a trace: a page of numbers that requests like those can be made from.",
        footerHeading = "%nExample:%n",
        footer = "  ampacity trace fit requests.csv --name our-chat --as-of 2026-10 --out our-chat.yaml")
final class TraceFit extends AbstractAction {

    @Mixin
    private RecordedTrace trace = new RecordedTrace();

    @Option(
            names = "--name",
            paramLabel = "NAME",
            description = "Of the model (default: that of the file).",
            order = 20)
    private @Nullable String name;

    @Option(
            names = "--as-of",
            paramLabel = "DATE",
            defaultValue = "unknown",
            description = "When the trace was recorded.",
            order = 21)
    private String asOf = "unknown";

    @Option(names = "--out", paramLabel = "FILE", description = "Write the model there (YAML).", order = 22)
    private @Nullable Path out;

    @Override
    public Integer call() throws IOException {
        TraceModel model = fit();
        Path file = out;
        if (file != null) {
            WholeFile.write(file, TraceModelWriter.yaml(model));
            output().progress("ampacity: wrote " + file);
        }
        if (output().json()) {
            Map<String, Object> document = new LinkedHashMap<>(TraceModelWriter.tree(model));
            output().document(document);
        } else if (file == null) {
            output().text().print(TraceModelWriter.yaml(model));
        }
        return ExitCode.FINE;
    }

    private TraceModel fit() {
        String origin = String.valueOf(trace.file().getFileName());
        try (RequestSource source = trace.open()) {
            return TraceFitter.fit(source, name == null ? trace.name() : name, origin, asOf);
        } catch (IllegalArgumentException tooShort) {
            throw new BadInput(trace.file() + ": " + tooShort.getMessage(), null);
        }
    }
}
