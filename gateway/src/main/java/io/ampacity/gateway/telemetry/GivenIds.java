package io.ampacity.gateway.telemetry;

import io.opentelemetry.sdk.trace.IdGenerator;

/** Ids that were given out before the span was made, since an upstream had to be told them. For one thread. */
final class GivenIds implements IdGenerator {

    private String trace = "";
    private String span = "";

    void next(String traceId, String spanId) {
        trace = traceId;
        span = spanId;
    }

    @Override
    public String generateSpanId() {
        return span;
    }

    @Override
    public String generateTraceId() {
        return trace;
    }
}
