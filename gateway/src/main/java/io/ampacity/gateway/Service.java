package io.ampacity.gateway;

import io.ampacity.gateway.metering.Meter;
import io.ampacity.gateway.metering.Metrics;
import io.ampacity.gateway.metering.RequestRecord;
import io.ampacity.gateway.metering.TraceContext;
import io.ampacity.gateway.settings.GatewaySettings;
import io.ampacity.gateway.telemetry.Telemetry;
import io.ampacity.gateway.upstream.Connections;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.ssl.SslContext;
import org.jspecify.annotations.Nullable;

/**
 * What the requests of one time share. A reload makes a new one; requests that are open keep theirs.
 *
 * @param tls what new connections of clients are made safe with; null when they are plain
 * @param adminTls the same for new connections of operators
 * @param recent the last records, to look at
 * @param drills what is broken on purpose
 * @param shadows who is sent copies
 * @param telemetry who tells a collector; null for nobody
 */
record Service(
        GatewaySettings settings,
        @Nullable SslContext tls,
        @Nullable SslContext adminTls,
        Dispatcher dispatcher,
        Canaries canaries,
        Connections connections,
        Metrics metrics,
        RecentRequests recent,
        Drills drills,
        Meter meter,
        @Nullable Telemetry telemetry,
        Shadows shadows) {

    void record(RequestRecord request) {
        metrics.record(request);
        recent.record(request);
        canaries.record(request);
        meter.record(request);
        shadows.record(request);
        if (telemetry != null) {
            telemetry.record(request, settings.fleet());
        }
    }

    /** The same, but for who takes requests down. */
    Service writing(Meter other) {
        return new Service(
                settings,
                tls,
                adminTls,
                dispatcher,
                canaries,
                connections,
                metrics,
                recent,
                drills,
                other,
                telemetry,
                shadows);
    }

    /** Where a request that has arrived stands in a trace; null when nothing is traced. */
    @Nullable TraceContext trace(HttpHeaders headers) {
        return telemetry == null ? null : telemetry.begin(headers.get(TraceContext.HEADER));
    }
}
