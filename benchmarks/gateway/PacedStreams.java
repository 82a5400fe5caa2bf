import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.LockSupport;

/**
 * Many streams at a steady pace, through one address after the other: when each event left the upstream is told in the event
 * itself, by the clock that the client reads too. One process holds both ends, so no clocks are compared.
 *
 * <pre>java PacedStreams.java UPSTREAM-PORT STREAMS SECONDS ROUNDS NAME=PORT[,header: value]…</pre>
 *
 * Prints, for each address and round, one line of JSON: times in microseconds from an event's leaving to its coming, from
 * a request to its first event, and how many streams stood still or broke.
 */
final class PacedStreams {

    private static final int DELTAS = 64;
    private static final long PERIOD = 20_000_000;
    /** A stream stands still when an event comes this much later than the one before it did. */
    private static final long STALL = PERIOD + 200_000_000;

    private static final byte[] HEAD = bytes("HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\n"
            + "transfer-encoding: chunked\r\n\r\n");
    private static final String DELTA = "data: {\"id\":\"chatcmpl-1\",\"object\":\"chat.completion.chunk\",\"created\":1,"
            + "\"model\":\"m\",\"choices\":[{\"index\":0,\"delta\":{\"content\":\"%019d\"},\"finish_reason\":null}]}\n\n";
    private static final byte[] STAMP = bytes("\"content\":\"");
    private static final int DIGITS = 19;
    private static final byte[] EVENT = chunk(String.format(Locale.ROOT, DELTA, 0));
    private static final int STAMP_AT = indexOf(EVENT, STAMP, 0, EVENT.length) + STAMP.length;
    private static final byte[] END = join(
            chunk("data: {\"id\":\"chatcmpl-1\",\"choices\":[{\"index\":0,\"delta\":{},\"finish_reason\":\"stop\"}]}\n\n"),
            chunk("data: {\"id\":\"chatcmpl-1\",\"choices\":[],\"usage\":{\"prompt_tokens\":9,\"completion_tokens\":64}}\n\n"),
            chunk("data: [DONE]\n\n"),
            bytes("0\r\n\r\n"));
    private static final String BODY = "{\"model\":\"paced\",\"stream\":true,\"stream_options\":{\"include_usage\":true},"
            + "\"messages\":[{\"role\":\"user\",\"content\":\"" + "word ".repeat(40) + "\"}]}";

    private PacedStreams() {}

    public static void main(String[] arguments) throws Exception {
        int port = Integer.parseInt(arguments[0]);
        int streams = Integer.parseInt(arguments[1]);
        double seconds = Double.parseDouble(arguments[2]);
        int rounds = Integer.parseInt(arguments[3]);
        Thread upstream = Thread.ofPlatform().daemon().start(new Upstream(port));
        List<String> addresses = List.of(arguments).subList(4, arguments.length);
        for (int round = 0; round <= rounds; round++) {
            for (String address : addresses) {
                // The first round compiles.
                Clients clients = new Clients(address, streams);
                clients.run(round == 0 ? Math.min(3, seconds) : seconds);
                if (round > 0) {
                    System.out.println(clients.told(round));
                }
            }
        }
        upstream.interrupt();
    }

    /** Answers each request with its events, each at its time. */
    private static final class Upstream implements Runnable {
        private final ServerSocketChannel server;
        private final Selector selector;
        /** Periods are equal, so those that are due first stand first. */
        private final ArrayDeque<Stream> due = new ArrayDeque<>();

        private final ByteBuffer out = ByteBuffer.allocateDirect(4096);
        private final ByteBuffer in = ByteBuffer.allocateDirect(8192);

        Upstream(int port) throws IOException {
            server = ServerSocketChannel.open();
            server.setOption(StandardSocketOptions.SO_REUSEADDR, true);
            server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 4096);
            server.configureBlocking(false);
            selector = Selector.open();
            server.register(selector, SelectionKey.OP_ACCEPT);
        }

        private static final class Stream {
            private final SocketChannel socket;
            private int sent;
            private long at;
            private final StringBuilder head = new StringBuilder();

            Stream(SocketChannel socket) {
                this.socket = socket;
            }
        }

        @Override
        public void run() {
            try {
                while (!Thread.interrupted()) {
                    turn();
                }
            } catch (IOException broken) {
                throw new java.io.UncheckedIOException(broken);
            }
        }

        private void turn() throws IOException {
            selector.selectNow(this::ready);
            long now = System.nanoTime();
            while (!due.isEmpty() && due.peek().at - now <= 0) {
                Stream stream = due.poll();
                if (send(stream)) {
                    stream.at += PERIOD;
                    due.add(stream);
                }
                now = System.nanoTime();
            }
            long rest = due.isEmpty() ? 100_000 : Math.min(100_000, due.peek().at - now);
            if (rest > 0) {
                LockSupport.parkNanos(rest);
            }
        }

        private void ready(SelectionKey key) {
            try {
                if (key.isAcceptable()) {
                    SocketChannel next = server.accept();
                    next.configureBlocking(false);
                    next.setOption(StandardSocketOptions.TCP_NODELAY, true);
                    next.register(selector, SelectionKey.OP_READ, new Stream(next));
                } else {
                    read((Stream) key.attachment());
                }
            } catch (IOException gone) {
                key.cancel();
            }
        }

        private void read(Stream stream) throws IOException {
            int count = stream.socket.read(in.clear());
            if (count < 0) {
                stream.socket.close();
                return;
            }
            stream.head.append(StandardCharsets.ISO_8859_1.decode(in.flip()));
            int end = stream.head.indexOf("\r\n\r\n");
            if (end < 0) {
                return;
            }
            int length = stream.head.toString().toLowerCase(Locale.ROOT).indexOf("content-length:");
            boolean chunked = length < 0 || length > end;
            boolean whole = chunked
                    ? stream.head.indexOf("0\r\n\r\n", end) > 0
                    : stream.head.length() >= end + 4 + Integer.parseInt(
                            stream.head.substring(length + 15, stream.head.indexOf("\r\n", length)).strip());
            if (!whole) {
                return;
            }
            stream.head.setLength(0);
            stream.sent = 0;
            stream.socket.write(ByteBuffer.wrap(HEAD));
            stream.at = System.nanoTime();
            if (send(stream)) {
                stream.at += PERIOD;
                due.add(stream);
            }
        }

        /** Sends the next event; whether there is another. */
        private boolean send(Stream stream) {
            try {
                out.clear();
                if (stream.sent < DELTAS) {
                    out.put(EVENT);
                    long stamp = System.nanoTime();
                    for (int digit = DIGITS - 1; digit >= 0; digit--) {
                        out.put(STAMP_AT + digit, (byte) ('0' + stamp % 10));
                        stamp /= 10;
                    }
                } else {
                    out.put(END);
                }
                stream.socket.write(out.flip());
                return stream.sent++ < DELTAS;
            } catch (IOException gone) {
                return false;
            }
        }
    }

    /** As many clients at once, each of which asks again when its stream has ended. */
    private static final class Clients {
        private final String name;
        private final int port;
        private final byte[] request;
        private final int count;
        private final Selector selector = Selector.open();
        private final Sample first = new Sample();
        private final Sample event = new Sample();
        private final ByteBuffer in = ByteBuffer.allocateDirect(1 << 16);
        private final byte[] bytes = new byte[1 << 17];
        private long whole;
        private long broken;
        private long stalls;
        private boolean asking = true;

        private static final class Client {
            private SocketChannel socket;
            private byte[] rest = new byte[0];
            private long asked;
            private long last;
            private int events;
        }

        Clients(String address, int count) throws IOException {
            String[] parts = address.split(",");
            name = parts[0].substring(0, parts[0].indexOf('='));
            port = Integer.parseInt(parts[0].substring(parts[0].indexOf('=') + 1));
            StringBuilder head = new StringBuilder("POST /v1/chat/completions HTTP/1.1\r\nhost: 127.0.0.1\r\n"
                    + "content-type: application/json\r\nauthorization: Bearer bench\r\n");
            for (int i = 1; i < parts.length; i++) {
                head.append(parts[i]).append("\r\n");
            }
            request = bytes(head + "content-length: " + BODY.length() + "\r\n\r\n" + BODY);
            this.count = count;
        }

        void run(double seconds) throws IOException {
            long began = System.nanoTime();
            long until = began + (long) (seconds * 1e9);
            Queue<Client> waiting = new ConcurrentLinkedQueue<>();
            for (int i = 0; i < count; i++) {
                waiting.add(new Client());
            }
            int opened = 0;
            int open = count;
            while (open > 0) {
                long now = System.nanoTime();
                // They begin one after the other over a second, so that they do not march in step.
                while (opened < count && now - began >= 1_000_000_000L / count * opened) {
                    begin(waiting.poll());
                    opened++;
                }
                asking = now - until < 0;
                if (now - until > 10_000_000_000L) {
                    broken += open;
                    break;
                }
                if (opened < count) {
                    if (selector.selectNow() == 0) {
                        LockSupport.parkNanos(100_000);
                    }
                } else {
                    selector.select(100);
                }
                for (SelectionKey key : selector.selectedKeys()) {
                    if (!read((Client) key.attachment())) {
                        key.cancel();
                        open--;
                    }
                }
                selector.selectedKeys().clear();
            }
            for (SelectionKey key : selector.keys()) {
                key.channel().close();
            }
            selector.close();
        }

        private void begin(Client client) throws IOException {
            client.socket = SocketChannel.open(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            client.socket.setOption(StandardSocketOptions.TCP_NODELAY, true);
            client.socket.configureBlocking(false);
            client.socket.register(selector, SelectionKey.OP_READ, client);
            ask(client);
        }

        private void ask(Client client) throws IOException {
            client.events = 0;
            client.rest = new byte[0];
            client.asked = System.nanoTime();
            client.socket.write(ByteBuffer.wrap(request));
        }

        /** Whether more will come. */
        private boolean read(Client client) throws IOException {
            int more;
            try {
                more = client.socket.read(in.clear());
            } catch (IOException reset) {
                more = -1;
            }
            long now = System.nanoTime();
            if (more < 0) {
                broken++;
                client.socket.close();
                return false;
            }
            in.flip();
            int length = client.rest.length;
            System.arraycopy(client.rest, 0, bytes, 0, length);
            in.get(bytes, length, more);
            length += more;
            int from = 0;
            int stamp = indexOf(bytes, STAMP, from, length);
            while (stamp >= 0 && stamp + STAMP.length + DIGITS <= length) {
                long left = 0;
                for (int i = 0; i < DIGITS; i++) {
                    left = left * 10 + bytes[stamp + STAMP.length + i] - '0';
                }
                heard(client, now, left);
                from = stamp + STAMP.length + DIGITS;
                stamp = indexOf(bytes, STAMP, from, length);
            }
            boolean ended = length >= 5 && bytes[length - 1] == '\n' && indexOf(bytes, bytes("\r\n0\r\n\r\n"), from, length) >= 0;
            if (ended) {
                if (client.events == DELTAS) {
                    whole++;
                } else {
                    broken++;
                }
                if (!asking) {
                    client.socket.close();
                    return false;
                }
                ask(client);
                return true;
            }
            client.rest = Arrays.copyOfRange(bytes, Math.max(from, length - 400), length);
            return true;
        }

        private void heard(Client client, long now, long left) {
            if (client.events++ == 0) {
                first.add(now - client.asked);
            } else {
                event.add(now - left);
                stalls += now - client.last > STALL ? 1 : 0;
            }
            client.last = now;
        }

        String told(int round) {
            return String.format(
                    Locale.ROOT,
                    "{\"through\":\"%s\",\"round\":%d,\"streams\":%d,\"broken\":%d,\"stalls\":%d,\"events\":%d,"
                            + "\"firstEventMicros\":{\"p50\":%.1f,\"p99\":%.1f},\"eventMicros\":{\"p50\":%.1f,\"p99\":%.1f}}",
                    name,
                    round,
                    whole,
                    broken,
                    stalls,
                    event.count,
                    first.quantile(0.5),
                    first.quantile(0.99),
                    event.quantile(0.5),
                    event.quantile(0.99));
        }
    }

    /** Times, all of them. */
    private static final class Sample {
        private long[] nanos = new long[1 << 16];
        private int count;

        void add(long time) {
            if (count == nanos.length) {
                nanos = Arrays.copyOf(nanos, count * 2);
            }
            nanos[count++] = time;
        }

        double quantile(double share) {
            if (count == 0) {
                return Double.NaN;
            }
            long[] sorted = Arrays.copyOf(nanos, count);
            Arrays.sort(sorted);
            return sorted[(int) Math.min(count - 1, Math.ceil(share * count))] / 1e3;
        }
    }

    private static int indexOf(byte[] bytes, byte[] wanted, int from, int to) {
        for (int at = from; at <= to - wanted.length; at++) {
            if (bytes[at] == wanted[0] && Arrays.equals(bytes, at, at + wanted.length, wanted, 0, wanted.length)) {
                return at;
            }
        }
        return -1;
    }

    private static byte[] chunk(String text) {
        return bytes(Integer.toHexString(text.length()) + "\r\n" + text + "\r\n");
    }

    private static byte[] join(byte[]... parts) {
        List<Byte> all = new ArrayList<>();
        for (byte[] part : parts) {
            for (byte each : part) {
                all.add(each);
            }
        }
        byte[] joined = new byte[all.size()];
        for (int i = 0; i < joined.length; i++) {
            joined[i] = all.get(i);
        }
        return joined;
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
