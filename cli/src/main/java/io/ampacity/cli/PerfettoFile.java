package io.ampacity.cli;

import io.ampacity.simulator.FinishedRequest;
import io.ampacity.simulator.RunObserver;
import io.ampacity.simulator.replica.ReplicaGauges;
import io.ampacity.simulator.report.Part;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.json.JsonMapper;

/**
 * A run in the trace-event format that Perfetto and Chrome open: pools are processes, replicas are threads, runs of steps
 * are their slices, requests are nested asynchronous slices of the pool, and batch, queue, KV cache and power are
 * counters. Streamed; in its place by {@link #finish()}.
 *
 * <p>Times are microseconds, to the nanosecond. A run of steps is a complete event (ph X), a request a pair of nestable ones (b, e) with
 * one pair inside for each part of its time on the replica, a counter a C, a failure an instant (i), a name metadata
 * (M).
 */
final class PerfettoFile implements RunObserver, AutoCloseable {

    private static final double NANOS = 1e9;
    private static final double NANOS_PER_MICRO = 1e3;

    private final Draft draft;
    private final BufferedWriter out;
    private final JsonGenerator json;
    private final Set<String> failures = new HashSet<>();
    private final Map<String, Integer> processes = new LinkedHashMap<>();
    private final Map<Long, Double> busyUntil = new LinkedHashMap<>();

    PerfettoFile(Path place) throws IOException {
        draft = Draft.of(place);
        out = Files.newBufferedWriter(draft.file());
        json = JsonMapper.builder().build().createGenerator(out);
        json.writeStartObject();
        json.writeStringProperty("displayTimeUnit", "ms");
        json.writeArrayPropertyStart("traceEvents");
    }

    private int process(String pool) {
        Integer known = processes.get(pool);
        if (known != null) {
            return known;
        }
        int number = processes.size() + 1;
        processes.put(pool, number);
        name("process_name", number, 0, pool);
        return number;
    }

    private void thread(int process, int thread) {
        if (busyUntil.putIfAbsent(key(process, thread), 0.0) == null) {
            name("thread_name", process, thread, "replica " + (thread - 1));
        }
    }

    /** Viewers count in whole nanoseconds; rounding here keeps one slice from ending after the next begins. */
    private static long nanos(double seconds) {
        return Math.round(seconds * NANOS);
    }

    private static long key(int process, int thread) {
        return (long) process << 32 | thread;
    }

    private void name(String kind, int process, int thread, String name) {
        json.writeStartObject();
        json.writeStringProperty("name", kind);
        json.writeStringProperty("ph", "M");
        json.writeNumberProperty("pid", process);
        json.writeNumberProperty("tid", thread);
        json.writeObjectPropertyStart("args");
        json.writeStringProperty("name", name);
        json.writeEndObject();
        json.writeEndObject();
    }

    private void begin(String name, String phase, int process, int thread, double atSeconds) {
        json.writeStartObject();
        json.writeStringProperty("name", name);
        json.writeStringProperty("ph", phase);
        json.writeNumberProperty("pid", process);
        json.writeNumberProperty("tid", thread);
        json.writeNumberProperty("ts", nanos(atSeconds) / NANOS_PER_MICRO);
    }

    @Override
    public void ran(String pool, int number, ReplicaGauges replica, double from, double to, double joules) {
        int process = process(pool);
        int thread = number + 1;
        thread(process, thread);
        double before = busyUntil.getOrDefault(key(process, thread), 0.0);
        if (before < from) {
            counters(process, number, before, 0, 0, 0, 0);
        }
        int prefills = replica.prefillsInRun();
        int decodes = replica.running() - prefills;
        String name =
                prefills == 0 ? "decode × " + replica.stepsInRun() : decodes > 0 ? "prefill and decode" : "prefill";
        begin(name, "X", process, thread, from);
        json.writeNumberProperty("dur", (nanos(to) - nanos(from)) / NANOS_PER_MICRO);
        json.writeStringProperty("cat", "step");
        json.writeObjectPropertyStart("args");
        json.writeNumberProperty("steps", replica.stepsInRun());
        json.writeNumberProperty("prefills", prefills);
        json.writeNumberProperty("decodes", decodes);
        json.writeNumberProperty("joules", joules);
        json.writeEndObject();
        json.writeEndObject();
        double watts = to > from ? joules / (to - from) : 0;
        counters(process, number, from, replica.running(), replica.waiting(), replica.meanKvUse(), watts);
        busyUntil.put(key(process, thread), to);
    }

    private void counters(
            int process, int replica, double atSeconds, int running, int waiting, double kvUse, double watts) {
        counter("batch", process, replica, atSeconds, running);
        counter("queue", process, replica, atSeconds, waiting);
        counter("KV cache %", process, replica, atSeconds, 100 * kvUse);
        counter("power W", process, replica, atSeconds, watts);
    }

    private void counter(String name, int process, int replica, double atSeconds, double value) {
        begin("replica " + replica + " " + name, "C", process, 0, atSeconds);
        json.writeObjectPropertyStart("args");
        json.writeNumberProperty("value", value);
        json.writeEndObject();
        json.writeEndObject();
    }

    @Override
    public void completed(FinishedRequest request) {
        int process = process(request.pool());
        int thread = request.replica() + 1;
        thread(process, thread);
        String id = request.workload() + "/" + request.id();
        String name = "request " + request.id();
        double admitted = request.admittedSeconds();
        pair(name, id, process, thread, request.arrivalSeconds(), true, request);
        double queued = Math.max(0, request.seconds(Part.QUEUE));
        slice("queue", id, process, thread, admitted - queued, admitted);
        slice("prefill", id, process, thread, admitted, request.firstStepEndSeconds());
        slice("decode", id, process, thread, request.firstStepEndSeconds(), request.lastStepEndSeconds());
        pair(name, id, process, thread, request.lastTokenSeconds(), false, request);
    }

    private void slice(String name, String id, int process, int thread, double from, double to) {
        if (to > from) {
            asynchronous(name, id, process, thread, "b", from);
            json.writeEndObject();
            asynchronous(name, id, process, thread, "e", to);
            json.writeEndObject();
        }
    }

    private void pair(
            String name, String id, int process, int thread, double at, boolean begins, FinishedRequest request) {
        asynchronous(name, id, process, thread, begins ? "b" : "e", at);
        if (begins) {
            json.writeObjectPropertyStart("args");
            json.writeStringProperty("workload", request.workload());
            json.writeNumberProperty("promptTokens", request.promptTokens());
            json.writeNumberProperty("outputTokens", request.outputTokens());
            json.writeNumberProperty("attempts", request.attempts());
            json.writeNumberProperty("preemptedSeconds", Math.max(0, request.seconds(Part.PREEMPTED)));
            json.writeBooleanProperty("attained", request.attained());
            json.writeEndObject();
        }
        json.writeEndObject();
    }

    private void asynchronous(String name, String id, int process, int thread, String phase, double at) {
        begin(name, phase, process, thread, at);
        json.writeStringProperty("cat", "request");
        json.writeStringProperty("id", id);
    }

    @Override
    public void failure(double atSeconds, String name, boolean starts) {
        // Every part of the fleet that it touches tells it.
        if (!failures.add(name + " " + atSeconds + " " + starts)) {
            return;
        }
        begin(name + (starts ? " fails" : " ends"), "i", 0, 0, atSeconds);
        json.writeStringProperty("s", "g");
        json.writeEndObject();
    }

    void finish() throws IOException {
        busyUntil.forEach((key, until) -> counters((int) (key >>> 32), (int) (long) key - 1, until, 0, 0, 0, 0));
        json.writeEndArray();
        json.writeEndObject();
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
