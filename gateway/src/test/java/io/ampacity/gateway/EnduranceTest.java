package io.ampacity.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.ampacity.gateway.metering.Outcome;
import io.ampacity.gateway.metering.RequestRecord;
import io.ampacity.gateway.settings.UpstreamSettings;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Memory and files stay as they are while clients go away in every phase of their streams. */
@Timeout(value = 45, unit = TimeUnit.MINUTES)
final class EnduranceTest {

    @TempDir
    private Path folder;

    private void hold(double seconds, int aborts) throws Exception {
        assertThat(AbortedStreams.run(seconds, aborts, folder.resolve("requests.jsonl")))
                .contains("heap");
    }

    /** Its upstream says that it has said all, and does not end. */
    @Test
    void aClientThatLeavesBetweenTheLastEventAndTheEndIsCountedOnce() throws Exception {
        String events = """
                data: {"id":"c","choices":[{"index":0,"delta":{"content":"a"},"finish_reason":"stop"}]}

                data: [DONE]

                """;
        String answer = "HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\ntransfer-encoding: chunked\r\n\r\n"
                + Integer.toHexString(events.length()) + "\r\n" + events + "\r\n";
        List<RequestRecord> records = new CopyOnWriteArrayList<>();
        List<Throwable> faults = new CopyOnWriteArrayList<>();
        try (ServerSocket upstream = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
                Gateway gateway = Gateway.start(
                        Bench.settings(Bench.fleet(
                                List.of(UpstreamSettings.plain("up0", "127.0.0.1", upstream.getLocalPort())))),
                        records::add,
                        faults::add)) {
            Socket asked;
            try (Socket client = Talk.open(gateway.port())) {
                client.getOutputStream().write(Talk.request("/v1/chat/completions", Bench.stream()));
                asked = upstream.accept();
                assertThat(asked.getInputStream().read(new byte[8192])).isPositive();
                asked.getOutputStream().write(answer.getBytes(StandardCharsets.US_ASCII));
                AbortedStreams.until(client.getInputStream(), "[DONE]", 1);
            }
            try (asked) {
                // The gateway closes this one too, once it has seen the client go.
                assertThat(asked.getInputStream().read()).isNegative();
            }
            assertThat(gateway.pools().getFirst().outstanding()).isZero();
        }
        assertThat(faults).isEmpty();
        assertThat(records).hasSize(1);
        assertThat(records.getFirst().outcome()).isEqualTo(Outcome.COMPLETED);
        assertThat(records.getFirst().attempts()).hasSize(1);
    }

    @Test
    void fiveHundredAbortedStreamsLeaveNothingBehind() throws Exception {
        hold(6, 500);
    }

    @Test
    @Tag("nightly")
    void tenThousandAbortedStreamsInThreeMinutesLeaveNothingBehind() throws Exception {
        hold(180, 10_000);
    }

    @Test
    @Tag("nightly")
    void tenThousandAbortedStreamsInHalfAnHourLeaveNothingBehind() throws Exception {
        hold(1800, 10_000);
    }
}
