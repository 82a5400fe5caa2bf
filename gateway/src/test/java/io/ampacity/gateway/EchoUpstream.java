package io.ampacity.gateway;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Queue;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BiPredicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An upstream that says its client's words back, in every part of an answer, and breaks HTTP in many ways: it says more than was
 * asked for, too little, twice, late, in pieces and with heads of its own. Connections stay open where that is right and where
 * it is not.
 */
final class EchoUpstream implements AutoCloseable {

    private static final Pattern LENGTH = Pattern.compile("(?im)^content-length: *(\\d+)");
    private static final Pattern MARK = Pattern.compile("mk[0-9a-f]{16}");

    private final ServerSocket server;
    private final Marks marks;
    private final BiPredicate<Long, String> forbidden;
    private final Queue<String> leaks = new ConcurrentLinkedQueue<>();
    private final AtomicLong asked = new AtomicLong();
    private final SplittableRandom seeds;
    private final boolean saysTooMuch;

    /**
     * Starts one.
     *
     * @param forbidden what must not come here of a connection
     * @param saysTooMuch whether it says more than it is asked for, at once
     */
    EchoUpstream(Marks marks, BiPredicate<Long, String> forbidden, boolean saysTooMuch, SplittableRandom seeds) {
        this.saysTooMuch = saysTooMuch;
        this.marks = marks;
        this.forbidden = forbidden;
        this.seeds = seeds;
        try {
            server = new ServerSocket(0, 1000, InetAddress.getLoopbackAddress());
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
        Thread.ofPlatform().daemon().start(this::accept);
    }

    int port() {
        return server.getLocalPort();
    }

    long asked() {
        return asked.get();
    }

    Queue<String> leaks() {
        return leaks;
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                Socket socket = server.accept();
                SplittableRandom chance;
                synchronized (seeds) {
                    chance = seeds.split();
                }
                Thread.ofVirtual().start(() -> serve(socket, chance));
            } catch (IOException closed) {
                return;
            }
        }
    }

    private void serve(Socket socket, SplittableRandom chance) {
        try (socket) {
            socket.setTcpNoDelay(true);
            InputStream in = new BufferedInputStream(socket.getInputStream(), 1 << 15);
            while (one(in, socket.getOutputStream(), chance)) {
                asked.incrementAndGet();
            }
        } catch (IOException gone) {
            // The gateway may leave whenever it likes.
        }
    }

    private boolean one(InputStream in, OutputStream out, SplittableRandom chance) throws IOException {
        String head = head(in);
        if (head.isEmpty()) {
            return false;
        }
        Matcher length = LENGTH.matcher(head);
        String body = length.find()
                ? new String(in.readNBytes(Integer.parseInt(length.group(1))), StandardCharsets.ISO_8859_1)
                : "";
        String all = head + body;
        Set<Long> whose = marks.in(all);
        if (whose.size() > 1) {
            leaks.add("one request to the upstream has words of connections " + whose + ": " + all);
        }
        if (whose.stream().anyMatch(each -> forbidden.test(each, all))) {
            leaks.add("what a client showed to the gateway came to the upstream: " + head);
        }
        Matcher mark = MARK.matcher(body);
        String echo = mark.find() ? mark.group() : "no mark";
        return body.contains("\"stream\":true") ? stream(out, echo, chance) : whole(out, echo, chance);
    }

    private static String head(InputStream in) throws IOException {
        ByteArrayOutputStream head = new ByteArrayOutputStream();
        int line = 0;
        for (int next = in.read(); next >= 0; next = in.read()) {
            head.write(next);
            if (next == '\n') {
                if (line == 0) {
                    return head.toString(StandardCharsets.ISO_8859_1);
                }
                line = 0;
            } else if (next != '\r') {
                line++;
            }
        }
        return "";
    }

    private static String document(String echo) {
        return "{\"id\":\"" + echo + "\",\"model\":\"" + echo + "\",\"choices\":[{\"index\":0,\"message\":{\"role\":"
                + "\"assistant\",\"content\":\"you said " + echo + "\"},\"finish_reason\":\"stop\"}],\"usage\":"
                + "{\"prompt_tokens\":3,\"completion_tokens\":2,\"" + echo + "\":1}}";
    }

    private static String error(String echo) {
        return "{\"error\":{\"message\":\"about " + echo + "\",\"type\":\"" + echo + "\",\"code\":\"" + echo + "\"}}";
    }

    private static String answer(int status, String echo, String body) {
        return "HTTP/1.1 " + status + " Because of " + echo + "\r\nx-echo: " + echo
                + "\r\nset-cookie: session=" + echo + "\r\ncontent-type: application/json\r\ncontent-length: "
                + body.length() + "\r\n\r\n" + body;
    }

    private static void say(OutputStream out, String text) throws IOException {
        out.write(text.getBytes(StandardCharsets.ISO_8859_1));
        out.flush();
    }

    /** In pieces, with rests. */
    private static void drip(OutputStream out, String text, SplittableRandom chance) throws IOException {
        int from = 0;
        while (from < text.length()) {
            int end = Math.min(text.length(), from + 1 + chance.nextInt(300));
            say(out, text.substring(from, end));
            from = end;
            if (chance.nextInt(8) == 0) {
                LockSupport.parkNanos(chance.nextInt(2_000_000));
            }
        }
    }

    private boolean whole(OutputStream out, String echo, SplittableRandom chance) throws IOException {
        String good = answer(200, echo, document(echo));
        int what = chance.nextInt(16);
        switch (what >= 3 && what <= 7 && !saysTooMuch ? 15 : what) {
            case 0 -> say(out, answer(400, echo, error(echo)));
            case 1 -> say(out, answer(500, echo, error(echo)));
            case 2 -> say(out, answer(429, echo, error(echo)).replaceFirst("x-echo", "retry-after: 0\r\nx-echo"));
            // More than was asked for: whoever is next on this connection must not get it.
            case 3 -> say(out, good + good);
            case 4 -> say(out, good + good.substring(0, chance.nextInt(good.length())));
            case 5 -> say(out, good + "{\"more\":\"" + echo + "\"}");
            case 6 -> {
                say(out, good.substring(0, chance.nextInt(good.length())));
                return false;
            }
            case 7 -> say(out, good.replaceFirst("content-length: \\d+", "content-length: 20"));
            case 8 -> {
                say(out, "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\n\r\n" + document(echo));
                return false;
            }
            case 9 -> say(out, "HTTP/1.1 100 Continue\r\nx-echo: " + echo + "\r\n\r\n" + good);
            case 10 -> say(out, good.replaceFirst("content-length", "content-length: 5\r\ncontent-length"));
            case 11 -> {
                String body = document(echo);
                say(
                        out,
                        "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: 7\r\n"
                                + "transfer-encoding: chunked\r\n\r\n" + Integer.toHexString(body.length()) + ";" + echo
                                + "\r\n" + body + "\r\n0\r\nx-trailer: " + echo + "\r\n\r\n");
            }
            case 12 ->
                say(
                        out,
                        "HTTP/1.1 302 Found\r\nlocation: http://127.0.0.1:1/" + echo + "\r\ncontent-length: 0\r\n\r\n");
            default -> drip(out, good, chance);
        }
        return true;
    }

    private static String event(String echo, String finish) {
        return "data: {\"id\":\"" + echo + "\",\"choices\":[{\"index\":0,\"delta\":{\"content\":\" " + echo
                + "\"},\"finish_reason\":" + finish + "}]}\n\n";
    }

    private static String chunk(String text) {
        return Integer.toHexString(text.length()) + "\r\n" + text + "\r\n";
    }

    private boolean stream(OutputStream out, String echo, SplittableRandom chance) throws IOException {
        StringBuilder text = new StringBuilder("HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\nx-echo: " + echo
                + "\r\ntransfer-encoding: chunked\r\n\r\n");
        int events = 1 + chance.nextInt(8);
        for (int i = 0; i < events; i++) {
            text.append(chunk(event(echo, "null")));
        }
        switch (chance.nextInt(12)) {
            case 0 -> {
                drip(out, text.substring(0, chance.nextInt(text.length())), chance);
                return false;
            }
            case 1 -> {
                say(out, answer(503, echo, error(echo)));
                return true;
            }
            case 2 -> {
                drip(out, text + "zz\r\n" + echo + "\r\n", chance);
                return false;
            }
            case 3 -> text.append(chunk("event: error\ndata: " + error(echo) + "\n\n"));
            case 4 -> text.append(chunk("data: {\"" + echo + "\n\n"));
            case 5 -> {
                drip(out, text.toString(), chance);
                LockSupport.parkNanos(chance.nextInt(60_000_000));
                text.setLength(0);
            }
            default -> {}
        }
        text.append(chunk(event(echo, "\"stop\""))).append(chunk("data: [DONE]\n\n"));
        text.append("0\r\n");
        if (chance.nextBoolean()) {
            text.append("x-trailer: ").append(echo).append("\r\n");
        }
        text.append("\r\n");
        if (saysTooMuch && chance.nextInt(10) == 0) {
            // A word after the last one, at once.
            int tail = text.length() - 3;
            drip(out, text.substring(0, tail), chance);
            say(out, text.substring(tail) + answer(200, echo, document(echo)));
        } else {
            drip(out, text.toString(), chance);
        }
        return true;
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
