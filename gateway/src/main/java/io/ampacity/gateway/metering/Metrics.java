package io.ampacity.gateway.metering;

import io.ampacity.gateway.settings.Priority;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.DoubleAdder;
import java.util.concurrent.atomic.LongAdder;

/** Sums over all requests, in the form that Prometheus reads. Thread-safe. */
public final class Metrics implements Meter {

    private static final double[] SECONDS = {0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 120};

    private final Map<String, DoubleAdder> counters = new ConcurrentSkipListMap<>();
    private final Map<String, Histogram> histograms = new ConcurrentSkipListMap<>();
    private final Map<String, String> escaped = new ConcurrentHashMap<>();
    private final LongAdder open = new LongAdder();

    private static final class Histogram {
        private final LongAdder[] buckets = new LongAdder[SECONDS.length + 1];
        private final DoubleAdder sum = new DoubleAdder();

        Histogram() {
            for (int i = 0; i < buckets.length; i++) {
                buckets[i] = new LongAdder();
            }
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
        String model = label(request.model());
        add(
                "ampacity_requests_total{model=\"" + model + "\",outcome=\""
                        + request.outcome().id() + "\",status=\"" + request.status() + "\"}",
                1);
        time("ampacity_request_seconds", "model=\"" + model + "\"", request.seconds());
        if (request.rescued()) {
            add("ampacity_rescued_total{model=\"" + model + "\"}", 1);
        }
        for (AttemptRecord attempt : request.attempts()) {
            record(attempt);
        }
    }

    private void record(AttemptRecord attempt) {
        String pool = "pool=\"" + label(attempt.pool()) + "\"";
        Use use = attempt.use();
        add(
                "ampacity_attempts_total{" + pool + ",outcome=\""
                        + attempt.outcome().id() + "\"}",
                1);
        count(pool, "prompt", use.promptTokens());
        count(pool, "cached", use.cachedTokens());
        count(pool, "cache-write", use.cacheWriteTokens());
        count(pool, "output", use.outputTokens());
        count(pool, "reasoning", use.reasoningTokens());
        if (Double.isFinite(attempt.firstTokenSeconds())) {
            time("ampacity_first_token_seconds", pool, attempt.firstTokenSeconds());
        }
        if (Double.isFinite(use.costUsd())) {
            add("ampacity_cost_usd_total{" + pool + "}", use.costUsd());
        } else {
            add("ampacity_unpriced_attempts_total{" + pool + "}", 1);
        }
        if (Double.isFinite(use.energyJoules())) {
            add("ampacity_energy_joules_total{" + pool + "}", use.energyJoules());
        }
        if (Double.isFinite(use.carbonGrams())) {
            add("ampacity_carbon_grams_total{" + pool + "}", use.carbonGrams());
        }
        if (use.doubtful()) {
            add("ampacity_doubtful_usage_total{" + pool + "}", 1);
        }
    }

    private void count(String pool, String kind, long tokens) {
        if (tokens > 0) {
            add("ampacity_tokens_total{" + pool + ",kind=\"" + kind + "\"}", (double) tokens);
        }
    }

    private void add(String name, double amount) {
        counters.computeIfAbsent(name, key -> new DoubleAdder()).add(amount);
    }

    private void time(String name, String labels, double seconds) {
        histograms.computeIfAbsent(name + "{" + labels, key -> new Histogram()).add(seconds);
    }

    private String label(String text) {
        return escaped.computeIfAbsent(
                text, raw -> raw.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n"));
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
            if (!name.equals(family)) {
                text.append("# TYPE ").append(name).append(" histogram\n");
                family = name;
            }
            write(text, name, labels, entry.getValue());
        }
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
