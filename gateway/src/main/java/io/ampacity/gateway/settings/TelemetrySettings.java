package io.ampacity.gateway.settings;

import org.jspecify.annotations.Nullable;

/**
 * What a gateway tells a collector of OpenTelemetry, and where that is.
 *
 * @param address of OTLP over HTTP, without {@code /v1/traces}
 * @param header that carries the credential
 * @param credential null for none
 * @param service name under which it tells
 * @param traces share of requests that are traced when their clients do not say, in [0, 1]
 * @param followClients whether a request is traced when its client says so, and not when it says not
 * @param metricsSeconds time between two tellings of the metrics
 */
public record TelemetrySettings(
        String address,
        String header,
        @Nullable Secret credential,
        String service,
        double traces,
        boolean followClients,
        double metricsSeconds) {

    /** What is usual, at an address. */
    public static TelemetrySettings at(String address) {
        return new TelemetrySettings(address, "authorization", null, "ampacity-gateway", 0.1, true, 60);
    }

    /** The same with another share of traces. */
    public TelemetrySettings withTraces(double share) {
        return new TelemetrySettings(address, header, credential, service, share, followClients, metricsSeconds);
    }
}
