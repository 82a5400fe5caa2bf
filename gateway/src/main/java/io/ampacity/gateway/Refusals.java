package io.ampacity.gateway;

import io.ampacity.gateway.json.JsonText;
import io.ampacity.gateway.metering.Metrics;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Takes down who was turned away before there was a request. All are counted; of each reason so many lines a minute are told
 * and the rest counted in the next line, so that nobody fills a disk by being refused. Nothing that a client sent is in a line: it
 * may be a secret. Thread-safe; never waits.
 */
final class Refusals {

    /** Lines of one reason; as many at once after a rest. */
    static final double LINES_A_MINUTE = 10;

    private final Metrics metrics;
    private final Map<String, OfReason> byReason = new HashMap<>();
    private volatile Consumer<String> lines = line -> {};

    Refusals(Metrics metrics) {
        this.metrics = metrics;
    }

    private static final class OfReason {
        private final Bucket bucket = new Bucket(LINES_A_MINUTE);
        private long untold;
    }

    /** Where somebody knocked. */
    enum Door {
        CLIENTS("clients"),
        OPERATORS("operators");

        private final String word;

        Door(String word) {
            this.word = word;
        }
    }

    /** Who hears of them, one line of JSON each, on a thread that may wait. */
    void tell(Consumer<String> listener) {
        lines = listener;
    }

    /**
     * Somebody was turned away.
     *
     * @param status that was answered; 0 when the connection was closed without an answer
     * @param reason one of a few words of our own
     * @param key name of the key that was shown; empty when none was believed
     */
    void add(Door door, @Nullable SocketAddress peer, int status, String reason, String key) {
        metrics.count(
                "ampacity_refusals_total{door=\"" + door.word + "\",reason=\"" + reason + "\",status=\"" + status
                        + "\"}",
                1);
        long untold = turn(reason);
        if (untold < 0) {
            return;
        }
        JsonText json = new JsonText()
                .object("")
                .put("event", "refused")
                .put("at", Instant.now().toString())
                .put("door", door.word);
        if (peer instanceof InetSocketAddress address) {
            json.put("peer", address.getAddress().getHostAddress()).put("port", address.getPort());
        }
        json.put("status", status).put("reason", reason);
        if (!key.isEmpty()) {
            json.put("key", key);
        }
        String line = json.put("untold", untold).endObject().toString();
        Consumer<String> listener = lines;
        // A log that cannot be written just now must not stop an event loop.
        Thread.ofVirtual().start(() -> listener.accept(line));
    }

    /** How many of a reason went untold before this one; below 0 when it is to go untold too. */
    private synchronized long turn(String reason) {
        OfReason of = byReason.computeIfAbsent(reason, word -> new OfReason());
        if (of.bucket.left() < 1) {
            of.untold++;
            return -1;
        }
        of.bucket.take(1);
        long before = of.untold;
        of.untold = 0;
        return before;
    }
}
