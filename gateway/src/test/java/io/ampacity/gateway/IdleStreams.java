package io.ampacity.gateway;

import io.ampacity.gateway.settings.GatewaySettings;
import io.ampacity.gateway.settings.Limits;
import io.ampacity.gateway.settings.TlsFiles;
import io.ampacity.gateway.settings.UpstreamSettings;
import io.netty.handler.ssl.util.InsecureTrustManagerFactory;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/**
 * What a gateway needs to hold many streams open in which nothing happens. Three programs, so that a process' memory is
 * the gateway's alone: {@code upstream} prints its port and never ends, as do the answers it gives; {@code gateway PORT
 * COUNT} stands before it; {@code clients PORT COUNT} opens the streams.
 */
final class IdleStreams {

    private static final byte[] ANSWER = """
            HTTP/1.1 200 OK\r
            content-type: text/event-stream\r
            transfer-encoding: chunked\r
            \r
            """.getBytes(StandardCharsets.US_ASCII);
    private static final String EVENT = """
            data: {"id":"chatcmpl-1","object":"chat.completion.chunk","created":1,"model":"emulated","choices":[{"index":0,"delta":{"content":"a"},"finish_reason":null}]}

            """;

    private IdleStreams() {}

    public static void main(String[] arguments) throws Exception {
        switch (arguments[0]) {
            case "upstream" -> upstream();
            case "gateway" ->
                gateway(
                        Integer.parseInt(arguments[1]),
                        Integer.parseInt(arguments[2]),
                        arguments.length < 5 ? null : new TlsFiles(Path.of(arguments[3]), Path.of(arguments[4])));
            case "clients" -> clients(Integer.parseInt(arguments[1]), Integer.parseInt(arguments[2]));
            case "safe-clients" -> safeClients(Integer.parseInt(arguments[1]), Integer.parseInt(arguments[2]));
            default ->
                throw new IllegalArgumentException("upstream, gateway, clients or safe-clients, not " + arguments[0]);
        }
    }

    /** Answers each request with one event, and then with silence. */
    private static void upstream() throws Exception {
        List<SocketChannel> open = new ArrayList<>();
        try (var server = java.nio.channels.ServerSocketChannel.open()) {
            server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 4096);
            System.out.println(((InetSocketAddress) server.getLocalAddress()).getPort());
            ByteBuffer buffer = ByteBuffer.allocateDirect(1 << 14);
            byte[] event = EVENT.getBytes(StandardCharsets.US_ASCII);
            byte[] size = (Integer.toHexString(event.length) + "\r\n").getBytes(StandardCharsets.US_ASCII);
            while (true) {
                SocketChannel next = server.accept();
                open.add(next);
                next.read(buffer.clear());
                buffer.clear()
                        .put(ANSWER)
                        .put(size)
                        .put(event)
                        .put(new byte[] {'\r', '\n'})
                        .flip();
                next.write(buffer);
                if (open.size() % 1000 == 0) {
                    System.err.println(open.size() + " asked");
                }
            }
        }
    }

    private static void gateway(int upstream, int count, @Nullable TlsFiles tls) throws Exception {
        Limits usual = Limits.STANDARD;
        GatewaySettings settings = GatewaySettings.usual(
                        Bench.fleet(List.of(UpstreamSettings.plain("up0", "127.0.0.1", upstream))))
                .withLimits(new Limits(
                        20,
                        60,
                        60,
                        3600,
                        3600,
                        60,
                        60,
                        3600,
                        1,
                        2,
                        usual.headBytes(),
                        usual.bodyBytes(),
                        usual.eventBytes(),
                        usual.answerBytes()))
                .but(draft -> draft.tls = tls);
        try (Gateway gateway = Gateway.start(settings, record -> {}, Throwable::printStackTrace)) {
            System.out.println(gateway.port());
            memory("before");
            while (gateway.metrics().open() < count) {
                Thread.sleep(200);
            }
            Thread.sleep(3000);
            memory("open: " + gateway.metrics().open());
            System.gc();
            Thread.sleep(1000);
            memory("open, after a collection: " + gateway.metrics().open());
        }
    }

    private static void memory(String when) throws Exception {
        String resident = Files.readAllLines(Path.of("/proc/self/status")).stream()
                .filter(line -> line.startsWith("VmRSS"))
                .findFirst()
                .orElse("VmRSS: unknown")
                .replaceAll("\\s+", " ");
        var beans = ManagementFactory.getMemoryMXBean();
        System.out.printf(
                "%s: %s, heap in use %d MB%n",
                when, resident, beans.getHeapMemoryUsage().getUsed() >> 20);
    }

    private static void clients(int port, int count) throws Exception {
        byte[] request = Talk.request("/v1/chat/completions", Bench.stream());
        List<SocketChannel> open = new ArrayList<>();
        ByteBuffer buffer = ByteBuffer.allocateDirect(1 << 14);
        int heard = 0;
        for (int i = 0; i < count; i++) {
            SocketChannel socket = SocketChannel.open(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            socket.write(ByteBuffer.wrap(request));
            open.add(socket);
        }
        for (SocketChannel socket : open) {
            heard += socket.read(buffer.clear()) > 0 ? 1 : 0;
        }
        System.out.println(heard + " of " + count + " streams brought a first word");
        Thread.sleep(10_000);
    }

    /** Clients that speak TLS, and believe everybody. */
    private static void safeClients(int port, int count) throws Exception {
        byte[] request = Talk.request("/v1/chat/completions", Bench.stream());
        SSLContext believing = SSLContext.getInstance("TLS");
        believing.init(null, InsecureTrustManagerFactory.INSTANCE.getTrustManagers(), null);
        List<Socket> open = new ArrayList<>();
        int heard = 0;
        for (int i = 0; i < count; i++) {
            Socket socket = believing.getSocketFactory().createSocket(InetAddress.getLoopbackAddress(), port);
            socket.getOutputStream().write(request);
            heard += socket.getInputStream().read() >= 0 ? 1 : 0;
            open.add(socket);
        }
        System.out.println(heard + " of " + open.size() + " streams brought a first word");
        Thread.sleep(10_000);
    }
}
