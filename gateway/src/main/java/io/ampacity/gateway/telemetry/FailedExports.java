package io.ampacity.gateway.telemetry;

import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.metrics.InstrumentType;
import io.opentelemetry.sdk.metrics.data.AggregationTemporality;
import io.opentelemetry.sdk.metrics.data.MetricData;
import io.opentelemetry.sdk.metrics.export.MetricExporter;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import java.util.Collection;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Notices exports that came to nothing: each is counted, and the first of a row is told, as is the one that mends it. */
public final class FailedExports {

    private final Runnable each;
    private final Consumer<String> notices;
    private final AtomicBoolean failing = new AtomicBoolean();

    /**
     * One that tells.
     *
     * @param each runs for each that fails
     * @param notices hears when a row of failures begins and when it ends
     */
    public FailedExports(Runnable each, Consumer<String> notices) {
        this.each = each;
        this.notices = notices;
    }

    private CompletableResultCode watched(CompletableResultCode result) {
        result.whenComplete(() -> {
            if (result.isSuccess()) {
                if (failing.compareAndSet(true, false)) {
                    notices.accept("the collector of telemetry takes what it is told again");
                }
                return;
            }
            each.run();
            if (failing.compareAndSet(false, true)) {
                @Nullable Throwable cause = result.getFailureThrowable();
                notices.accept("the collector of telemetry does not take what it is told"
                        + (cause == null ? "" : ": " + cause.getMessage())
                        + ". Requests go on without it");
            }
        });
        return result;
    }

    SpanExporter watching(SpanExporter exporter) {
        return new SpanExporter() {
            @Override
            public CompletableResultCode export(Collection<SpanData> spans) {
                return watched(exporter.export(spans));
            }

            @Override
            public CompletableResultCode flush() {
                return exporter.flush();
            }

            @Override
            public CompletableResultCode shutdown() {
                return exporter.shutdown();
            }
        };
    }

    MetricExporter watching(MetricExporter exporter) {
        return new MetricExporter() {
            @Override
            public CompletableResultCode export(Collection<MetricData> metrics) {
                return watched(exporter.export(metrics));
            }

            @Override
            public CompletableResultCode flush() {
                return exporter.flush();
            }

            @Override
            public CompletableResultCode shutdown() {
                return exporter.shutdown();
            }

            @Override
            public AggregationTemporality getAggregationTemporality(InstrumentType instrument) {
                return exporter.getAggregationTemporality(instrument);
            }
        };
    }
}
