package io.ampacity.gateway;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** One request over a plain socket, and all that came back. */
record Talk(int status, Map<String, String> headers, String body, boolean clean) {

    private static final int LONGEST_MILLIS = 20_000;

    static Socket open(int port) {
        try {
            Socket socket = new Socket();
            socket.setTcpNoDelay(true);
            socket.setSoTimeout(LONGEST_MILLIS);
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            return socket;
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    static byte[] request(String path, String body, String... headers) {
        StringBuilder head =
                new StringBuilder("POST " + path + " HTTP/1.1\r\nhost: test\r\ncontent-type: application/json\r\n");
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        head.append("content-length: ").append(bytes.length).append("\r\n");
        for (int i = 0; i < headers.length; i += 2) {
            head.append(headers[i]).append(": ").append(headers[i + 1]).append("\r\n");
        }
        byte[] first = head.append("\r\n").toString().getBytes(StandardCharsets.UTF_8);
        byte[] all = java.util.Arrays.copyOf(first, first.length + bytes.length);
        System.arraycopy(bytes, 0, all, first.length, bytes.length);
        return all;
    }

    static Talk with(int port, String path, String body, String... headers) {
        try (Socket socket = open(port)) {
            socket.getOutputStream().write(request(path, body, headers));
            return read(socket.getInputStream());
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    static Talk look(int port, String path) {
        try (Socket socket = open(port)) {
            socket.getOutputStream()
                    .write(("GET " + path + " HTTP/1.1\r\nhost: test\r\n\r\n").getBytes(StandardCharsets.UTF_8));
            return read(socket.getInputStream());
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    /** Reads one answer. */
    static Talk read(InputStream from) throws IOException {
        InputStream in = from.markSupported() ? from : new java.io.BufferedInputStream(from, 1 << 16);
        String first = line(in);
        if (first.isEmpty()) {
            return new Talk(0, Map.of(), "", false);
        }
        int status = Integer.parseInt(first.split(" ")[1]);
        Map<String, String> headers = new TreeMap<>();
        for (String line = line(in); !line.isEmpty(); line = line(in)) {
            int colon = line.indexOf(':');
            headers.put(
                    line.substring(0, colon).toLowerCase(Locale.ROOT),
                    line.substring(colon + 1).strip());
        }
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        boolean clean = true;
        if ("chunked".equals(headers.get("transfer-encoding"))) {
            while (true) {
                String size = line(in);
                if (size.isEmpty()) {
                    clean = false;
                    break;
                }
                int length = Integer.parseInt(size, 16);
                byte[] chunk = in.readNBytes(length);
                body.writeBytes(chunk);
                line(in);
                if (length == 0) {
                    break;
                }
            }
        } else {
            body.writeBytes(in.readNBytes(Integer.parseInt(headers.getOrDefault("content-length", "0"))));
        }
        return new Talk(status, headers, body.toString(StandardCharsets.UTF_8), clean);
    }

    private static String line(InputStream in) throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int next = in.read(); next >= 0 && next != '\n'; next = in.read()) {
            if (next != '\r') {
                line.write(next);
            }
        }
        return line.toString(StandardCharsets.UTF_8);
    }

    JsonNode json() {
        return JsonMapper.shared().readTree(body);
    }

    List<String> events() {
        return body.lines()
                .filter(line -> line.startsWith("data: "))
                .map(line -> line.substring(6))
                .toList();
    }

    private List<JsonNode> documents() {
        return events().stream()
                .filter(event -> !event.equals("[DONE]"))
                .map(event -> JsonMapper.shared().readTree(event))
                .toList();
    }

    /** The words of a chat stream. */
    String words() {
        StringBuilder words = new StringBuilder();
        documents()
                .forEach(event -> words.append(event.path("choices")
                        .path(0)
                        .path("delta")
                        .path("content")
                        .asString("")));
        return words.toString();
    }

    /** Whether a stream says that it is whole. */
    boolean saysWhole() {
        boolean finished = documents().stream()
                .anyMatch(event ->
                        event.path("choices").path(0).path("finish_reason").isString());
        return finished && body.contains("data: [DONE]");
    }

    /** Whether it tells of an error. */
    boolean saysError() {
        return documents().stream().anyMatch(event -> event.has("error"));
    }

    /** The usage that a stream ended with. */
    JsonNode usage() {
        return documents().stream()
                .filter(event -> event.path("usage").isObject())
                .reduce((_, last) -> last)
                .map(event -> event.path("usage"))
                .orElseThrow(() -> new AssertionError("no usage in " + body));
    }
}
