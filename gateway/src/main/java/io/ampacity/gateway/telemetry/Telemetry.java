package io.ampacity.gateway.telemetry;

import io.ampacity.gateway.metering.RequestRecord;
import io.ampacity.gateway.metering.TraceContext;
import io.ampacity.gateway.settings.Fleet;
import io.ampacity.gateway.settings.Secret;
import io.ampacity.gateway.settings.TelemetrySettings;
import io.ampacity.gateway.settings.UpstreamSettings;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.exporter.otlp.http.metrics.OtlpHttpMetricExporter;
import io.opentelemetry.exporter.otlp.http.metrics.OtlpHttpMetricExporterBuilder;
import io.opentelemetry.exporter.otlp.http.trace.OtlpHttpSpanExporter;
import io.opentelemetry.exporter.otlp.http.trace.OtlpHttpSpanExporterBuilder;
import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.metrics.SdkMeterProvider;
import io.opentelemetry.sdk.metrics.export.PeriodicMetricReader;
import io.opentelemetry.sdk.resources.Resource;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.export.BatchSpanProcessor;
import io.opentelemetry.sdk.trace.samplers.Sampler;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Tells a collector of every request. Thread-safe; whoever hands a record over never waits. */
public final class Telemetry implements AutoCloseable {

    private static final int MOST_WAITING = 1 << 15;
    private static final int MOST_AT_ONCE = 512;
    private static final int MOST_SPANS = 1 << 14;
    private static final Duration SPAN_PACE = Duration.ofSeconds(1);
    private static final Duration LONGEST_EXPORT = Duration.ofSeconds(10);
    private static final long LONGEST_CLOSE_SECONDS = 5;
    private static final long REST_NANOS = 20_000_000;
    private static final long STEP = 0x9E3779B97F4A7C15L;
    private static final String SCOPE = "io.ampacity.gateway";

    /** Held, since a logger that nobody holds forgets what it was told; exports that fail are counted, and told once. */
    private static final Logger EXPORT_LOG = Logger.getLogger("io.opentelemetry");

    private final TelemetrySettings settings;
    private final SdkTracerProvider tracers;
    private final SdkMeterProvider meters;
    private final Spans spans;
    private final Measures measures;
    private final ArrayBlockingQueue<Told> waiting = new ArrayBlockingQueue<>(MOST_WAITING);
    private final AtomicLong ids = new AtomicLong(new SecureRandom().nextLong());
    private final LongAdder dropped = new LongAdder();
    private final Thread teller;
    private volatile boolean closed;
    private @Nullable Fleet known;
    private Map<String, UpstreamSettings> upstreams = Map.of();

    private record Told(RequestRecord request, Fleet fleet) {}

    @SuppressWarnings("ThreadPriorityCheck") // nothing waits for the teller; it gives way where threads have priorities
    private Telemetry(TelemetrySettings settings, String replica, FailedExports failures) {
        this.settings = settings;
        Resource resource = Resource.create(Attributes.of(
                AttributeKey.stringKey("service.name"),
                settings.service(),
                AttributeKey.stringKey("service.instance.id"),
                replica));
        OtlpHttpMetricExporterBuilder metricExporter = OtlpHttpMetricExporter.builder()
                .setEndpoint(settings.address() + "/v1/metrics")
                .setTimeout(LONGEST_EXPORT);
        OtlpHttpSpanExporterBuilder spanExporter = OtlpHttpSpanExporter.builder()
                .setEndpoint(settings.address() + "/v1/traces")
                .setCompression("gzip")
                .setTimeout(LONGEST_EXPORT);
        Secret credential = settings.credential();
        if (credential != null) {
            metricExporter.addHeader(settings.header(), credential.reveal());
            spanExporter.addHeader(settings.header(), credential.reveal());
        }
        meters = SdkMeterProvider.builder()
                .setResource(resource)
                .registerMetricReader(PeriodicMetricReader.builder(failures.watching(metricExporter.build()))
                        .setInterval(Duration.ofMillis((long) (settings.metricsSeconds() * 1e3)))
                        .build())
                .build();
        GivenIds given = new GivenIds();
        tracers = SdkTracerProvider.builder()
                .setResource(resource)
                .setIdGenerator(given)
                .setSampler(Sampler.alwaysOn())
                .addSpanProcessor(BatchSpanProcessor.builder(failures.watching(spanExporter.build()))
                        .setMaxQueueSize(MOST_SPANS)
                        .setMaxExportBatchSize(MOST_AT_ONCE)
                        .setScheduleDelay(SPAN_PACE)
                        .setExporterTimeout(LONGEST_EXPORT)
                        .setMeterProvider(meters)
                        .build())
                .build();
        spans = new Spans(tracers.get(SCOPE), given);
        measures = new Measures(meters.get(SCOPE));
        teller = Thread.ofPlatform()
                .name("telemetry")
                .priority(Thread.MIN_PRIORITY)
                .daemon()
                .start(this::tell);
    }

    /**
     * Begins to tell.
     *
     * @param failures hears of exports that came to nothing
     */
    public static Telemetry open(TelemetrySettings settings, String replica, FailedExports failures) {
        EXPORT_LOG.setLevel(Level.OFF);
        return new Telemetry(settings, replica, failures);
    }

    public TelemetrySettings settings() {
        return settings;
    }

    /** The place in a trace of a request whose client sent this header, or none. */
    public TraceContext begin(@Nullable String header) {
        return TraceContext.of(header, settings.traces(), settings.followClients(), this::bits);
    }

    /** Bits for an id, of a row that begins where no other process's does. */
    private long bits() {
        long mixed = ids.addAndGet(STEP);
        mixed = (mixed ^ (mixed >>> 30)) * 0xBF58476D1CE4E5B9L;
        mixed = (mixed ^ (mixed >>> 27)) * 0x94D049BB133111EBL;
        return mixed ^ (mixed >>> 31);
    }

    /** Hands over a request that has ended. */
    public void record(RequestRecord request, Fleet fleet) {
        if (!waiting.offer(new Told(request, fleet))) {
            dropped.increment();
        }
    }

    /** Requests that were left out since nobody could keep up. */
    public long dropped() {
        return dropped.sum();
    }

    private void tell() {
        List<Told> some = new ArrayList<>(MOST_AT_ONCE);
        // It looks now and then: to be woken for each record would cost an event loop more than all else here.
        while (!closed || !waiting.isEmpty()) {
            if (waiting.drainTo(some, MOST_AT_ONCE) == 0) {
                LockSupport.parkNanos(REST_NANOS);
            }
            some.forEach(this::tell);
            some.clear();
        }
    }

    private void tell(Told told) {
        Map<String, UpstreamSettings> byPool = upstreams(told.fleet());
        measures.take(told.request(), byPool);
        TraceContext trace = told.request().trace();
        if (trace != null && trace.sampled()) {
            spans.tell(told.request(), trace, byPool);
        }
    }

    @SuppressWarnings("ReferenceEquality") // after a reload there is another fleet, and that is the question
    private Map<String, UpstreamSettings> upstreams(Fleet fleet) {
        if (fleet != known) {
            Map<String, UpstreamSettings> byPool = new HashMap<>();
            for (int pool = 0; pool < fleet.targets().size(); pool++) {
                byPool.put(
                        fleet.table().pools().get(pool).id(),
                        fleet.targets().get(pool).upstream());
            }
            measures.forget();
            known = fleet;
            upstreams = byPool;
        }
        return upstreams;
    }

    /** Tells what waits, for a few seconds at most. */
    @Override
    public void close() {
        closed = true;
        LockSupport.unpark(teller);
        try {
            teller.join(Duration.ofSeconds(LONGEST_CLOSE_SECONDS));
        } catch (InterruptedException hurried) {
            Thread.currentThread().interrupt();
        }
        CompletableResultCode both = CompletableResultCode.ofAll(List.of(tracers.shutdown(), meters.shutdown()));
        both.join(LONGEST_CLOSE_SECONDS, TimeUnit.SECONDS);
    }
}
