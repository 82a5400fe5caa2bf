package io.ampacity.gateway.metering;

import io.ampacity.gateway.settings.Priority;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.DoubleAdder;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Sums over all requests, in the form that Prometheus reads. Thread-safe. */
public final class Metrics implements Meter {

    private static final double[] SECONDS = {0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 120};

    private final Map<String, DoubleAdder> counters = new ConcurrentSkipListMap<>();
    private final Map<String, Histogram> histograms = new ConcurrentSkipListMap<>();
    private final Map<String, OfModel> models = new ConcurrentHashMap<>();
    private final Map<String, OfPool> pools = new ConcurrentHashMap<>();
    private final LongAdder open = new LongAdder();
    private volatile Supplier<Map<String, Double>> canaryShares = Map::of;

    private static final class Histogram {
        private final LongAdder[] buckets = new LongAdder[SECONDS.length + 1];
        private final DoubleAdder sum = new DoubleAdder();

        Histogram() {
            for (int i = 0; i < buckets.length; i++) {
                buckets[i] = new LongAdder();
            }
        }

        boolean isEmpty() {
            for (LongAdder bucket : buckets) {
                if (bucket.sum() > 0) {
                    return false;
                }
            }
            return true;
        }

        void add(double seconds) {
            int bucket = 0;
            while (bucket < SECONDS.length && seconds > SECONDS[bucket]) {
                bucket++;
            }
            buckets[bucket].increment();
            sum.add(seconds);
        }
    }

    /** A request began. */
    public void began() {
        open.increment();
    }

    /** A request was turned away. */
    public void shed(Priority priority) {
        add("ampacity_shed_total{priority=\"" + priority.name().toLowerCase(Locale.ROOT) + "\"}", 1);
    }

    /** A canary was stopped. */
    public void canaryStopped(String pool) {
        add("ampacity_canaries_stopped_total{pool=\"" + label(pool) + "\"}", 1);
    }

    /** A canary got its next share. */
    public void canaryWidened(String pool) {
        add("ampacity_canaries_widened_total{pool=\"" + label(pool) + "\"}", 1);
    }

    /** Where the share of every canary is asked for, from now on. */
    public void canaryShares(Supplier<Map<String, Double>> asked) {
        canaryShares = asked;
    }

    /** A collector of telemetry did not take what it was told. */
    public void telemetryFailed() {
        add("ampacity_telemetry_failed_exports_total{}", 1);
    }

    /** Adds to a sum that has this name and these labels, as Prometheus writes them. */
    public void count(String nameAndLabels, double amount) {
        add(nameAndLabels, amount);
    }

    /** A request is no longer open. */
    public void ended() {
        open.decrement();
    }

    /** Requests that are open. */
    public long open() {
        return open.sum();
    }

    @Override
    public void record(RequestRecord request) {
        OfModel model = models.computeIfAbsent(request.model(), OfModel::new);
        model.ended(request.outcome(), request.status()).increment();
        model.seconds.add(request.seconds());
        if (request.rescued()) {
            model.rescued.increment();
        }
        for (AttemptRecord attempt : request.attempts()) {
            pools.computeIfAbsent(attempt.pool(), OfPool::new).record(attempt);
        }
    }

    /** Sums of one model; their names are made once, not for every request. */
    private final class OfModel {
        private final Map<Ended, DoubleCounter> ended = new ConcurrentHashMap<>();
        private final String label;
        private final Histogram seconds;
        private final DoubleCounter rescued;

        OfModel(String model) {
            label = "model=\"" + label(model) + "\"";
            seconds = histogram("ampacity_request_seconds", label);
            rescued = new DoubleCounter("ampacity_rescued_total{" + label + "}");
        }

        DoubleCounter ended(Outcome outcome, int status) {
            return ended.computeIfAbsent(
                    new Ended(outcome, status),
                    key -> new DoubleCounter("ampacity_requests_total{" + label + ",outcome=\"" + outcome.id()
                            + "\",status=\"" + status + "\"}"));
        }
    }

    private record Ended(Outcome outcome, int status) {}

    /** Sums of one pool. */
    private final class OfPool {
        private final Map<Outcome, DoubleCounter> attempts = new EnumMap<>(Outcome.class);
        private final DoubleCounter prompt;
        private final DoubleCounter cached;
        private final DoubleCounter cacheWrite;
        private final DoubleCounter output;
        private final DoubleCounter reasoning;
        private final DoubleCounter cost;
        private final DoubleCounter unpriced;
        private final DoubleCounter energy;
        private final DoubleCounter carbon;
        private final DoubleCounter doubtful;
        private final Histogram firstToken;

        OfPool(String id) {
            String pool = "pool=\"" + label(id) + "\"";
            for (Outcome outcome : Outcome.values()) {
                attempts.put(
                        outcome,
                        new DoubleCounter("ampacity_attempts_total{" + pool + ",outcome=\"" + outcome.id() + "\"}"));
            }
            prompt = tokens(pool, "prompt");
            cached = tokens(pool, "cached");
            cacheWrite = tokens(pool, "cache-write");
            output = tokens(pool, "output");
            reasoning = tokens(pool, "reasoning");
            cost = new DoubleCounter("ampacity_cost_usd_total{" + pool + "}");
            unpriced = new DoubleCounter("ampacity_unpriced_attempts_total{" + pool + "}");
            energy = new DoubleCounter("ampacity_energy_joules_total{" + pool + "}");
            carbon = new DoubleCounter("ampacity_carbon_grams_total{" + pool + "}");
            doubtful = new DoubleCounter("ampacity_doubtful_usage_total{" + pool + "}");
            firstToken = histogram("ampacity_first_token_seconds", pool);
        }

        private DoubleCounter tokens(String pool, String kind) {
            return new DoubleCounter("ampacity_tokens_total{" + pool + ",kind=\"" + kind + "\"}");
        }

        void record(AttemptRecord attempt) {
            Use use = attempt.use();
            DoubleCounter ended = attempts.get(attempt.outcome());
            if (ended != null) {
                ended.increment();
            }
            prompt.count(use.promptTokens());
            cached.count(use.cachedTokens());
            cacheWrite.count(use.cacheWriteTokens());
            output.count(use.outputTokens());
            reasoning.count(use.reasoningTokens());
            if (Double.isFinite(attempt.firstTokenSeconds())) {
                firstToken.add(attempt.firstTokenSeconds());
            }
            if (Double.isFinite(use.costUsd())) {
                cost.add(use.costUsd());
            } else {
                unpriced.increment();
            }
            if (Double.isFinite(use.energyJoules())) {
                energy.add(use.energyJoules());
            }
            if (Double.isFinite(use.carbonGrams())) {
                carbon.add(use.carbonGrams());
            }
            if (use.doubtful()) {
                doubtful.increment();
            }
        }
    }

    /** One sum, which is shown from when it was first added to. */
    private final class DoubleCounter {
        private final String name;
        private @Nullable DoubleAdder sum;

        DoubleCounter(String name) {
            this.name = name;
        }

        void increment() {
            add(1);
        }

        void count(long tokens) {
            if (tokens > 0) {
                add((double) tokens);
            }
        }

        void add(double amount) {
            DoubleAdder known = sum;
            if (known == null) {
                known = counters.computeIfAbsent(name, key -> new DoubleAdder());
                sum = known;
            }
            known.add(amount);
        }
    }

    private void add(String name, double amount) {
        counters.computeIfAbsent(name, key -> new DoubleAdder()).add(amount);
    }

    private Histogram histogram(String name, String labels) {
        return histograms.computeIfAbsent(name + "{" + labels, key -> new Histogram());
    }

    private static String label(String text) {
        return text.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n");
    }

    /** Everything, as text. */
    public String prometheus() {
        StringBuilder text = new StringBuilder(4096);
        String family = "";
        for (Map.Entry<String, DoubleAdder> counter : counters.entrySet()) {
            String name = counter.getKey().substring(0, counter.getKey().indexOf('{'));
            if (!name.equals(family)) {
                text.append("# TYPE ").append(name).append(" counter\n");
                family = name;
            }
            text.append(counter.getKey())
                    .append(' ')
                    .append(number(counter.getValue().sum()))
                    .append('\n');
        }
        for (Map.Entry<String, Histogram> entry : histograms.entrySet()) {
            int brace = entry.getKey().indexOf('{');
            String name = entry.getKey().substring(0, brace);
            String labels = entry.getKey().substring(brace + 1);
            if (entry.getValue().isEmpty()) {
                continue;
            }
            if (!name.equals(family)) {
                text.append("# TYPE ").append(name).append(" histogram\n");
                family = name;
            }
            write(text, name, labels, entry.getValue());
        }
        Map<String, Double> shares = canaryShares.get();
        if (!shares.isEmpty()) {
            text.append("# TYPE ampacity_canary_share gauge\n");
        }
        shares.forEach((pool, share) -> text.append("ampacity_canary_share{pool=\"")
                .append(label(pool))
                .append("\"} ")
                .append(number(share))
                .append('\n'));
        return text.append("# TYPE ampacity_open_requests gauge\nampacity_open_requests ")
                .append(open())
                .append('\n')
                .toString();
    }

    private static void write(StringBuilder text, String name, String labels, Histogram histogram) {
        long sum = 0;
        for (int i = 0; i <= SECONDS.length; i++) {
            sum += histogram.buckets[i].sum();
            text.append(name)
                    .append("_bucket{")
                    .append(labels)
                    .append(",le=\"")
                    .append(i < SECONDS.length ? number(SECONDS[i]) : "+Inf")
                    .append("\"} ")
                    .append(sum)
                    .append('\n');
        }
        text.append(name)
                .append("_sum{")
                .append(labels)
                .append("} ")
                .append(number(histogram.sum.sum()))
                .append('\n');
        text.append(name)
                .append("_count{")
                .append(labels)
                .append("} ")
                .append(sum)
                .append('\n');
    }

    private static String number(double value) {
        return value == Math.rint(value) && Math.abs(value) < 1e15
                ? String.valueOf((long) value)
                : String.format(Locale.ROOT, "%.9g", value);
    }
}
