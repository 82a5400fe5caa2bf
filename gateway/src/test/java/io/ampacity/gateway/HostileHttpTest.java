package io.ampacity.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.ampacity.gateway.metering.Outcome;
import io.ampacity.gateway.settings.UpstreamSettings;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Clients that want a second request to be seen where there is one, and upstreams that want more than to answer. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
final class HostileHttpTest {

    private static final String BODY = Bench.chat("");
    private static final String SMUGGLED =
            "POST /v1/chat/completions HTTP/1.1\r\nhost: evil\r\ncontent-length: " + BODY.length() + "\r\n\r\n" + BODY;

    @BeforeAll
    static void warm() {
        Bench.warm();
    }

    /** All that comes back for bytes on one connection. */
    private static String raw(int port, String text) throws IOException {
        ByteArrayOutputStream heard = new ByteArrayOutputStream();
        try (Socket socket = Talk.open(port)) {
            socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
            socket.shutdownOutput();
            InputStream in = socket.getInputStream();
            for (int next = in.read(); next >= 0; next = in.read()) {
                heard.write(next);
            }
        } catch (java.net.SocketException reset) {
            // What came before it counts.
        }
        return heard.toString(StandardCharsets.ISO_8859_1);
    }

    private static String post(String headers, String body) {
        return "POST /v1/chat/completions HTTP/1.1\r\nhost: test\r\ncontent-type: application/json\r\n" + headers
                + "\r\n" + body;
    }

    @Test
    void aRequestWhoseEndCanBeSeenInTwoPlacesIsRefusedAndNothingBehindItIsServed() throws IOException {
        String chunked = Integer.toHexString(BODY.length()) + "\r\n" + BODY + "\r\n0\r\n\r\n";
        String length = "content-length: " + BODY.length() + "\r\n";
        Map<String, String> doubtful = Map.of(
                "length and chunks", post(length + "transfer-encoding: chunked\r\n", chunked),
                "chunks and length", post("transfer-encoding: chunked\r\n" + length, chunked),
                "two lengths", post(length + "content-length: 5\r\n", BODY),
                "two lengths in one", post("content-length: " + BODY.length() + ", 5\r\n", BODY),
                "a length with a sign", post("content-length: +" + BODY.length() + "\r\n", BODY),
                "a negative length", post("content-length: -1\r\n", BODY),
                "a coding that is not known", post("transfer-encoding: xchunked\r\n", chunked),
                "chunks that are not last", post("transfer-encoding: chunked, gzip\r\n", chunked),
                "a blank before the colon", post("content-length : " + BODY.length() + "\r\n", BODY),
                "a size that is none", post("transfer-encoding: chunked\r\n", "0x20\r\n" + BODY + "\r\n0\r\n\r\n"));
        doubtful.forEach((what, request) -> {
            try (Bench bench = Bench.of(1)) {
                String heard = raw(bench.gateway.port(), request + SMUGGLED);
                assertThat(heard).as(what).startsWith("HTTP/1.1 400 ").contains("connection: close");
                assertThat(heard.split("HTTP/1.1 ", -1)).as(what).hasSize(2);
                assertThat(bench.upstream(0).account().requests()).as(what).isZero();
            } catch (IOException broken) {
                throw new AssertionError(what, broken);
            }
        });
    }

    @Test
    void whatStandsInAHeaderStaysInIt() throws IOException {
        try (CannedUpstream upstream = new CannedUpstream();
                Gateway gateway = Gateway.start(
                        Bench.settings(
                                Bench.fleet(List.of(UpstreamSettings.plain("up0", "127.0.0.1", upstream.port())))),
                        record -> {},
                        fault -> {})) {
            upstream.answers(200, "{\"choices\":[]}");
            String length = "content-length: " + BODY.length() + "\r\n";
            // A folded line, a bare carriage return, and a line feed alone.
            raw(gateway.port(), post("x-one: a\r\n x-injected: folded\r\n" + length, BODY));
            raw(gateway.port(), post("x-two: a\rx-injected: returned\r\n" + length, BODY));
            raw(gateway.port(), post("x-three: a\nx-own: seen\r\n" + length, BODY));
            raw(gateway.port(), post("x-four: a\u0000b\r\n" + length, BODY));
            for (CannedUpstream.Asked asked : upstream.asked) {
                assertThat(asked.headers()).doesNotContainKey("x-injected");
                assertThat(asked.headers().values()).noneMatch(value -> value.matches("(?s).*[\r\n\0].*"));
            }
        }
    }

    @Test
    void noModelNameLeadsToAnotherPath() {
        try (CannedUpstream upstream = new CannedUpstream();
                Gateway gateway = Gateway.start(
                        Bench.settings(
                                Bench.fleet(List.of(UpstreamSettings.plain("up0", "127.0.0.1", upstream.port())))),
                        record -> {},
                        fault -> {})) {
            upstream.answers(200, "{\"choices\":[]}");
            for (String name :
                    List.of("../../admin", "emulated/../../x", "emulated?x=1", "emulated\\r\\nx: y", "", "%2e%2e")) {
                int status = Talk.with(
                                gateway.port(),
                                "/v1/chat/completions",
                                BODY.replace("\"emulated\"", "\"" + name + "\""))
                        .status();
                assertThat(status).as(name).isIn(400, 404);
            }
            for (String path : List.of(
                    "/v1/../admin/drain",
                    "/v1/chat/completions/../../x",
                    "//v1/chat/completions",
                    "/V1/chat/completions")) {
                assertThat(Talk.with(gateway.port(), path, BODY).status())
                        .as(path)
                        .isEqualTo(404);
            }
            assertThat(upstream.asked).isEmpty();
        }
    }

    /** An upstream that gives one raw answer to every request. */
    private static void with(byte[] answer, Deeds deeds) throws Exception {
        AtomicInteger asked = new AtomicInteger();
        List<io.ampacity.gateway.metering.RequestRecord> records = new CopyOnWriteArrayList<>();
        List<Throwable> faults = new CopyOnWriteArrayList<>();
        try (ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            Thread.ofPlatform().daemon().start(() -> {
                while (!server.isClosed()) {
                    try (Socket socket = server.accept()) {
                        socket.getInputStream().read(new byte[8192]);
                        asked.incrementAndGet();
                        socket.getOutputStream().write(answer);
                        socket.shutdownOutput();
                        socket.getInputStream().readAllBytes();
                    } catch (IOException gone) {
                        // The gateway may leave in the middle.
                    }
                }
            });
            try (Gateway gateway = Gateway.start(
                    Bench.settings(
                            Bench.fleet(List.of(UpstreamSettings.plain("up0", "127.0.0.1", server.getLocalPort())))),
                    records::add,
                    faults::add)) {
                deeds.with(Talk.with(gateway.port(), "/v1/chat/completions", BODY), asked, records);
            }
        }
        assertThat(faults).isEmpty();
    }

    /** What is looked at afterwards. */
    @FunctionalInterface
    private interface Deeds {
        void with(Talk talk, AtomicInteger asked, List<io.ampacity.gateway.metering.RequestRecord> records)
                throws Exception;
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    @Test
    void aRedirectIsNotFollowed() throws Exception {
        AtomicInteger visited = new AtomicInteger();
        try (ServerSocket inside = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            Thread.ofPlatform().daemon().start(() -> {
                try (Socket socket = inside.accept()) {
                    visited.addAndGet(socket.isConnected() ? 1 : 0);
                } catch (IOException closed) {
                    // Nobody came, as it should be.
                }
            });
            String location = "location: http://127.0.0.1:" + inside.getLocalPort() + "/latest/meta-data\r\n";
            for (String status :
                    List.of("301 Moved", "302 Found", "307 Temporary Redirect", "308 Permanent Redirect")) {
                with(
                        ascii("HTTP/1.1 " + status + "\r\n" + location + "content-length: 0\r\n\r\n"),
                        (talk, asked, records) -> {
                            assertThat(talk.status()).as(status).isGreaterThanOrEqualTo(400);
                            assertThat(talk.headers()).as(status).doesNotContainKey("location");
                            assertThat(records.getFirst().outcome()).isNotEqualTo(Outcome.COMPLETED);
                        });
            }
        }
        assertThat(visited).hasValue(0);
    }

    @Test
    void aPackedAnswerIsNotUnpacked() throws Exception {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
            gzip.write(new byte[200 << 20]);
        }
        ByteArrayOutputStream answer = new ByteArrayOutputStream();
        answer.write(
                ascii("HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-encoding: gzip\r\ncontent-length: "
                        + packed.size() + "\r\n\r\n"));
        packed.writeTo(answer);
        long before = Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
        with(answer.toByteArray(), (talk, asked, records) -> {
            assertThat(talk.status()).isGreaterThanOrEqualTo(500);
            assertThat(records.getFirst().outcome()).isEqualTo(Outcome.MALFORMED);
        });
        assertThat(Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory() - before)
                .isLessThan(150L << 20);
    }

    @Test
    void countsThatCannotBeTrueCostNothingThatIsNotANumberAndAreTold() throws Exception {
        for (String count :
                List.of("-5", "1e308", "99999999999999999999999999", "9223372036854775807", "1.5", "\"7\"", "null")) {
            String body =
                    "{\"choices\":[{\"index\":0,\"message\":{\"role\":\"assistant\",\"content\":\"a\"},\"finish_reason\":"
                            + "\"stop\"}],\"usage\":{\"prompt_tokens\":" + count + ",\"completion_tokens\":" + count
                            + "}}";
            with(
                    ascii("HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: " + body.length()
                            + "\r\n\r\n" + body),
                    (talk, asked, records) -> {
                        assertThat(talk.status()).as(count).isEqualTo(200);
                        var use = records.getFirst().attempts().getLast().use();
                        boolean unknown = use.promptTokens() < 0 || use.outputTokens() < 0;
                        assertThat(unknown || use.doubtful())
                                .as("%s: %s", count, use)
                                .isTrue();
                        assertThat(records.getFirst().line()).as(count).doesNotContain("Infinity", "NaN");
                    });
        }
    }
}
