package io.ampacity.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.ampacity.emulator.Fault;
import io.ampacity.emulator.Pace;
import io.ampacity.gateway.metering.Outcome;
import io.ampacity.gateway.metering.RequestRecord;
import io.ampacity.gateway.metering.Use;
import io.ampacity.gateway.settings.KeySettings;
import io.ampacity.gateway.settings.Limits;
import io.ampacity.gateway.settings.Secret;
import io.ampacity.gateway.settings.UpstreamSettings;
import java.io.InputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What the gateway does when nothing fails. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
final class ServingTest {

    @BeforeAll
    static void warm() {
        Bench.warm();
    }

    @Test
    void bytesPassAsTheyCame() {
        try (Bench bench = Bench.of(
                1,
                UnaryOperator.identity(),
                upstream -> upstream.withContinuousUsage(false),
                UnaryOperator.identity())) {
            int upstream = bench.upstream(0).port();
            String body = Bench.stream();
            String direct =
                    Talk.with(upstream, "/v1/chat/completions", body).body().replaceAll("chatcmpl-\\d+", "");
            assertThat(bench.ask(body).body().replaceAll("chatcmpl-\\d+", "")).isEqualTo(direct);
            String whole = Talk.with(upstream, "/v1/chat/completions", Bench.chat(""))
                    .body()
                    .replaceAll("chatcmpl-\\d+", "");
            assertThat(bench.ask(Bench.chat("")).body().replaceAll("chatcmpl-\\d+", ""))
                    .isEqualTo(whole);
        }
    }

    @Test
    void usageIsMeteredThoughTheClientDidNotAskForItAndDoesNotSeeIt() {
        try (Bench bench = Bench.of(1)) {
            Talk talk = bench.ask(Bench.chat(",\"stream\":true"));
            assertThat(talk.saysWhole()).isTrue();
            assertThat(talk.body()).doesNotContain("\"choices\":[],");
            Use use = bench.record().attempts().getFirst().use();
            assertThat(use.basis()).isEqualTo(Use.Basis.TOLD);
            assertThat(use.outputTokens()).isEqualTo(64);
            assertThat(use.costUsd()).isCloseTo((6 * 2 + 64 * 8) / 1e6, org.assertj.core.api.Assertions.within(1e-12));
        }
    }

    @Test
    void cachedAndReasoningTokensAreMetered() {
        try (Bench bench = Bench.of(1)) {
            String body =
                    "{\"model\":\"emulated\",\"reasoning_effort\":\"low\",\"messages\":[{\"role\":\"user\",\"content\":\""
                            + "many words ".repeat(100) + "\"}]}";
            bench.ask(body);
            Talk talk = bench.ask(body, "x-ampacity-usage", "1");
            Use use = bench.records.getLast().attempts().getFirst().use();
            assertThat(use.promptTokens()).isEqualTo(275);
            assertThat(use.cachedTokens()).isEqualTo(256);
            assertThat(use.reasoningTokens()).isEqualTo(8);
            assertThat(use.costUsd())
                    .isCloseTo((19 * 2 + 256 + 72 * 8) / 1e6, org.assertj.core.api.Assertions.within(1e-12));
            assertThat(talk.json()
                            .path("usage")
                            .path("ampacity")
                            .path("costUsd")
                            .asDouble())
                    .isEqualTo(use.costUsd());
            assertThat(talk.headers()).containsKey("x-ampacity-cost-usd").containsEntry("x-ampacity-supplier", "up0");
        }
    }

    @Test
    void everyProtocolPassesAndIsMetered() {
        try (Bench bench = Bench.of(1)) {
            int port = bench.gateway.port();
            String chat = Bench.chat(",\"max_tokens\":99,\"stream\":true");
            assertThat(Talk.with(port, "/v1/messages", chat).body()).contains("message_stop", "end_turn");
            assertThat(Talk.with(port, "/v1/messages", Bench.chat(",\"max_tokens\":99"))
                            .json()
                            .path("stop_reason")
                            .asString())
                    .isEqualTo("end_turn");
            assertThat(Talk.with(port, "/v1/responses", "{\"model\":\"emulated\",\"input\":\"hi\",\"stream\":true}")
                            .body())
                    .contains("response.completed");
            assertThat(Talk.with(port, "/v1/responses", "{\"model\":\"emulated\",\"input\":\"hi\"}")
                            .json()
                            .path("status")
                            .asString())
                    .isEqualTo("completed");
            assertThat(Talk.with(port, "/v1/completions", "{\"model\":\"emulated\",\"prompt\":\"hi\",\"stream\":true}")
                            .saysWhole())
                    .isTrue();
            assertThat(Talk.with(port, "/v1/embeddings", "{\"model\":\"emulated\",\"input\":[\"a\"]}")
                            .json()
                            .path("data")
                            .size())
                    .isEqualTo(1);
            assertThat(Talk.look(port, "/v1/models").body()).contains("\"id\":\"emulated\"");
            assertThat(bench.records).hasSize(6).allSatisfy(record -> {
                assertThat(record.outcome()).isEqualTo(Outcome.COMPLETED);
                assertThat(record.attempts().getFirst().use().promptTokens()).isPositive();
            });
            assertThat(bench.records.subList(0, 5))
                    .allSatisfy(record -> assertThat(
                                    record.attempts().getFirst().use().outputTokens())
                            .isEqualTo(64));
        }
    }

    @Test
    void messagesThatBreakAreNotTakenForWhole() {
        try (Bench bench = Bench.of(1)) {
            for (String path : List.of("/v1/messages", "/v1/responses")) {
                bench.upstream(0).faults().always(new Fault.Cut(20));
                String body = path.endsWith("messages")
                        ? Bench.chat(",\"max_tokens\":99,\"stream\":true")
                        : "{\"model\":\"emulated\",\"input\":\"hi\",\"stream\":true}";
                String seen = Talk.with(bench.gateway.port(), path, body).body();
                assertThat(seen).contains("event: error").doesNotContain("message_stop", "response.completed");
            }
        }
    }

    @Test
    void ourCredentialIsShownAndTheClientsIsNot() {
        try (Bench bench = Bench.of(
                1,
                emulator -> emulator.withKey("upstream-key"),
                upstream -> upstream.withCredential(new Secret("upstream-key")),
                UnaryOperator.identity())) {
            assertThat(bench.ask(Bench.chat(""), "authorization", "Bearer client-key")
                            .status())
                    .isEqualTo(200);
            assertThat(new Secret("upstream-key").toString()).doesNotContain("upstream-key");
        }
    }

    @Test
    void keysOpenWhatTheyMay() {
        KeySettings key = new KeySettings("team", Keys.hash("good"), Set.of(), null, 2.0, null, null);
        try (Bench bench = Bench.of(1, settings -> settings.withKeys(List.of(key)))) {
            assertThat(bench.ask(Bench.chat("")).status()).isEqualTo(401);
            assertThat(bench.ask(Bench.chat(""), "authorization", "Bearer bad").status())
                    .isEqualTo(401);
            for (int i = 0; i < 2; i++) {
                assertThat(bench.ask(Bench.chat(""), "authorization", "Bearer good")
                                .status())
                        .isEqualTo(200);
            }
            Talk limited = bench.ask(Bench.chat(""), "x-api-key", "good");
            assertThat(limited.status()).isEqualTo(429);
            assertThat(limited.headers()).containsKey("retry-after");
            assertThat(bench.records).extracting(RequestRecord::key).containsOnly("team");
        }
    }

    @Test
    void aReloadDropsNoStream() throws Exception {
        try (Bench bench = Bench.of(
                2,
                emulator -> emulator.withPace(new Pace.Fixed(0.05, 0.01)),
                UnaryOperator.identity(),
                settings -> settings.withLimits(Limits.STANDARD))) {
            CompletableFuture<Talk> open = CompletableFuture.supplyAsync(
                    () -> bench.ask(Bench.stream()), task -> Thread.ofVirtual().start(task));
            Thread.sleep(150);
            UpstreamSettings other = UpstreamSettings.plain(
                    "other", "127.0.0.1", bench.upstream(1).port());
            bench.gateway.reload(Bench.settings(Bench.fleet(List.of(other))));
            assertThat(bench.ask(Bench.stream()).headers()).containsEntry("x-ampacity-pool", "emulated@other");
            Talk first = open.get();
            assertThat(first.saysWhole()).isTrue();
            assertThat(first.headers()).containsEntry("x-ampacity-pool", "emulated@up0");
        }
    }

    @Test
    void aGatewayThatStopsLetsOpenRequestsEnd() throws Exception {
        Bench bench = Bench.of(
                1,
                emulator -> emulator.withPace(new Pace.Fixed(0.1, 0.01)),
                UnaryOperator.identity(),
                settings -> settings.withLimits(Limits.STANDARD));
        try (bench) {
            CompletableFuture<Talk> open = CompletableFuture.supplyAsync(
                    () -> bench.ask(Bench.stream()), task -> Thread.ofVirtual().start(task));
            Thread.sleep(300);
            bench.gateway.close();
            assertThat(open.get().saysWhole()).isTrue();
        }
    }

    @Test
    void requestsThatComeTogetherAreAnsweredInOrder() throws Exception {
        try (Bench bench = Bench.of(1);
                Socket socket = Talk.open(bench.gateway.port())) {
            byte[] first = Talk.request("/v1/chat/completions", Bench.chat(",\"max_tokens\":3"));
            byte[] second = Talk.request("/v1/chat/completions", Bench.chat(",\"max_tokens\":5"));
            byte[] both = java.util.Arrays.copyOf(first, first.length + second.length);
            System.arraycopy(second, 0, both, first.length, second.length);
            socket.getOutputStream().write(both);
            InputStream in = new java.io.BufferedInputStream(socket.getInputStream());
            assertThat(Talk.read(in)
                            .json()
                            .path("usage")
                            .path("completion_tokens")
                            .asInt())
                    .isEqualTo(3);
            assertThat(Talk.read(in)
                            .json()
                            .path("usage")
                            .path("completion_tokens")
                            .asInt())
                    .isEqualTo(5);
        }
    }

    @Test
    void aClientThatReadsSlowlyFillsNoMemory() throws Exception {
        try (Bench bench = Bench.of(
                        1,
                        emulator -> emulator.withOutputTokens(100_000),
                        upstream -> upstream.withContinuousUsage(false),
                        settings -> settings.withLimits(Limits.STANDARD));
                Socket socket = Talk.open(bench.gateway.port())) {
            socket.getOutputStream().write(Talk.request("/v1/chat/completions", Bench.stream()));
            Thread.sleep(500);
            Talk talk = Talk.read(socket.getInputStream());
            assertThat(talk.saysWhole()).isTrue();
            assertThat(talk.usage().path("completion_tokens").asInt()).isEqualTo(100_000);
        }
    }

    @Test
    void badHttpIsRefusedAndHarmsNobody() throws Exception {
        try (Bench bench = Bench.of(1)) {
            for (String junk : List.of(
                    "\r\n\r\n\u0000\u0001\u0002",
                    "GET / HTTP/9.9\r\n\r\n",
                    "POST /v1/chat/completions HTTP/1.1\r\ncontent-length: -5\r\n\r\n",
                    "POST /v1/chat/completions HTTP/1.1\r\ncontent-length: 99999999999\r\n\r\n",
                    "POST /v1/chat/completions HTTP/1.1\r\nx: " + "y".repeat(20_000) + "\r\n\r\n",
                    "POST /v1/chat/completions HTTP/1.1\r\ntransfer-encoding: chunked\r\n\r\nzz\r\n")) {
                try (Socket socket = Talk.open(bench.gateway.port())) {
                    socket.getOutputStream().write(junk.getBytes(StandardCharsets.ISO_8859_1));
                    int status = Talk.read(socket.getInputStream()).status();
                    assertThat(status)
                            .as(junk.substring(0, Math.min(40, junk.length())))
                            .isNotEqualTo(200);
                }
            }
            assertThat(bench.ask(Bench.chat("")).status()).isEqualTo(200);
            assertThat(bench.upstream(0).account().requests()).isEqualTo(1);
        }
    }

    @Test
    void operatorsSeeFiguresPoolsAndReasons() {
        try (Bench bench = Bench.of(2)) {
            bench.upstream(0).faults().next(new Fault.Status(503, -1));
            Talk talk = bench.ask(Bench.stream());
            int port = bench.gateway.adminPort();
            assertThat(Talk.look(port, "/readyz").status()).isEqualTo(503);
            bench.gateway.ready(true);
            assertThat(Talk.look(port, "/readyz").status()).isEqualTo(200);
            assertThat(Talk.look(port, "/metrics").body())
                    .contains("ampacity_attempts_total{pool=\"emulated@up0\",outcome=\"server-error\"} 1")
                    .contains("ampacity_tokens_total{pool=\"emulated@up1\",kind=\"output\"} 64")
                    .contains("ampacity_open_requests 0");
            assertThat(Talk.look(port, "/admin/pools").json().path("pools").size())
                    .isEqualTo(2);
            Talk why = Talk.look(port, "/admin/requests/" + talk.headers().get("x-ampacity-request-id"));
            assertThat(why.json().path("attempts").path(1).path("why").asString())
                    .isEqualTo("emulated@up0 failed: server-error");
        }
    }

    @Test
    void itWarms() {
        assertThat(Warmth.run(0.3)).isPositive();
    }
}
