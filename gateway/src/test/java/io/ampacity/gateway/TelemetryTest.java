package io.ampacity.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import io.ampacity.gateway.metering.RequestRecord;
import io.ampacity.gateway.metering.TraceContext;
import io.ampacity.gateway.settings.TelemetrySettings;
import io.ampacity.gateway.settings.UpstreamSettings;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.proto.metrics.v1.HistogramDataPoint;
import io.opentelemetry.proto.metrics.v1.Metric;
import io.opentelemetry.proto.trace.v1.Span;
import io.opentelemetry.proto.trace.v1.Status;
import io.opentelemetry.semconv.ErrorAttributes;
import io.opentelemetry.semconv.HttpAttributes;
import io.opentelemetry.semconv.ServerAttributes;
import io.opentelemetry.semconv.incubating.GenAiIncubatingAttributes;
import io.opentelemetry.semconv.incubating.GenAiIncubatingMetrics;
import java.lang.reflect.Field;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a collector of OpenTelemetry hears, and upstreams with it. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
final class TelemetryTest {

    private static final java.util.function.LongSupplier BITS = new java.util.SplittableRandom(7)::nextLong;
    private static final String TRACE = "0af7651916cd43dd8448eb211c80319c";
    private static final String CLIENT = "b7ad6b7169203331";
    private static final String ANSWER = """
            {"id":"c","object":"chat.completion","choices":[{"index":0,"message":{"role":"assistant","content":"one two"},\
            "finish_reason":"stop"}],"usage":{"prompt_tokens":7,"completion_tokens":2,"total_tokens":9,\
            "prompt_tokens_details":{"cached_tokens":3}}}""";

    private final List<RequestRecord> records = new CopyOnWriteArrayList<>();
    private final List<Throwable> faults = new CopyOnWriteArrayList<>();
    private final List<String> notices = new CopyOnWriteArrayList<>();

    @BeforeAll
    static void warm() {
        Bench.warm();
    }

    private Gateway gateway(
            @org.jspecify.annotations.Nullable TelemetrySettings telemetry, CannedUpstream... upstreams) {
        List<UpstreamSettings> servers = new java.util.ArrayList<>();
        for (CannedUpstream upstream : upstreams) {
            servers.add(UpstreamSettings.plain("up" + servers.size(), "127.0.0.1", upstream.port()));
        }
        Gateway gateway = Gateway.start(
                Bench.settings(Bench.fleet(servers)).but(draft -> draft.telemetry = telemetry),
                records::add,
                faults::add);
        gateway.notices(notices::add);
        return gateway;
    }

    private static Talk ask(Gateway gateway, String... headers) {
        return Talk.with(gateway.port(), "/v1/chat/completions", Bench.chat(""), headers);
    }

    private static String hex(ByteString id) {
        return HexFormat.of().formatHex(id.toByteArray());
    }

    private static Set<String> published(Class<?>... tables) throws IllegalAccessException {
        Set<String> names = new HashSet<>();
        for (Class<?> table : tables) {
            for (Field field : table.getFields()) {
                if (field.get(null) instanceof AttributeKey<?> key) {
                    names.add(key.getKey());
                }
            }
        }
        return names;
    }

    @Test
    void aRequestIsOneSpanWithOneBeneathItForEachAttempt() throws Exception {
        try (Collector collector = new Collector();
                CannedUpstream first = new CannedUpstream();
                CannedUpstream second = new CannedUpstream()) {
            first.answers(500, "{}");
            second.answers(200, ANSWER);
            try (Gateway gateway = gateway(TelemetrySettings.at(collector.address()), first, second)) {
                Talk talk = ask(
                        gateway, "traceparent", "00-" + TRACE + "-" + CLIENT + "-01", "tracestate", "vendor=opaque");
                assertThat(talk.status()).isEqualTo(200);
            }
            assertThat(collector.spans).hasSize(3);
            Span request = collector.spans.stream()
                    .filter(span -> span.getKind() == Span.SpanKind.SPAN_KIND_SERVER)
                    .findFirst()
                    .orElseThrow();
            assertThat(hex(request.getTraceId())).isEqualTo(TRACE);
            assertThat(hex(request.getParentSpanId())).isEqualTo(CLIENT);
            assertThat(request.getName()).isEqualTo("POST /v1/chat/completions");
            assertThat(request.getStatus().getCode()).isEqualTo(Status.StatusCode.STATUS_CODE_UNSET);
            assertThat(Collector.attributes(request.getAttributesList()))
                    .containsEntry("gen_ai.operation.name", "chat")
                    .containsEntry("gen_ai.request.model", "emulated")
                    .containsEntry("http.response.status_code", 200L)
                    .containsEntry("ampacity.attempts", 2L)
                    .containsEntry("ampacity.request.id", records.getFirst().id());
            List<Span> attempts = collector.spans.stream()
                    .filter(span -> span.getKind() == Span.SpanKind.SPAN_KIND_CLIENT)
                    .sorted(java.util.Comparator.comparingLong(Span::getStartTimeUnixNano))
                    .toList();
            assertThat(attempts)
                    .allSatisfy(span -> assertThat(span.getParentSpanId()).isEqualTo(request.getSpanId()));
            assertThat(Collector.attributes(attempts.getFirst().getAttributesList()))
                    .containsEntry("error.type", "server-error")
                    .containsEntry("http.response.status_code", 500L)
                    .doesNotContainKey("gen_ai.usage.output_tokens");
            assertThat(attempts.getFirst().getStatus().getCode()).isEqualTo(Status.StatusCode.STATUS_CODE_ERROR);
            assertThat(attempts.getLast().getName()).isEqualTo("chat emulated");
            assertThat(Collector.attributes(attempts.getLast().getAttributesList()))
                    .containsEntry("gen_ai.usage.input_tokens", 7L)
                    .containsEntry("gen_ai.usage.output_tokens", 2L)
                    .containsEntry("gen_ai.usage.cache_read.input_tokens", 3L)
                    .containsEntry("server.address", "127.0.0.1")
                    .containsEntry("server.port", (long) second.port())
                    .containsEntry("ampacity.pool", "emulated@up1")
                    .containsKey("ampacity.cost_usd")
                    .doesNotContainKey("ampacity.energy_joules");
            // What each upstream was told is the span that the collector was told.
            assertThat(first.asked.getFirst().headers())
                    .containsEntry(
                            "traceparent",
                            "00-" + TRACE + "-" + hex(attempts.getFirst().getSpanId()) + "-01")
                    .containsEntry("tracestate", "vendor=opaque");
            assertThat(second.asked.getFirst().headers())
                    .containsEntry(
                            "traceparent",
                            "00-" + TRACE + "-" + hex(attempts.getLast().getSpanId()) + "-01");
            assertThat(collector.resources.getFirst())
                    .containsEntry("service.name", "ampacity-gateway")
                    .containsEntry("service.instance.id", "gateway");
            assertThat(records.getFirst().line()).contains("\"trace\":\"" + TRACE + "\"");
            assertThat(faults).isEmpty();
        }
    }

    @Test
    @SuppressWarnings("deprecation") // the conventions for AI move to a list of their own, with the same names
    void everyNameIsOneThatTheConventionsPublishOrOurs() throws Exception {
        Set<String> published = published(
                GenAiIncubatingAttributes.class, HttpAttributes.class, ServerAttributes.class, ErrorAttributes.class);
        try (Collector collector = new Collector();
                CannedUpstream upstream = new CannedUpstream()) {
            upstream.answers(200, ANSWER);
            try (Gateway gateway =
                    gateway(TelemetrySettings.at(collector.address()).withTraces(1), upstream)) {
                ask(gateway);
                upstream.answers(400, "{}");
                ask(gateway);
            }
            for (Span span : collector.spans) {
                assertThat(Collector.attributes(span.getAttributesList()).keySet())
                        .allSatisfy(name -> assertThat(published.contains(name) || name.startsWith("ampacity."))
                                .as(name)
                                .isTrue());
            }
            assertThat(collector.spans).hasSize(4);
            assertThat(collector.metrics)
                    .extracting(Metric::getName)
                    .contains(
                            GenAiIncubatingMetrics.GEN_AI_CLIENT_OPERATION_DURATION_NAME,
                            GenAiIncubatingMetrics.GEN_AI_CLIENT_TOKEN_USAGE_NAME,
                            GenAiIncubatingMetrics.GEN_AI_SERVER_REQUEST_DURATION_NAME);
        }
    }

    @Test
    void metricsCountEveryRequestWhetherItIsTracedOrNot() throws Exception {
        try (Collector collector = new Collector();
                CannedUpstream upstream = new CannedUpstream()) {
            upstream.answers(200, ANSWER);
            try (Gateway gateway =
                    gateway(TelemetrySettings.at(collector.address()).withTraces(0), upstream)) {
                for (int i = 0; i < 20; i++) {
                    ask(gateway);
                }
            }
            assertThat(collector.spans).isEmpty();
            assertThat(upstream.asked)
                    .allSatisfy(asked ->
                            assertThat(asked.headers().get("traceparent")).endsWith("-00"));
            assertThat(points(collector, "gen_ai.server.request.duration")).isEqualTo(20);
            Metric tokens = last(collector, "gen_ai.client.token.usage");
            for (HistogramDataPoint point : tokens.getHistogram().getDataPointsList()) {
                boolean input = "input"
                        .equals(Collector.attributes(point.getAttributesList()).get("gen_ai.token.type"));
                assertThat(point.getSum()).isEqualTo(20 * (input ? 7.0 : 2.0));
            }
            assertThat(last(collector, "ampacity.cost")
                            .getSum()
                            .getDataPoints(0)
                            .getAsDouble())
                    .isCloseTo(20 * (4 * 2e-6 + 3 * 1e-6 + 2 * 8e-6), org.assertj.core.data.Offset.offset(1e-12));
        }
    }

    private static Metric last(Collector collector, String name) {
        return collector.metrics.stream()
                .filter(metric -> metric.getName().equals(name))
                .reduce((_, later) -> later)
                .orElseThrow(() -> new AssertionError(name + " was not told"));
    }

    private static long points(Collector collector, String name) {
        return last(collector, name).getHistogram().getDataPointsList().stream()
                .mapToLong(HistogramDataPoint::getCount)
                .sum();
    }

    @Test
    void aboutTheStatedShareIsTraced() {
        int sampled = 0;
        for (int i = 0; i < 20_000; i++) {
            sampled += TraceContext.of(null, 0.2, true, BITS).sampled() ? 1 : 0;
        }
        assertThat(sampled).isBetween(3_700, 4_300);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "00",
                "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331",
                "00-0AF7651916CD43DD8448EB211C80319C-b7ad6b7169203331-01",
                "00-00000000000000000000000000000000-b7ad6b7169203331-01",
                "00-0af7651916cd43dd8448eb211c80319c-0000000000000000-01",
                "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01-more",
                "ff-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
                "00_0af7651916cd43dd8448eb211c80319c_b7ad6b7169203331_01",
                "00-0af7651916cd43dd8448eb211c80319g-b7ad6b7169203331-01",
            })
    void aHeaderThatIsNoneBeginsATraceAnew(String header) {
        TraceContext trace = TraceContext.of(header, 1, true, BITS);
        assertThat(trace.isContinued()).isFalse();
        assertThat(trace.traceId()).isNotEqualTo(TRACE).hasSize(32);
        assertThat(TraceContext.of(trace.header(0.5), 0, true, BITS).traceId()).isEqualTo(trace.traceId());
    }

    @Test
    void aLaterVersionMaySayMore() {
        assertThat(TraceContext.of("01-" + TRACE + "-" + CLIENT + "-01-more", 0, true, BITS)
                        .sampled())
                .isTrue();
        assertThat(TraceContext.of("01-" + TRACE + "-" + CLIENT + "-00", 1, true, BITS)
                        .sampled())
                .isFalse();
    }

    @Test
    void clientsDecideOnlyWhereTheyMay() throws Exception {
        try (Collector collector = new Collector();
                CannedUpstream upstream = new CannedUpstream()) {
            upstream.answers(200, ANSWER);
            TelemetrySettings usual = TelemetrySettings.at(collector.address());
            TelemetrySettings alone = new TelemetrySettings(
                    usual.address(), usual.header(), null, usual.service(), 0, false, usual.metricsSeconds());
            try (Gateway gateway = gateway(alone, upstream)) {
                ask(gateway, "traceparent", "00-" + TRACE + "-" + CLIENT + "-01", "tracestate", "vendor=opaque");
            }
            assertThat(collector.spans).isEmpty();
            assertThat(upstream.asked.getFirst().headers()).doesNotContainKey("tracestate");
            assertThat(upstream.asked.getFirst().headers().get("traceparent")).doesNotContain(TRACE);
        }
    }

    @Test
    void withoutTelemetryAClientsTracePassesAsItCame() {
        try (CannedUpstream upstream = new CannedUpstream()) {
            upstream.answers(200, ANSWER);
            String header = "00-" + TRACE + "-" + CLIENT + "-01";
            try (Gateway gateway = gateway(null, upstream)) {
                ask(gateway, "traceparent", header);
            }
            assertThat(upstream.asked.getFirst().headers()).containsEntry("traceparent", header);
        }
    }

    @Test
    void aCollectorThatHangsOrRefusesHoldsNobodyUp() throws Exception {
        try (Collector collector = new Collector();
                CannedUpstream upstream = new CannedUpstream()) {
            upstream.answers(200, ANSWER);
            collector.hang(true);
            try (Gateway gateway =
                    gateway(TelemetrySettings.at(collector.address()).withTraces(1), upstream)) {
                for (int i = 0; i < 300; i++) {
                    assertThat(ask(gateway).status()).isEqualTo(200);
                }
                assertThat(records)
                        .allSatisfy(record -> assertThat(record.seconds()).isLessThan(1));
                collector.answers(403);
                collector.hang(false);
            }
            assertThat(notices).anySatisfy(told -> assertThat(told).contains("does not take"));
            assertThat(faults).isEmpty();
        }
    }

    @Test
    void theCredentialIsShownToTheCollectorAndToNobodyElse() throws Exception {
        try (Collector collector = new Collector();
                CannedUpstream upstream = new CannedUpstream()) {
            upstream.answers(200, ANSWER);
            TelemetrySettings usual = TelemetrySettings.at(collector.address());
            TelemetrySettings shown = new TelemetrySettings(
                    usual.address(),
                    "x-honey",
                    new io.ampacity.gateway.settings.Secret("sweet-7"),
                    usual.service(),
                    1,
                    true,
                    60);
            assertThat(shown.toString()).doesNotContain("sweet-7");
            try (Gateway gateway = gateway(shown, upstream)) {
                ask(gateway);
            }
            assertThat(collector.headers)
                    .isNotEmpty()
                    .allSatisfy(headers -> assertThat(headers).containsEntry("x-honey", "sweet-7"));
            assertThat(upstream.asked.getFirst().headers()).doesNotContainKey("x-honey");
        }
    }

    @Test
    void aReloadTakesTelemetryUpAndDropsIt() throws Exception {
        try (Collector collector = new Collector();
                CannedUpstream upstream = new CannedUpstream()) {
            upstream.answers(200, ANSWER);
            try (Gateway gateway = gateway(null, upstream)) {
                ask(gateway);
                TelemetrySettings all =
                        TelemetrySettings.at(collector.address()).withTraces(1);
                gateway.reload(gateway.settings().but(draft -> draft.telemetry = all));
                ask(gateway);
                gateway.reload(gateway.settings().but(draft -> draft.telemetry = null));
                ask(gateway);
                long until = System.nanoTime() + 10_000_000_000L;
                while (collector.spans.size() < 2 && System.nanoTime() < until) {
                    java.util.concurrent.locks.LockSupport.parkNanos(1_000_000);
                }
            }
            assertThat(collector.spans).hasSize(2);
            assertThat(Map.of("records", records.size())).containsEntry("records", 3);
        }
    }
}
