import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;

/**
 * As little as anything between two ends can do: what comes from one is sent to the other, unread, by one call of the system
 * each. What this takes nobody who stands there can save: {@code java Relay.java PORT TO-PORT THREADS}.
 */
final class Relay {

    private static final ThreadLocal<ByteBuffer> BYTES = ThreadLocal.withInitial(() -> ByteBuffer.allocateDirect(1 << 16));

    private Relay() {}

    public static void main(String[] arguments) throws IOException {
        InetAddress here = InetAddress.getLoopbackAddress();
        InetSocketAddress to = new InetSocketAddress(here, Integer.parseInt(arguments[1]));
        Selector[] selectors = new Selector[Integer.parseInt(arguments[2])];
        for (int i = 0; i < selectors.length; i++) {
            Selector selector = Selector.open();
            selectors[i] = selector;
            Thread.ofPlatform().start(() -> pass(selector));
        }
        ServerSocketChannel server = ServerSocketChannel.open();
        server.setOption(StandardSocketOptions.SO_REUSEADDR, true);
        server.bind(new InetSocketAddress(here, Integer.parseInt(arguments[0])), 4096);
        for (int next = 0; ; next++) {
            SocketChannel client = server.accept();
            SocketChannel upstream;
            try {
                upstream = SocketChannel.open(to);
            } catch (IOException away) {
                client.close();
                continue;
            }
            Selector selector = selectors[next % selectors.length];
            join(client, upstream, selector);
            join(upstream, client, selector);
            selector.wakeup();
        }
    }

    private static void join(SocketChannel from, SocketChannel to, Selector selector) throws IOException {
        from.setOption(StandardSocketOptions.TCP_NODELAY, true);
        from.configureBlocking(false);
        from.register(selector, SelectionKey.OP_READ, to);
    }

    private static void pass(Selector selector) {
        try {
            while (true) {
                selector.select(Relay::pass);
            }
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    private static void pass(SelectionKey key) {
        SocketChannel from = (SocketChannel) key.channel();
        SocketChannel to = (SocketChannel) key.attachment();
        ByteBuffer bytes = BYTES.get().clear();
        try {
            int count = from.read(bytes);
            bytes.flip();
            while (count > 0 && bytes.hasRemaining()) {
                to.write(bytes);
            }
            if (count < 0) {
                from.close();
                to.close();
            }
        } catch (IOException gone) {
            key.cancel();
        }
    }
}
