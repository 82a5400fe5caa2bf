package io.ampacity.gateway.telemetry;

import io.ampacity.gateway.metering.AttemptRecord;
import io.ampacity.gateway.metering.Outcome;
import io.ampacity.gateway.metering.RequestRecord;
import io.ampacity.gateway.metering.TraceContext;
import io.ampacity.gateway.metering.Use;
import io.ampacity.gateway.protocol.Endpoint;
import io.ampacity.gateway.settings.UpstreamSettings;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanBuilder;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.SpanId;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.TraceFlags;
import io.opentelemetry.api.trace.TraceState;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Context;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Makes the spans of a request out of its record. For one thread. */
final class Spans {

    private static final double NANOS = 1e9;
    private static final int CLIENT_FAULT = 400;
    private static final int SERVER_FAULT = 500;

    private final Tracer tracer;
    private final GivenIds ids;

    Spans(Tracer tracer, GivenIds ids) {
        this.tracer = tracer;
        this.ids = ids;
    }

    /** The request, and beneath it each attempt. */
    void tell(RequestRecord request, TraceContext trace, Map<String, UpstreamSettings> upstreams) {
        Endpoint endpoint = Endpoint.named(request.endpoint());
        String path = endpoint == null ? "" : endpoint.path();
        long began = TimeUnit.MILLISECONDS.toNanos(request.arrivedMillis());
        ids.next(trace.traceId(), SpanId.fromLong(trace.span()));
        SpanBuilder builder = tracer.spanBuilder("POST " + path)
                .setSpanKind(SpanKind.SERVER)
                .setStartTimestamp(began, TimeUnit.NANOSECONDS);
        if (trace.isContinued()) {
            builder.setParent(Context.root()
                    .with(Span.wrap(SpanContext.createFromRemoteParent(
                            trace.traceId(),
                            SpanId.fromLong(trace.parent()),
                            TraceFlags.getSampled(),
                            TraceState.getDefault()))));
        } else {
            builder.setNoParent();
        }
        Span span = builder.startSpan();
        span.setAttribute(Words.METHOD, "POST");
        span.setAttribute(Words.ROUTE, path);
        span.setAttribute(Words.OPERATION, Words.operation(request.endpoint()));
        span.setAttribute(Words.MODEL, request.model());
        span.setAttribute(Words.STREAM, request.stream());
        span.setAttribute(Words.REQUEST_ID, request.id());
        span.setAttribute(Words.OUTCOME, request.outcome().id());
        span.setAttribute(Words.RESCUED, request.rescued());
        span.setAttribute(Words.ATTEMPTS, (long) request.attempts().size());
        text(span, Words.KEY, request.key());
        text(span, Words.DATA_CLASS, request.dataClass());
        number(span, Words.COST, request.costUsd());
        count(span, Words.STATUS, request.status());
        if (request.outcome() != Outcome.COMPLETED) {
            span.setAttribute(Words.ERROR, request.outcome().id());
            // What the client did wrong is no failure of ours.
            if (request.status() >= SERVER_FAULT || request.status() < CLIENT_FAULT) {
                span.setStatus(StatusCode.ERROR, request.outcome().id());
            }
        }
        for (AttemptRecord attempt : request.attempts()) {
            tell(attempt, request, trace, upstreams.get(attempt.pool()), span, began);
        }
        span.end(began + nanos(request.seconds()), TimeUnit.NANOSECONDS);
    }

    private void tell(
            AttemptRecord attempt,
            RequestRecord request,
            TraceContext trace,
            @org.jspecify.annotations.Nullable UpstreamSettings upstream,
            Span parent,
            long arrived) {
        long began = arrived + nanos(attempt.beganSeconds());
        ids.next(trace.traceId(), SpanId.fromLong(trace.spanOf(attempt.beganSeconds())));
        String operation = Words.operation(request.endpoint());
        Span span = tracer.spanBuilder(operation + " " + attempt.model())
                .setSpanKind(SpanKind.CLIENT)
                .setParent(Context.root().with(parent))
                .setStartTimestamp(began, TimeUnit.NANOSECONDS)
                .startSpan();
        span.setAttribute(Words.OPERATION, operation);
        span.setAttribute(Words.MODEL, attempt.model());
        span.setAttribute(Words.STREAM, request.stream());
        span.setAttribute(Words.POOL, attempt.pool());
        span.setAttribute(Words.SUPPLIER, attempt.supplier());
        span.setAttribute(Words.SITE, attempt.site());
        span.setAttribute(Words.WHY, attempt.why());
        span.setAttribute(Words.OUTCOME, attempt.outcome().id());
        if (upstream != null) {
            span.setAttribute(Words.PROVIDER, Words.provider(upstream));
            span.setAttribute(Words.SERVER, upstream.host());
            span.setAttribute(Words.PORT, (long) upstream.port());
        }
        count(span, Words.STATUS, attempt.status());
        if (Double.isFinite(attempt.firstTokenSeconds())) {
            number(span, Words.FIRST_CHUNK, attempt.firstTokenSeconds() - attempt.beganSeconds());
            span.addEvent("first token", arrived + nanos(attempt.firstTokenSeconds()), TimeUnit.NANOSECONDS);
        }
        used(span, attempt.use());
        if (attempt.outcome() != Outcome.COMPLETED) {
            span.setAttribute(Words.ERROR, attempt.outcome().id());
            span.setStatus(StatusCode.ERROR, attempt.outcome().id());
        }
        span.end(began + nanos(attempt.seconds()), TimeUnit.NANOSECONDS);
    }

    private static void used(Span span, Use use) {
        span.setAttribute(Words.BASIS, use.basis().id());
        number(span, Words.COST, use.costUsd());
        number(span, Words.ENERGY, use.energyJoules());
        number(span, Words.CARBON, use.carbonGrams());
        if (Words.isKnown(use)) {
            known(span, Words.INPUT, use.promptTokens());
            known(span, Words.OUTPUT, use.outputTokens());
            known(span, Words.CACHED, use.cachedTokens());
            known(span, Words.CACHE_WRITTEN, use.cacheWriteTokens());
            known(span, Words.REASONING, use.reasoningTokens());
        }
    }

    private static void known(Span span, AttributeKey<Long> name, long tokens) {
        if (tokens >= 0) {
            span.setAttribute(name, tokens);
        }
    }

    private static void text(Span span, AttributeKey<String> name, String text) {
        if (!text.isEmpty()) {
            span.setAttribute(name, text);
        }
    }

    /** Unknown is not zero. */
    private static void number(Span span, AttributeKey<Double> name, double number) {
        if (Double.isFinite(number)) {
            span.setAttribute(name, number);
        }
    }

    private static void count(Span span, AttributeKey<Long> name, int status) {
        if (status > 0) {
            span.setAttribute(name, (long) status);
        }
    }

    private static long nanos(double seconds) {
        return Double.isFinite(seconds) ? (long) (seconds * NANOS) : 0;
    }
}
