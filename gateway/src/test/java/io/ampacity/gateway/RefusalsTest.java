package io.ampacity.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.ampacity.gateway.metering.Metrics;
import io.ampacity.gateway.settings.KeySettings;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Who is turned away before there is a request is counted and told, without a word of what they sent. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
final class RefusalsTest {

    private static final String SECRET = "mark-of-a-secret";
    private static final String PATH = "/v1/chat/completions";

    private final List<String> lines = new CopyOnWriteArrayList<>();

    @BeforeAll
    static void warm() {
        Bench.warm();
    }

    private Bench bench() {
        KeySettings key = new KeySettings("team", Keys.hash("good"), Set.of(), null, 2.0, null, null);
        Bench bench = Bench.of(1, settings -> settings.withKeys(List.of(key)));
        bench.gateway.refusals(lines::add);
        return bench;
    }

    private static int raw(int port, String text) throws IOException {
        try (Socket socket = Talk.open(port)) {
            socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
            return Talk.read(socket.getInputStream()).status();
        }
    }

    /** The line of a reason, as soon as it is there. */
    private JsonNode told(String reason) {
        for (int i = 0; i < 400; i++) {
            for (String line : lines) {
                JsonNode read = JsonMapper.shared().readTree(line);
                if (read.path("reason").asString().equals(reason)) {
                    return read;
                }
            }
            LockSupport.parkNanos(5_000_000);
        }
        throw new AssertionError("nothing is told of " + reason + ": " + lines);
    }

    private void isTold(Bench bench, int status, String reason, String door) {
        JsonNode line = told(reason);
        assertThat(line.path("event").asString()).isEqualTo("refused");
        assertThat(line.path("status").asInt()).as(reason).isEqualTo(status);
        assertThat(line.path("door").asString()).isEqualTo(door);
        assertThat(line.path("peer").asString()).isEqualTo("127.0.0.1");
        assertThat(line.path("port").asInt()).isPositive();
        assertThat(line.path("at").asString()).matches("\\d{4}-\\d\\d-\\d\\dT.*Z");
        assertThat(bench.gateway.metrics().prometheus())
                .contains("ampacity_refusals_total{door=\"" + door + "\",reason=\"" + reason + "\",status=\"" + status
                        + "\"} ");
    }

    @Test
    void whatNeverBecomesARequestIsToldWithPeerAndReasonAndWithoutASecret() throws Exception {
        try (Bench bench = bench()) {
            int port = bench.gateway.port();
            String key = "x-api-key: good\r\n";
            assertThat(raw(port, "POST " + PATH + " HTTP/1.1\r\n" + key + "content-length: 99999999\r\n\r\n"))
                    .isEqualTo(413);
            isTold(bench, 413, "request_too_large", "clients");
            assertThat(raw(port, "POST " + PATH + " HTTP/1.1\r\nx: " + (SECRET + "y").repeat(2000) + "\r\n\r\n"))
                    .isEqualTo(431);
            isTold(bench, 431, "headers_too_large", "clients");
            assertThat(raw(port, "POST /" + SECRET.repeat(2000) + " HTTP/1.1\r\n\r\n"))
                    .isEqualTo(414);
            isTold(bench, 414, "uri_too_long", "clients");
            assertThat(raw(port, "POST " + PATH + " HTTP/1.1\r\n" + SECRET + "\u0001: x\r\n\r\n"))
                    .isEqualTo(400);
            isTold(bench, 400, "bad_http", "clients");
            assertThat(Talk.with(port, PATH, Bench.chat(""), "authorization", "Bearer " + SECRET)
                            .status())
                    .isEqualTo(401);
            isTold(bench, 401, "invalid_api_key", "clients");
            assertThat(Talk.with(port, "/" + SECRET, "{}").status()).isEqualTo(404);
            isTold(bench, 404, "not_found", "clients");
            assertThat(Talk.look(port, PATH + "?api_key=" + SECRET).status()).isEqualTo(405);
            isTold(bench, 405, "method_not_allowed", "clients");
            assertThat(Talk.with(port, PATH, "{" + SECRET, "x-api-key", "good").status())
                    .isEqualTo(400);
            isTold(bench, 400, "invalid_request", "clients");
            assertThat(told("invalid_request").path("key").asString()).isEqualTo("team");
            assertThat(Talk.with(port, PATH, "{\"model\":\"" + SECRET + "\"}", "x-api-key", "good")
                            .status())
                    .isEqualTo(404);
            isTold(bench, 404, "model_not_found", "clients");
            for (int i = 0; i < 3; i++) {
                Talk.with(port, PATH, Bench.chat(""), "x-api-key", "good");
            }
            isTold(bench, 429, "rate_limit_exceeded", "clients");
            assertThat(told("rate_limit_exceeded").path("key").asString()).isEqualTo("team");
            assertThat(raw(port, "POST " + PATH + " HTTP/1.1\r\ncontent-length: 5\r\n\r\n{"))
                    .isEqualTo(408);
            isTold(bench, 408, "request_timeout", "clients");
            assertThat(raw(bench.gateway.adminPort(), "GET /metrics HTTP/1.1\r\n" + SECRET + "\u0001: x\r\n\r\n"))
                    .isEqualTo(400);
            assertThat(lines).noneMatch(line -> line.contains(SECRET) || line.contains("good"));
            assertThat(bench.gateway.metrics().prometheus()).doesNotContain(SECRET);
            assertThat(bench.faults).isEmpty();
        }
    }

    @Test
    void whatIsServedAndWhatBecomesARequestIsNotToldHere() {
        try (Bench bench = bench()) {
            int port = bench.gateway.port();
            assertThat(Talk.with(port, PATH, Bench.chat(""), "x-api-key", "good")
                            .status())
                    .isEqualTo(200);
            assertThat(Talk.look(port, "/healthz").status()).isEqualTo(200);
            assertThat(Talk.look(port, "/readyz").status()).isEqualTo(503);
            assertThat(bench.gateway.metrics().prometheus()).doesNotContain("ampacity_refusals_total");
            assertThat(lines).isEmpty();
        }
    }

    @Test
    void ofAFloodAFewLinesAreToldAndAllAreCounted() throws Exception {
        Metrics metrics = new Metrics();
        Refusals refusals = new Refusals(metrics);
        refusals.tell(lines::add);
        InetSocketAddress peer = new InetSocketAddress(InetAddress.getByName("192.0.2.7"), 4242);
        for (int i = 0; i < 100_000; i++) {
            refusals.add(Refusals.Door.CLIENTS, peer, 400, "bad_http", "");
        }
        // A flood of one reason does not hide another.
        refusals.add(Refusals.Door.CLIENTS, peer, 401, "invalid_api_key", "");
        assertThat(told("invalid_api_key").path("peer").asString()).isEqualTo("192.0.2.7");
        assertThat(metrics.prometheus()).contains("reason=\"bad_http\",status=\"400\"} 100000\n");
        assertThat(lines).hasSizeBetween(11, 13);
        Thread.sleep(6100); // one more a tenth of a minute
        refusals.add(Refusals.Door.CLIENTS, peer, 400, "bad_http", "");
        for (int i = 0; i < 400 && lines.getLast().contains("\"untold\":0"); i++) {
            LockSupport.parkNanos(5_000_000);
        }
        assertThat(JsonMapper.shared().readTree(lines.getLast()).path("untold").asLong())
                .isBetween(99_985L, 99_991L);
    }
}
