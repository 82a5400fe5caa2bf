package io.ampacity.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.ampacity.emulator.Account;
import io.ampacity.emulator.Emulator;
import io.ampacity.emulator.EmulatorSettings;
import io.ampacity.emulator.Fault;
import io.ampacity.emulator.Pace;
import io.ampacity.gateway.metering.AttemptRecord;
import io.ampacity.gateway.metering.Outcome;
import io.ampacity.gateway.protocol.Prefill;
import io.ampacity.gateway.settings.UpstreamSettings;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Faults on the way there, by the client, and of the kind that looks like success. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
final class FartherFaultsTest {

    @BeforeAll
    static void warm() {
        Bench.warm();
    }

    private static void eventually(String what, BooleanSupplier holds) throws InterruptedException {
        long until = System.nanoTime() + 5_000_000_000L;
        while (!holds.getAsBoolean()) {
            assertThat(System.nanoTime()).as("in time: " + what).isLessThan(until);
            Thread.sleep(10);
        }
    }

    /** A gateway before one server that is broken on the way and one that works. */
    private static List<Outcome> outcomesWith(UpstreamSettings broken) {
        try (Bench bench = Bench.of(1)) {
            UpstreamSettings good = UpstreamSettings.plain(
                    "good", "127.0.0.1", bench.upstream(0).port());
            try (Gateway gateway = bench.start(Bench.settings(Bench.fleet(List.of(broken, good))))) {
                Talk talk = Talk.with(gateway.port(), "/v1/chat/completions", Bench.stream());
                assertThat(talk.saysWhole()).isTrue();
                return bench.record().attempts().stream()
                        .map(AttemptRecord::outcome)
                        .toList();
            }
        }
    }

    @Test
    void aNameThatIsUnknownIsReplaced() {
        assertThat(outcomesWith(UpstreamSettings.plain("broken", "no-such-host.invalid", 80)))
                .containsExactly(Outcome.NAME_UNKNOWN, Outcome.COMPLETED);
    }

    @Test
    void nothingIsSentToTheLinkWhereCloudsKeepCredentials() {
        assertThat(outcomesWith(UpstreamSettings.plain("broken", "169.254.169.254", 80)))
                .containsExactly(Outcome.NAME_UNKNOWN, Outcome.COMPLETED);
    }

    @Test
    void aPortWhereNobodyListensIsReplaced() throws IOException {
        int port;
        try (ServerSocket free = new ServerSocket(0)) {
            port = free.getLocalPort();
        }
        assertThat(outcomesWith(UpstreamSettings.plain("broken", "127.0.0.1", port)))
                .containsExactly(Outcome.CONNECT_FAILED, Outcome.COMPLETED);
    }

    @Test
    void aServerThatSpeaksNoTlsIsReplaced() {
        try (Emulator plain = Emulator.start(EmulatorSettings.usual())) {
            assertThat(outcomesWith(UpstreamSettings.plain("broken", "127.0.0.1", plain.port())
                            .withTls(true, null)))
                    .containsExactly(Outcome.TLS_FAILED, Outcome.COMPLETED);
        }
    }

    @Test
    void aSocketThatIsHalfOpenIsReplaced() throws IOException {
        // Connections wait in the backlog of a process that never takes them.
        try (ServerSocket asleep = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            assertThat(outcomesWith(UpstreamSettings.plain("broken", "127.0.0.1", asleep.getLocalPort())))
                    .containsExactly(Outcome.HEAD_LATE, Outcome.COMPLETED);
        }
    }

    @Test
    void aClientThatLeavesBeforeTheFirstTokenStopsTheUpstream() throws Exception {
        assertStops(new Fault.LateFirstToken(30), 0);
    }

    @Test
    void aClientThatLeavesBeforeTheHeadStopsTheUpstream() throws Exception {
        assertStops(new Fault.Silence(), 0);
    }

    @Test
    void aClientThatLeavesAmidTheAnswerStopsTheUpstream() throws Exception {
        assertStops(new Fault.Stall(20, 30), 20);
    }

    @Test
    void aClientThatLeavesBeforeAWholeAnswerStopsTheUpstream() throws Exception {
        try (Bench bench = Bench.of(
                1,
                emulator -> emulator.withPace(new Pace.Fixed(30, 0)),
                UnaryOperator.identity(),
                UnaryOperator.identity())) {
            try (Socket socket = Talk.open(bench.gateway.port())) {
                socket.getOutputStream().write(Talk.request("/v1/chat/completions", Bench.chat("")));
                eventually("it is asked", () -> bench.upstream(0).account().running() == 1);
            }
            eventually("it stops", () -> bench.upstream(0).account().running() == 0);
            eventually("it is recorded", () -> bench.records.size() == 1);
            assertThat(bench.record().outcome()).isEqualTo(Outcome.ABORTED);
        }
    }

    private static void readEvents(InputStream in, int count) throws IOException {
        int seen = 0;
        int newLines = 0;
        while (seen < count) {
            int next = in.read();
            assertThat(next).isNotNegative();
            newLines = next == '\n' ? newLines + 1 : next == '\r' ? newLines : 0;
            if (newLines == 2) {
                seen++;
            }
        }
    }

    private static void assertStops(Fault fault, int tokensFirst) throws Exception {
        try (Bench bench = Bench.of(2)) {
            bench.upstream(0).faults().always(fault);
            try (Socket socket = Talk.open(bench.gateway.port())) {
                socket.getOutputStream().write(Talk.request("/v1/chat/completions", Bench.stream()));
                eventually("it is asked", () -> bench.upstream(0).account().running() == 1);
                if (tokensFirst > 0) {
                    // An event tells the role before those that tell tokens.
                    readEvents(socket.getInputStream(), tokensFirst + 1);
                }
            }
            eventually("it stops", () -> bench.upstream(0).account().running() == 0);
            eventually("it is recorded", () -> bench.records.size() == 1);
            assertThat(bench.record().outcome()).isEqualTo(Outcome.ABORTED);
            if (tokensFirst > 0) {
                assertThat(bench.record().attempts().getFirst().use().outputTokens())
                        .isEqualTo(
                                bench.upstream(0).account().entries().getFirst().outputTokens());
            }
            assertThat(bench.upstream(1).account().requests()).isZero();
        }
    }

    @Test
    void anErrorAmidTheAnswerIsMended() {
        try (Bench bench = Bench.of(2)) {
            bench.upstream(0).faults().always(new Fault.ErrorEvent(30));
            Talk talk = bench.ask(Bench.stream());
            assertThat(talk.saysWhole()).isTrue();
            assertThat(talk.saysError()).isFalse();
            assertThat(talk.words().strip().split(" ")).hasSize(64);
        }
    }

    @Test
    void anErrorAmidTheAnswerIsToldWhenNobodyGoesOn() {
        try (Bench bench = Bench.of(
                1,
                UnaryOperator.identity(),
                upstream -> upstream.withPrefill(Prefill.NONE),
                UnaryOperator.identity())) {
            bench.upstream(0).faults().always(new Fault.ErrorEvent(30));
            Talk talk = bench.ask(Bench.stream());
            assertThat(talk.saysWhole()).isFalse();
            assertThat(talk.saysError()).isTrue();
        }
    }

    @Test
    void aClientThatSendsItsHeadDropByDropIsLetGo() throws Exception {
        try (Bench bench = Bench.of(1);
                Socket socket = Talk.open(bench.gateway.port())) {
            long began = System.nanoTime();
            Talk answer = null;
            socket.getOutputStream()
                    .write("POST /v1/chat/completions HTTP/1.1\r\n".getBytes(StandardCharsets.US_ASCII));
            socket.setSoTimeout(100);
            while (answer == null && System.nanoTime() - began < 5_000_000_000L) {
                try {
                    socket.getOutputStream().write("x".getBytes(StandardCharsets.US_ASCII));
                    answer = Talk.read(socket.getInputStream());
                } catch (java.net.SocketTimeoutException nothingYet) {
                    // The next drop, then.
                }
            }
            assertThat(answer).isNotNull().extracting(Talk::status).isEqualTo(408);
            assertThat((System.nanoTime() - began) / 1e9).isBetween(0.4, 3.0);
        }
    }

    @Test
    void aClientThatSendsItsBodyDropByDropIsLetGo() throws Exception {
        try (Bench bench = Bench.of(1);
                Socket socket = Talk.open(bench.gateway.port())) {
            byte[] request = Talk.request("/v1/chat/completions", Bench.stream());
            socket.getOutputStream().write(request, 0, request.length - 20);
            assertThat(Talk.read(socket.getInputStream()).status()).isEqualTo(408);
            assertThat(bench.upstream(0).account().requests()).isZero();
        }
    }

    @Test
    void aFallbackThatTheRulesForbidIsNeverAsked() {
        try (Bench bench = Bench.of(2)) {
            List<UpstreamSettings> servers = List.of(
                    UpstreamSettings.plain(
                                    "allowed", "127.0.0.1", bench.upstream(0).port())
                            .withPlace("friend", "DE"),
                    UpstreamSettings.plain(
                                    "forbidden", "127.0.0.1", bench.upstream(1).port())
                            .withPlace("stranger", "US"));
            try (Gateway gateway = bench.start(Bench.settings(Bench.fleet(servers)))) {
                bench.upstream(0)
                        .faults()
                        .next(
                                new Fault.Cut(20),
                                new Fault.Status(500, -1),
                                new Fault.Reset(),
                                new Fault.Status(429, 60));
                for (int i = 0; i < 4; i++) {
                    Talk talk = Talk.with(
                            gateway.port(),
                            "/v1/chat/completions",
                            Bench.stream(),
                            "x-ampacity-data-class",
                            "personal");
                    assertThat(talk.saysWhole() || talk.saysError() || talk.status() != 200)
                            .isTrue();
                }
                assertThat(bench.upstream(1).account().requests()).isZero();
                assertThat(Talk.with(
                                        gateway.port(),
                                        "/v1/chat/completions",
                                        Bench.stream(),
                                        "x-ampacity-data-class",
                                        "unheard-of")
                                .status())
                        .isEqualTo(400);
            }
            try (Gateway gateway = bench.start(Bench.settings(Bench.fleet(servers.subList(1, 2))))) {
                Talk talk = Talk.with(
                        gateway.port(), "/v1/chat/completions", Bench.stream(), "x-ampacity-data-class", "personal");
                assertThat(talk.status()).isEqualTo(403);
                assertThat(talk.body()).contains("no sub-processor");
                assertThat(bench.upstream(1).account().requests()).isZero();
            }
        }
    }

    @Test
    void usageThatCannotBeTrueIsMarked() {
        try (Bench bench = Bench.of(1)) {
            bench.upstream(0).faults().always(new Fault.LyingUsage(100));
            assertThat(bench.ask(Bench.stream()).saysWhole()).isTrue();
            assertThat(bench.ask(Bench.chat("")).status()).isEqualTo(200);
            assertThat(bench.records)
                    .allSatisfy(record -> assertThat(
                                    record.attempts().getFirst().use().doubtful())
                            .isTrue());
            assertThat(bench.gateway.metrics().prometheus()).contains("ampacity_doubtful_usage_total");
        }
    }

    @Test
    void anEventOfAMegabytePasses() {
        try (Bench bench = Bench.of(1)) {
            bench.upstream(0).faults().always(new Fault.BigEvent(1 << 20));
            Talk talk = bench.ask(Bench.stream());
            assertThat(talk.saysWhole()).isTrue();
            assertThat(talk.words().length()).isGreaterThan(1 << 20);
        }
    }

    @Test
    void anEventThatIsLargerThanTheLimitIsRefused() {
        try (Bench bench = Bench.of(1)) {
            bench.upstream(0).faults().always(new Fault.BigEvent(5 << 20));
            Talk talk = bench.ask(Bench.stream());
            assertThat(talk.status()).isEqualTo(502);
            assertThat(bench.record().outcome()).isEqualTo(Outcome.TOO_LARGE);
        }
    }

    @Test
    void eventsThatComeByteByBytePassWhole() {
        try (Bench bench = Bench.of(1)) {
            String expected = bench.ask(Bench.stream()).words();
            bench.upstream(0).faults().always(new Fault.ByteByByte());
            Talk talk = bench.ask(Bench.stream());
            assertThat(talk.saysWhole()).isTrue();
            assertThat(talk.words()).isEqualTo(expected);
        }
    }

    @Test
    void wholeAnswersSurviveWhatStreamsDo() {
        for (Fault fault : List.of(
                new Fault.Status(429, 30),
                new Fault.Status(500, -1),
                new Fault.Status(503, -1),
                new Fault.Reset(),
                new Fault.Cut(40),
                new Fault.Malformed(0))) {
            try (Bench bench = Bench.of(2)) {
                bench.upstream(0).faults().always(fault);
                Talk talk = bench.ask(Bench.chat(""));
                assertThat(talk.status()).as(fault.toString()).isEqualTo(200);
                assertThat(talk.json().path("usage").path("completion_tokens").asInt())
                        .as(fault.toString())
                        .isEqualTo(64);
                assertThat(bench.upstream(1).account().entries())
                        .extracting(Account.Entry::end)
                        .containsExactly(Account.End.COMPLETED);
            }
        }
    }

    @Test
    void aKeptConnectionThatClosedIsNoFault() throws Exception {
        try (Bench bench = Bench.of(1)) {
            int port = bench.upstream(0).port();
            assertThat(bench.ask(Bench.chat("")).status()).isEqualTo(200);
            bench.upstreams.removeFirst().close();
            Emulator again = null;
            for (int i = 0; i < 50 && again == null; i++) {
                try {
                    again = Emulator.start(EmulatorSettings.usual().withPort(port));
                } catch (RuntimeException stillTaken) {
                    Thread.sleep(100);
                }
            }
            assertThat(again).isNotNull();
            bench.upstreams.add(again);
            assertThat(bench.ask(Bench.chat("")).status()).isEqualTo(200);
        }
    }
}
