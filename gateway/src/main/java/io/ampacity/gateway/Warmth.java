package io.ampacity.gateway;

import io.ampacity.gateway.settings.Fleet;
import io.ampacity.gateway.settings.GatewaySettings;
import io.ampacity.gateway.settings.KeySettings;
import io.ampacity.gateway.settings.Target;
import io.ampacity.gateway.settings.TokenPrices;
import io.ampacity.gateway.settings.UpstreamSettings;
import io.ampacity.routing.Pool;
import io.ampacity.routing.RoutingTable;
import io.ampacity.sockets.Loops;
import java.io.IOException;
import java.io.InputStream;
import java.lang.management.CompilationMXBean;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;

/**
 * Lets the machine compile the way of a request before traffic comes: a second gateway of the same classes carries requests
 * of several clients at once, with a key, limits and a budget, to an upstream that answers from memory. Without it the first
 * clients would wait for the compiler.
 */
public final class Warmth {

    private static final double NANOS = 1e9;
    private static final String MODEL = "warm";
    private static final int CLIENTS = 4;
    private static final int SOCKET_MILLIS = 5000;
    private static final int BUFFER = 1 << 16;
    private static final double PLENTY = 1e12;
    private static final long LOOK_MILLIS = 50;
    /** Looks one after the other at which next to nothing had been compiled since the last. */
    private static final int ENOUGH_QUIET = 5;

    private static final long FEW_MILLIS = 5;

    private Warmth() {}

    /**
     * Runs for about so long, then lets the compiler end what it has begun, which takes about as long again at most; returns how
     * many requests were carried.
     */
    public static int run(double seconds) {
        int carried = carry(seconds);
        settle(seconds);
        return carried;
    }

    /** Waits until nothing more is compiled: what is still to be compiled would take the processor from the first clients. */
    private static void settle(double mostSeconds) {
        CompilationMXBean compiler = ManagementFactory.getCompilationMXBean();
        if (compiler == null || !compiler.isCompilationTimeMonitoringSupported()) {
            return;
        }
        long until = System.nanoTime() + (long) (mostSeconds * NANOS);
        long compiled = -1;
        int quiet = 0;
        while (quiet < ENOUGH_QUIET && System.nanoTime() < until) {
            try {
                Thread.sleep(LOOK_MILLIS);
            } catch (InterruptedException hurried) {
                Thread.currentThread().interrupt();
                return;
            }
            long now = compiler.getTotalCompilationTime();
            quiet = now - compiled <= FEW_MILLIS ? quiet + 1 : 0;
            compiled = now;
        }
    }

    private static int carry(double seconds) {
        long until = System.nanoTime() + (long) (seconds * NANOS);
        LongAdder written = new LongAdder();
        try (Loops loops = Loops.start(1, "warmth")) {
            int port = WarmUpstream.start(loops);
            try (Gateway gateway = Gateway.start(
                    settings(port), request -> written.add(request.line().length()), fault -> {})) {
                return ask(gateway.port(), until);
            }
        }
    }

    private static GatewaySettings settings(int port) {
        UpstreamSettings upstream = UpstreamSettings.plain(MODEL, "127.0.0.1", port);
        TokenPrices prices = new TokenPrices(1, null, null, 2, "2026-11-01", "made up");
        Fleet fleet = new Fleet(
                RoutingTable.of(List.of(MODEL), List.of(Pool.plain(MODEL, MODEL, MODEL, 1))),
                List.of(new Target(upstream, MODEL, prices, null)),
                Map.of(MODEL, 0),
                Map.of(),
                List.of());
        GatewaySettings usual = GatewaySettings.usual(fleet);
        KeySettings key = new KeySettings(MODEL, Keys.hash(MODEL), Set.of(), null, PLENTY, PLENTY, PLENTY);
        return usual.withLimits(usual.limits().scaled(0.1)).withKeys(List.of(key));
    }

    private static int ask(int port, long until) {
        AtomicInteger asked = new AtomicInteger();
        List<Thread> clients = new ArrayList<>();
        for (int i = 0; i < CLIENTS; i++) {
            clients.add(Thread.ofPlatform().name("warmth").daemon().start(() -> ask(port, until, asked)));
        }
        for (Thread client : clients) {
            try {
                client.join();
            } catch (InterruptedException hurried) {
                Thread.currentThread().interrupt();
            }
        }
        return asked.get();
    }

    private static void ask(int port, long until, AtomicInteger asked) {
        byte[] buffer = new byte[BUFFER];
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setTcpNoDelay(true);
            socket.setSoTimeout(SOCKET_MILLIS);
            while (System.nanoTime() < until) {
                Kind kind = Kind.values()[asked.getAndIncrement() % Kind.values().length];
                socket.getOutputStream().write(request(kind));
                readAnswer(socket.getInputStream(), buffer, kind == Kind.DOCUMENT ? "}}" : "0\r\n\r\n");
            }
        } catch (IOException cold) {
            // Traffic may come all the same; it will only be slower at first.
            asked.getAndDecrement();
        }
    }

    /** What is asked for; streams do, or do not, tell what they took. */
    private enum Kind {
        STREAM,
        DOCUMENT,
        TELLING_STREAM
    }

    private static byte[] request(Kind kind) {
        String body = "{\"model\":\"" + MODEL + "\",\"stream\":" + (kind != Kind.DOCUMENT)
                + (kind == Kind.TELLING_STREAM ? ",\"stream_options\":{\"include_usage\":true}" : "")
                + ",\"messages\":[{\"role\":\"user\",\"content\":\"" + "hello ".repeat(60) + "\"}]}";
        return ("POST /v1/chat/completions HTTP/1.1\r\nhost: warm\r\nauthorization: Bearer " + MODEL
                        + "\r\ncontent-type: application/json\r\ncontent-length: " + body.length() + "\r\n\r\n" + body)
                .getBytes(StandardCharsets.US_ASCII);
    }

    private static void readAnswer(InputStream in, byte[] buffer, String end) throws IOException {
        int length = 0;
        while (true) {
            int more = in.read(buffer, length, buffer.length - length);
            if (more < 0) {
                throw new IOException("the connection was closed");
            }
            length += more;
            if (length >= end.length()
                    && new String(buffer, length - end.length(), end.length(), StandardCharsets.US_ASCII).equals(end)) {
                return;
            }
            if (length == buffer.length) {
                throw new IOException("the answer has no end");
            }
        }
    }
}
