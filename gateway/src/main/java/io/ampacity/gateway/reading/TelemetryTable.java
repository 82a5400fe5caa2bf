package io.ampacity.gateway.reading;

import io.ampacity.documents.schema.Amount;
import io.ampacity.documents.schema.Attribute;
import io.ampacity.documents.schema.Section;
import io.ampacity.documents.schema.Text;
import io.ampacity.units.Dimension;

/** What a collector of OpenTelemetry is told. */
final class TelemetryTable {

    private static final int LONGEST_TEXT = 500;
    private static final double LONGEST_SECONDS = 3600;

    static final Attribute<String> ADDRESS = Attribute.of(
                    "address",
                    Text.upTo(LONGEST_TEXT),
                    "Of a collector that speaks OTLP over HTTP, without `/v1/traces`.")
            .mandatory()
            .example("http://127.0.0.1:4318");
    static final Attribute<String> HEADER = Attribute.of(
                    "header", Text.upTo(100), "Name of the header that shows the credential.")
            .orElse("authorization");
    static final Attribute<String> CREDENTIAL = Attribute.of(
                    "credential", Text.upTo(LONGEST_TEXT), "`env:NAME` or `file:PATH` of the header's value.")
            .whenAbsent("none")
            .example("env:OTLP_KEY");
    static final Attribute<String> SERVICE = Attribute.of(
                    "service", Text.upTo(200), "Name under which the gateway tells.")
            .orElse("ampacity-gateway");
    static final Attribute<Double> TRACES = Attribute.of(
                    "traces",
                    Amount.of(Dimension.FRACTION).atLeast(0).atMost(1),
                    "Share of requests that are traced; chosen by the trace's id, so every gateway chooses alike.")
            .orElse("10 %");
    static final Attribute<Boolean> FOLLOW = Common.flag(
            "follow-clients",
            "Whether a client's `traceparent` says if its request is traced, and the trace goes on. With `no`, a new"
                    + " trace begins here.",
            "yes");
    static final Attribute<Double> METRICS_EVERY = Attribute.of(
                    "metrics-every",
                    Amount.of(Dimension.TIME).positive().atMost(LONGEST_SECONDS),
                    "Time between two tellings of the metrics.")
            .orElse("60 s");

    static final Section SECTION = Section.of(
            "telemetry",
            "What a collector of OpenTelemetry is told: traces and metrics with the conventions for generative AI.",
            ADDRESS,
            HEADER,
            CREDENTIAL,
            SERVICE,
            TRACES,
            FOLLOW,
            METRICS_EVERY);

    private TelemetryTable() {}
}
