package io.ampacity.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.ampacity.gateway.settings.GatewaySettings;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Strangers who are slow at the operators' port are cut off, and keep nobody out. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
final class SlowOperatorsTest {

    private static final int ROOM = 8;

    private static GatewaySettings narrow(GatewaySettings settings) {
        return settings.but(draft -> draft.adminConnections = ROOM);
    }

    @BeforeAll
    static void warm() {
        Bench.warm();
    }

    private static double secondsUntilClosed(Socket socket, boolean drip) throws IOException {
        long began = System.nanoTime();
        InputStream in = socket.getInputStream();
        socket.setSoTimeout(40);
        while (System.nanoTime() - began < 15e9) {
            try {
                if (in.read() < 0) {
                    break;
                }
            } catch (java.net.SocketTimeoutException _) {
                if (drip) {
                    socket.getOutputStream().write('x');
                }
            } catch (IOException reset) {
                break;
            }
        }
        return (System.nanoTime() - began) / 1e9;
    }

    @Test
    void aHeadThatDripsABodyThatNeverComesAndSilenceAreEachCutOffInTime() throws Exception {
        try (Bench bench = Bench.of(1, SlowOperatorsTest::narrow)) {
            for (String begin : List.of(
                    "",
                    "GET /metrics HTTP/1.1\r\nx-slow: ",
                    "POST /admin/reload HTTP/1.1\r\ncontent-length: 60000\r\n\r\n")) {
                try (Socket slow = Talk.open(bench.gateway.adminPort())) {
                    slow.getOutputStream().write(begin.getBytes(StandardCharsets.US_ASCII));
                    // A head may take half a second here.
                    assertThat(secondsUntilClosed(slow, !begin.isEmpty()))
                            .as(begin)
                            .isBetween(0.3, 5.0);
                }
            }
            assertThat(bench.gateway.metrics().prometheus())
                    .contains("ampacity_refusals_total{door=\"operators\",reason=\"request_timeout\",status=\"0\"} 3");
            assertThat(bench.faults).isEmpty();
        }
    }

    @Test
    void manySlowStrangersKeepNoOperatorOut() throws Exception {
        try (Bench bench = Bench.of(1, SlowOperatorsTest::narrow)) {
            List<Socket> strangers = new ArrayList<>();
            try {
                for (int round = 0; round < 10; round++) {
                    for (int i = 0; i < ROOM; i++) {
                        Socket stranger = Talk.open(bench.gateway.adminPort());
                        stranger.getOutputStream().write("GET /me".getBytes(StandardCharsets.US_ASCII));
                        strangers.add(stranger);
                    }
                    assertThat(Talk.look(bench.gateway.adminPort(), "/metrics").status())
                            .isEqualTo(200);
                }
                // Those who came first left for those who came after, not for having been slow.
                assertThat(bench.gateway.metrics().prometheus())
                        .containsPattern("reason=\"too_many_connections\",status=\"0\"} [1-9]");
            } finally {
                for (Socket stranger : strangers) {
                    stranger.close();
                }
            }
            assertThat(bench.faults).isEmpty();
        }
    }

    @Test
    void whoDoesNotTakeTheAnswerIsCutOff() throws Exception {
        // Records so long that no buffer of the system takes a thousand of them.
        try (Bench bench = Bench.of(
                1,
                UnaryOperator.identity(),
                upstream -> upstream.but(draft -> draft.site = "far".repeat(4000)),
                SlowOperatorsTest::narrow)) {
            for (int i = 0; i < 1000; i++) {
                bench.ask(Bench.chat(",\"max_tokens\":1"));
            }
            try (Socket deaf = new Socket()) {
                deaf.setReceiveBufferSize(4096);
                deaf.connect(new java.net.InetSocketAddress(
                        java.net.InetAddress.getLoopbackAddress(), bench.gateway.adminPort()));
                deaf.getOutputStream()
                        .write("GET /admin/requests?since=0 HTTP/1.1\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
                long until = System.nanoTime() + 10_000_000_000L;
                while (!bench.gateway.metrics().prometheus().contains("reason=\"answer_not_taken\"")
                        && System.nanoTime() < until) {
                    Thread.sleep(20);
                }
                assertThat(bench.gateway.metrics().prometheus())
                        .contains("door=\"operators\",reason=\"answer_not_taken\",status=\"0\"} 1");
            }
        }
    }

    @Test
    void oneConnectionIsForOneRequest() throws Exception {
        try (Bench bench = Bench.of(1, SlowOperatorsTest::narrow);
                Socket greedy = Talk.open(bench.gateway.adminPort())) {
            greedy.getOutputStream()
                    .write("GET /healthz HTTP/1.1\r\n\r\n".repeat(5).getBytes(StandardCharsets.US_ASCII));
            String all = new String(greedy.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(all.split("HTTP/1.1 200", -1)).hasSize(2);
        } catch (java.net.SocketException reset) {
            assertThat(reset).hasMessageContaining("reset");
        }
    }
}
