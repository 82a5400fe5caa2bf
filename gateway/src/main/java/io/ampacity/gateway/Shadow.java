package io.ampacity.gateway;

import io.ampacity.gateway.json.JsonText;
import io.ampacity.gateway.metering.AttemptRecord;
import io.ampacity.gateway.metering.Metrics;
import io.ampacity.gateway.metering.Outcome;
import io.ampacity.gateway.metering.RequestRecord;
import io.ampacity.gateway.settings.KeySettings;
import io.ampacity.gateway.settings.OverloadSettings;
import io.ampacity.gateway.settings.Priority;
import io.ampacity.gateway.settings.ShadowSettings;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One upstream in the shadow of a model: its copies, and what came of them beside the originals. Thread-safe. */
final class Shadow {

    private final ShadowSettings settings;
    private final Service service;
    private final Metrics metrics;
    private final String label;
    private final Map<String, Pair> pairs = new HashMap<>();
    private final Side originals = new Side();
    private final Side copies = new Side();
    private int open;
    private long compared;
    private long agreed;
    private long dropped;

    /** @param metrics where comparisons are counted, which are not the copies' own */
    Shadow(ShadowSettings settings, Service service, Metrics metrics) {
        this.settings = settings;
        this.service = service;
        this.metrics = metrics;
        label = "shadow=\"" + settings.name().replace("\"", "'") + "\"";
    }

    /** A request and its copy, until both have ended. */
    private static final class Pair {
        private @Nullable RequestRecord original;
        private @Nullable RequestRecord copy;
    }

    /** Sums over one side of those that both completed. */
    private static final class Side {
        private double seconds;
        private double firstTokenSeconds;
        private long firstTokens;
        private long outputTokens;
        private double costUsd;

        void add(RequestRecord record) {
            seconds += record.seconds();
            costUsd += Math.max(0, Double.isFinite(record.costUsd()) ? record.costUsd() : 0);
            AttemptRecord last = record.attempts().getLast();
            outputTokens += Math.max(0, last.use().outputTokens());
            if (record.stream() && Double.isFinite(last.firstTokenSeconds())) {
                firstTokenSeconds += last.firstTokenSeconds();
                firstTokens++;
            }
        }
    }

    ShadowSettings settings() {
        return settings;
    }

    /** The service of one copy, whose record stands in the books, and here beside the original's. */
    Service serviceOf(String original) {
        return service.writing(record -> {
            service.meter().record(record);
            ended(original, record);
        });
    }

    /** The key that pays for copies. */
    KeySettings key() {
        return new KeySettings(
                settings.key(), "", Set.of(), null, null, null, settings.budgetUsd(), settings.period(), Priority.LOW);
    }

    /** Whether there is room for one more copy, which it takes. Copies go first when there is much to do. */
    synchronized boolean enter(String original, long openRequests, OverloadSettings overload) {
        boolean busy = overload.mostOpen() != Integer.MAX_VALUE && openRequests * 2 >= overload.most(Priority.LOW);
        if (busy || open >= settings.mostOpen()) {
            drop(busy ? "load" : "open");
            return false;
        }
        open++;
        pairs.put(original, new Pair());
        return true;
    }

    /** A copy was not sent after all. */
    synchronized void drop(String reason) {
        dropped++;
        metrics.count("ampacity_shadow_dropped_total{" + label + ",reason=\"" + reason + "\"}", 1);
    }

    /** A copy that was let in was not sent after all. */
    synchronized void leave(String original, String reason) {
        open--;
        pairs.remove(original);
        drop(reason);
    }

    private synchronized void ended(String original, RequestRecord copy) {
        open--;
        metrics.count(
                "ampacity_shadow_requests_total{" + label + ",outcome=\""
                        + copy.outcome().id() + "\"}",
                1);
        if (Double.isFinite(copy.costUsd())) {
            metrics.count("ampacity_shadow_cost_usd_total{" + label + "}", copy.costUsd());
        }
        Pair pair = pairs.get(original);
        if (pair != null) {
            pair.copy = copy;
            compare(original, pair);
        }
    }

    /** A request of the model has ended, which may have a copy. */
    synchronized void original(RequestRecord record) {
        Pair pair = pairs.get(record.id());
        if (pair != null) {
            pair.original = record;
            compare(record.id(), pair);
        }
    }

    private void compare(String id, Pair pair) {
        RequestRecord original = pair.original;
        RequestRecord copy = pair.copy;
        if (original == null || copy == null) {
            return;
        }
        pairs.remove(id);
        if (original.outcome() == Outcome.ABORTED) {
            // Nobody knows how it would have ended.
            return;
        }
        compared++;
        boolean same = original.outcome() == copy.outcome();
        agreed += same ? 1 : 0;
        metrics.count("ampacity_shadow_compared_total{" + label + ",same=\"" + (same ? "yes" : "no") + "\"}", 1);
        if (original.outcome() == Outcome.COMPLETED && copy.outcome() == Outcome.COMPLETED) {
            originals.add(original);
            copies.add(copy);
            sums("original", original);
            sums("copy", copy);
        }
    }

    private void sums(String side, RequestRecord record) {
        String labels = "{" + label + ",side=\"" + side + "\"}";
        metrics.count("ampacity_shadow_seconds_total" + labels, record.seconds());
        metrics.count("ampacity_shadow_output_tokens_total" + labels, (double)
                Math.max(0, record.attempts().getLast().use().outputTokens()));
    }

    /** What came of it so far. */
    synchronized void write(JsonText json) {
        json.object("")
                .put("id", settings.name())
                .put("model", settings.model())
                .put("share", settings.share())
                .put("open", open)
                .put("dropped", dropped)
                .put("compared", compared)
                .put("sameOutcome", agreed);
        write(json, "originals", originals);
        write(json, "copies", copies);
        json.endObject();
    }

    private static void write(JsonText json, String name, Side side) {
        json.object(name)
                .put("seconds", side.seconds)
                .put("meanFirstTokenSeconds", side.firstTokenSeconds / side.firstTokens)
                .put("outputTokens", side.outputTokens)
                .put("costUsd", side.costUsd)
                .endObject();
    }
}
