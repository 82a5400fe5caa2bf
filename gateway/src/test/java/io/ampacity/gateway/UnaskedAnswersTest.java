package io.ampacity.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.ampacity.gateway.settings.Limits;
import io.ampacity.gateway.settings.UpstreamSettings;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BiFunction;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What an upstream says without being asked is nobody's answer. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
final class UnaskedAnswersTest {

    @BeforeAll
    static void warm() {
        Bench.warm();
    }

    /** A server that says the number of the request, and whatever else a test wants. */
    private static final class Numbered implements AutoCloseable {
        final ServerSocket server = new ServerSocket(0, 100, InetAddress.getLoopbackAddress());
        final AtomicInteger connections = new AtomicInteger();
        final AtomicInteger requests = new AtomicInteger();

        /** @param said what follows an answer, by its number and the answer itself */
        Numbered(BiFunction<Integer, String, String> said, long restNanos) throws IOException {
            Thread.ofPlatform().daemon().start(() -> {
                while (!server.isClosed()) {
                    try {
                        Socket socket = server.accept();
                        connections.incrementAndGet();
                        Thread.ofVirtual().start(() -> serve(socket, said, restNanos));
                    } catch (IOException closed) {
                        return;
                    }
                }
            });
        }

        private void serve(Socket socket, BiFunction<Integer, String, String> said, long restNanos) {
            try (socket) {
                InputStream in = new BufferedInputStream(socket.getInputStream());
                while (true) {
                    String line = line(in);
                    int length = 0;
                    while (!line.isEmpty()) {
                        if (line.startsWith("content-length: ")) {
                            length = Integer.parseInt(line.substring(16));
                        }
                        line = line(in);
                    }
                    if (in.readNBytes(length).length < Math.max(1, length)) {
                        return;
                    }
                    int number = requests.incrementAndGet();
                    String answer = answer(number);
                    String more = said.apply(number, answer);
                    socket.getOutputStream()
                            .write((restNanos > 0 ? answer : answer + more).getBytes(StandardCharsets.US_ASCII));
                    if (restNanos > 0 && !more.isEmpty()) {
                        LockSupport.parkNanos(restNanos);
                        socket.getOutputStream().write(more.getBytes(StandardCharsets.US_ASCII));
                    }
                }
            } catch (IOException gone) {
                // The gateway closed it.
            }
        }

        private static String line(InputStream in) throws IOException {
            StringBuilder line = new StringBuilder();
            for (int next = in.read(); next >= 0 && next != '\n'; next = in.read()) {
                line.append(next == '\r' ? "" : (char) next);
            }
            return line.toString();
        }

        static String answer(int number) {
            String body = "{\"id\":\"" + number + "\",\"choices\":[{\"index\":0,\"message\":{\"role\":\"assistant\","
                    + "\"content\":\"number " + number + "\"},\"finish_reason\":\"stop\"}]}";
            return "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: " + body.length() + "\r\n\r\n"
                    + body;
        }

        @Override
        public void close() throws IOException {
            server.close();
        }
    }

    /** Asks so often, with rests, and is answered in the order in which it asked. */
    private static void ask(Numbered upstream, int times, String metric, List<String> notices) {
        try (Gateway gateway = Gateway.start(
                Bench.settings(Bench.fleet(
                                List.of(UpstreamSettings.plain("up0", "127.0.0.1", upstream.server.getLocalPort()))))
                        .withLimits(Limits.STANDARD)
                        .but(draft -> draft.threads = 1),
                record -> {},
                fault -> {
                    throw new AssertionError(fault);
                })) {
            gateway.notices(notices::add);
            for (int i = 1; i <= times; i++) {
                Talk talk = Talk.with(gateway.port(), "/v1/chat/completions", Bench.chat(""));
                assertThat(talk.body()).contains("\"number " + i + "\"");
                // Long enough for what is said late, on a machine that is busy too.
                LockSupport.parkNanos(200_000_000);
            }
            assertThat(gateway.metrics().prometheus()).contains(metric);
        }
    }

    @Test
    void anUpstreamThatKeepsToHttpKeepsItsConnection() throws IOException {
        try (Numbered upstream = new Numbered((number, answer) -> "", 0)) {
            ask(upstream, 10, "ampacity_open_requests 0", new CopyOnWriteArrayList<>());
            assertThat(upstream.connections).hasValue(1);
        }
    }

    @Test
    void aSecondAnswerAtOnceIsHeardByNobodyAndEachConnectionServesOneRequestFromThenOn() throws IOException {
        List<String> notices = new CopyOnWriteArrayList<>();
        try (Numbered upstream = new Numbered((number, answer) -> number == 3 ? answer : "", 0)) {
            ask(upstream, 10, "ampacity_upstream_unasked_total{upstream=\"up0\"} 1\n", notices);
            assertThat(upstream.connections).as("one for three, then one each").hasValue(1 + 7);
        }
        assertThat(notices).singleElement().asString().contains("upstream up0 said more than it was asked for");
    }

    @Test
    void aSecondAnswerThatComesLaterIsHeardByNobody() throws IOException {
        List<String> notices = new CopyOnWriteArrayList<>();
        try (Numbered upstream = new Numbered((number, answer) -> answer, 1_000_000)) {
            ask(upstream, 6, "ampacity_upstream_unasked_total{upstream=\"up0\"} 1\n", notices);
            assertThat(upstream.connections).hasValue(6);
        }
    }

    @Test
    void aPieceOfAnAnswerIsNotJoinedToTheNextOne() throws IOException {
        try (Numbered upstream =
                new Numbered((number, answer) -> number == 2 ? "HTTP/1.1 200 OK\r\nx-of: another\r\n" : "", 0)) {
            ask(upstream, 5, "ampacity_upstream_unasked_total{upstream=\"up0\"} 1\n", new CopyOnWriteArrayList<>());
        }
    }

    @Test
    void aTimeoutThatIsSaidToARestingConnectionIsNoFault() throws IOException {
        List<String> notices = new CopyOnWriteArrayList<>();
        try (Numbered upstream = new Numbered(
                (number, answer) -> number == 2 ? "HTTP/1.1 408 Request Timeout\r\ncontent-length: 0\r\n\r\n" : "",
                1_000_000)) {
            ask(upstream, 6, "ampacity_open_requests 0", notices);
            assertThat(upstream.connections).as("two, then four on another").hasValue(2);
        }
        assertThat(notices).isEmpty();
    }
}
