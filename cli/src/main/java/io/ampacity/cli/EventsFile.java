package io.ampacity.cli;

import io.ampacity.simulator.FinishedRequest;
import io.ampacity.simulator.RunObserver;
import io.ampacity.simulator.report.Part;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.util.MinimalPrettyPrinter;
import tools.jackson.databind.json.JsonMapper;

/** Everything that happens to requests, one JSON object a line as it happens. In its place by {@link #finish()}. */
final class EventsFile implements RunObserver, AutoCloseable {

    private final Draft draft;
    private final BufferedWriter out;
    private final JsonGenerator json;
    private final Set<String> failures = new HashSet<>();

    EventsFile(Path place) throws IOException {
        draft = Draft.of(place);
        out = Files.newBufferedWriter(draft.file());
        json = JsonMapper.builder()
                .defaultPrettyPrinter(new MinimalPrettyPrinter("\n"))
                .build()
                .writerWithDefaultPrettyPrinter()
                .createGenerator(out);
    }

    private void begin(double atSeconds, String event) {
        json.writeStartObject();
        json.writeNumberProperty("atSeconds", atSeconds);
        json.writeStringProperty("event", event);
    }

    private void begin(double atSeconds, String event, String workload, long id) {
        begin(atSeconds, event);
        json.writeStringProperty("workload", workload);
        json.writeNumberProperty("id", id);
    }

    @Override
    public void arrived(double atSeconds, String workload, long id, int promptTokens, int outputTokens) {
        begin(atSeconds, "arrived", workload, id);
        json.writeNumberProperty("promptTokens", promptTokens);
        json.writeNumberProperty("outputTokens", outputTokens);
        json.writeEndObject();
    }

    @Override
    public void sent(double atSeconds, String workload, long id, String pool, int replica, int attempt) {
        begin(atSeconds, "sent", workload, id);
        json.writeStringProperty("pool", pool);
        json.writeNumberProperty("replica", replica);
        json.writeNumberProperty("attempt", attempt);
        json.writeEndObject();
    }

    @Override
    public void failed(double atSeconds, String workload, long id, String pool) {
        begin(atSeconds, "failed", workload, id);
        json.writeStringProperty("pool", pool);
        json.writeEndObject();
    }

    @Override
    public void rejected(double atSeconds, String workload, long id) {
        begin(atSeconds, "rejected", workload, id);
        json.writeEndObject();
    }

    @Override
    public void lost(double atSeconds, String workload, long id) {
        begin(atSeconds, "lost", workload, id);
        json.writeEndObject();
    }

    @Override
    public void completed(FinishedRequest request) {
        begin(request.lastStepEndSeconds(), "completed", request.workload(), request.id());
        json.writeStringProperty("pool", request.pool());
        json.writeNumberProperty("replica", request.replica());
        json.writeNumberProperty("firstTokenSeconds", request.firstTokenSeconds());
        json.writeNumberProperty("lastTokenSeconds", request.lastTokenSeconds());
        json.writeBooleanProperty("attained", request.attained());
        json.writeObjectPropertyStart("timeSpent");
        for (Part part : Part.values()) {
            json.writeNumberProperty(
                    part.name().toLowerCase(Locale.ROOT).replace('_', '-'), Math.max(0, request.seconds(part)));
        }
        json.writeEndObject();
        json.writeEndObject();
    }

    @Override
    public void failure(double atSeconds, String name, boolean starts) {
        // Every part of the fleet that it touches tells it.
        if (!failures.add(name + " " + atSeconds + " " + starts)) {
            return;
        }
        begin(atSeconds, starts ? "failure-starts" : "failure-ends");
        json.writeStringProperty("failure", name);
        json.writeEndObject();
    }

    void finish() throws IOException {
        json.flush();
        out.write('\n');
        json.close();
        out.close();
        draft.finish();
    }

    @Override
    public void close() throws IOException {
        try (draft) {
            out.close();
        }
    }
}
