package io.ampacity.gateway;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A server that gives one answer, in pieces, and remembers what it was asked. */
final class CannedUpstream implements AutoCloseable {

    record Asked(String path, Map<String, String> headers, JsonNode body) {}

    final List<Asked> asked = new CopyOnWriteArrayList<>();
    private final HttpServer server;
    private volatile int status = 200;
    private volatile String type = "application/json";
    private volatile List<byte[]> pieces = List.of();

    CannedUpstream() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", exchange -> {
            Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
            exchange.getRequestHeaders().forEach((name, values) -> headers.put(name, values.getFirst()));
            asked.add(new Asked(
                    exchange.getRequestURI().toString(),
                    headers,
                    JsonMapper.shared().readTree(exchange.getRequestBody().readAllBytes())));
            exchange.getResponseHeaders().set("content-type", type);
            exchange.sendResponseHeaders(status, 0);
            try (OutputStream out = exchange.getResponseBody()) {
                for (byte[] piece : pieces) {
                    out.write(piece);
                    out.flush();
                }
            }
        });
        server.start();
    }

    int port() {
        return server.getAddress().getPort();
    }

    void answers(int code, String document) {
        status = code;
        type = "application/json";
        pieces = List.of(document.getBytes(StandardCharsets.UTF_8));
    }

    void streams(String contentType, List<byte[]> bytes) {
        status = 200;
        type = contentType;
        pieces = bytes;
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
