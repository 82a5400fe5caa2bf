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
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.PriorityQueue;
import java.util.concurrent.locks.LockSupport;

/**
 * Many streams at a steady pace, through one address after the other: when each event left the upstream is told in the event
 * itself, by the clock that the client reads too. One process holds both ends, so no clocks are compared.
 *
 * <pre>java PacedStreams.java UPSTREAM-PORT STREAMS SECONDS ROUNDS NAME=PORT[/PROCESS][,header: value]…</pre>
 *
 * Prints, for each address and round, one line of JSON: times in microseconds from an event's leaving to its coming, from
 * a request to its first event, how many streams stood still or broke, and the processor time that the process took an event.
 */
final class PacedStreams {

    private static final int DELTAS = 64;
    private static final long PERIOD = 20_000_000;
    /** A stream stands still when an event comes this much later than the one before it did. */
    private static final long STALL = PERIOD + 200_000_000;

    /** Linux tells processor time in hundredths of a second. */
    private static final double TICK_MICROS = 10_000;

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
    private static final byte[] LAST = bytes("\r\n0\r\n\r\n");
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
                // The first round compiles, here and there.
                Clients clients = new Clients(address, streams);
                clients.run(seconds);
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

    /**
     * As many clients at once, each of which asks again when its stream has ended: at its own place in the period, so that
     * events come evenly over it. Otherwise streams that were held up together would go on together, and what held them up
     * once would be measured for the rest of the time.
     */
    private static final class Clients {
        private static final int UNREAD = 1024;

        private final String name;
        private final int port;
        private final String process;
        private final byte[] request;
        private final int count;
        private final Selector selector = Selector.open();
        private final Sample first = new Sample();
        private final Sample event = new Sample();
        private final ByteBuffer in = ByteBuffer.allocateDirect(1 << 16);
        private final byte[] bytes = new byte[(1 << 16) + UNREAD];
        /** Those who will ask, the next first. */
        private final PriorityQueue<Client> resting = new PriorityQueue<>(Comparator.comparingLong(client -> client.asked));

        private long whole;
        private long broken;
        private long stalls;
        private double processorMicros;
        private int open;
        private boolean asking = true;

        private static final class Client {
            private SocketChannel socket;
            private final byte[] rest = new byte[UNREAD];
            private int restLength;
            private long asked;
            private long last;
            private int events;
        }

        Clients(String address, int count) throws IOException {
            String[] parts = address.split(",");
            name = parts[0].substring(0, parts[0].indexOf('='));
            String[] place = parts[0].substring(parts[0].indexOf('=') + 1).split("/");
            port = Integer.parseInt(place[0]);
            process = place.length > 1 ? place[1] : "";
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
            for (int i = 0; i < count; i++) {
                Client client = new Client();
                // They begin one after the other over a second, each at its own place in the period.
                long place = PERIOD * i / count;
                client.asked = began + 1_000_000_000L / count * i / PERIOD * PERIOD + place;
                resting.add(client);
            }
            open = count;
            processorMicros = -processorMicros();
            while (open > 0) {
                long now = System.nanoTime();
                asking = now - until < 0;
                while (!resting.isEmpty() && (!asking || resting.peek().asked - now <= 0)) {
                    ask(resting.poll());
                }
                if (now - until > 10_000_000_000L) {
                    broken += open;
                    break;
                }
                if (resting.isEmpty()) {
                    selector.select(this::ready, 100);
                } else if (selector.selectNow(this::ready) == 0) {
                    LockSupport.parkNanos(Math.min(50_000, Math.max(1, resting.peek().asked - now)));
                }
            }
            processorMicros += processorMicros();
            for (SelectionKey key : selector.keys()) {
                key.channel().close();
            }
            selector.close();
        }

        /** What the process between has taken so far; 0 where that is unknown. */
        private double processorMicros() throws IOException {
            Path stat = Path.of("/proc", process, "stat");
            if (process.isEmpty() || !Files.exists(stat)) {
                return 0;
            }
            String text = Files.readString(stat, StandardCharsets.ISO_8859_1);
            String[] words = text.substring(text.lastIndexOf(')') + 2).split(" ");
            return (Long.parseLong(words[11]) + Long.parseLong(words[12])) * TICK_MICROS;
        }

        private void ask(Client client) throws IOException {
            if (!asking) {
                open--;
                if (client.socket != null) {
                    client.socket.close();
                }
                return;
            }
            if (client.socket == null) {
                client.socket = SocketChannel.open(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
                client.socket.setOption(StandardSocketOptions.TCP_NODELAY, true);
                client.socket.configureBlocking(false);
                client.socket.register(selector, SelectionKey.OP_READ, client);
            }
            client.events = 0;
            client.restLength = 0;
            client.asked = System.nanoTime();
            client.socket.write(ByteBuffer.wrap(request));
        }

        private void ready(SelectionKey key) {
            Client client = (Client) key.attachment();
            try {
                read(client);
            } catch (IOException reset) {
                broken++;
                open--;
                key.cancel();
            }
        }

        private void read(Client client) throws IOException {
            int more = client.socket.read(in.clear());
            long now = System.nanoTime();
            if (more < 0) {
                client.socket.close();
                throw new IOException("the stream broke");
            }
            in.flip();
            int length = client.restLength;
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
            if (indexOf(bytes, LAST, Math.max(from, length - LAST.length), length) >= 0) {
                if (client.events == DELTAS) {
                    whole++;
                } else {
                    broken++;
                }
                // The place in the period is that of before, a round number of periods later.
                client.asked += ((now - client.asked) / PERIOD + 1) * PERIOD;
                resting.add(client);
                return;
            }
            client.restLength = length - Math.max(from, length - UNREAD);
            System.arraycopy(bytes, length - client.restLength, client.rest, 0, client.restLength);
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
                            + "\"firstEventMicros\":{\"p50\":%.1f,\"p99\":%.1f},\"eventMicros\":{\"p50\":%.1f,\"p99\":%.1f},\"cpuMicrosAnEvent\":%.2f}",
                    name,
                    round,
                    whole,
                    broken,
                    stalls,
                    event.count,
                    first.quantile(0.5),
                    first.quantile(0.99),
                    event.quantile(0.5),
                    event.quantile(0.99),
                    processorMicros / Math.max(1, event.count));
        }
    }

    /** Times, all of them. */
    private static final class Sample {
        private long[] nanos = new long[1 << 20];
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
