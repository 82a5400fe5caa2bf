package io.ampacity.gateway.upstream;

import io.netty.channel.EventLoop;
import io.netty.util.NetUtil;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Addresses of names, looked up beside the event loops and kept for a while: a loop never waits for a name server.
 * Thread-safe.
 */
final class Addresses {

    private static final long KEPT_NANOS = 30_000_000_000L;

    private record Known(List<InetAddress> addresses, long untilNanos) {}

    private final ConcurrentMap<String, Known> known = new ConcurrentHashMap<>();

    /** Hands an address to {@code then} on the loop; null when the name has none. */
    void find(String host, EventLoop loop, Consumer<@Nullable InetAddress> then) {
        byte[] literal = NetUtil.createByteArrayFromIpAddressString(host);
        if (literal != null) {
            then.accept(address(literal));
            return;
        }
        Known kept = known.get(host);
        if (kept != null && kept.untilNanos - System.nanoTime() > 0) {
            then.accept(one(kept.addresses));
            return;
        }
        Thread.ofVirtual().name("name-" + host).start(() -> {
            InetAddress found = lookUp(host, kept);
            loop.execute(() -> then.accept(found));
        });
    }

    private @Nullable InetAddress lookUp(String host, @Nullable Known before) {
        try {
            List<InetAddress> addresses = List.of(InetAddress.getAllByName(host));
            known.put(host, new Known(addresses, System.nanoTime() + KEPT_NANOS));
            return one(addresses);
        } catch (UnknownHostException unknown) {
            // A name server that is away must not take down what it named a moment ago.
            return before == null ? null : one(before.addresses);
        }
    }

    private static InetAddress one(List<InetAddress> addresses) {
        return addresses.get((int) Math.floorMod(System.nanoTime() >>> 10, (long) addresses.size()));
    }

    private static @Nullable InetAddress address(byte[] literal) {
        try {
            return InetAddress.getByAddress(literal);
        } catch (UnknownHostException impossible) {
            return null;
        }
    }
}
