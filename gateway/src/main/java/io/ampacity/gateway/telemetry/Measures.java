package io.ampacity.gateway.telemetry;

import io.ampacity.gateway.metering.AttemptRecord;
import io.ampacity.gateway.metering.Outcome;
import io.ampacity.gateway.metering.RequestRecord;
import io.ampacity.gateway.metering.Use;
import io.ampacity.gateway.settings.UpstreamSettings;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.common.AttributesBuilder;
import io.opentelemetry.api.metrics.DoubleCounter;
import io.opentelemetry.api.metrics.DoubleHistogram;
import io.opentelemetry.api.metrics.LongHistogram;
import io.opentelemetry.api.metrics.Meter;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Takes a request's record into metrics. For one thread. */
final class Measures {

    private static final List<Double> SECONDS =
            List.of(0.01, 0.02, 0.04, 0.08, 0.16, 0.32, 0.64, 1.28, 2.56, 5.12, 10.24, 20.48, 40.96, 81.92);
    private static final List<Double> FIRST_SECONDS =
            List.of(0.001, 0.005, 0.01, 0.02, 0.04, 0.06, 0.08, 0.1, 0.25, 0.5, 0.75, 1.0, 2.5, 5.0, 7.5, 10.0);
    private static final List<Double> TOKEN_SECONDS =
            List.of(0.01, 0.025, 0.05, 0.075, 0.1, 0.15, 0.2, 0.3, 0.4, 0.5, 0.75, 1.0, 2.5);
    private static final List<Long> TOKENS = List.of(
            1L, 4L, 16L, 64L, 256L, 1024L, 4096L, 16384L, 65536L, 262144L, 1048576L, 4194304L, 16777216L, 67108864L);
    private static final String US = "ampacity";

    /** Sets of attributes, each made once. They are as many as there are models, pools and ways to end. */
    private final Map<OfRequest, Attributes> requests = new HashMap<>();

    private final Map<OfAttempt, Labels> attempts = new HashMap<>();
    private final DoubleHistogram operation;
    private final LongHistogram tokens;
    private final DoubleHistogram request;
    private final DoubleHistogram firstToken;
    private final DoubleHistogram laterToken;
    private final DoubleCounter cost;
    private final DoubleCounter energy;
    private final DoubleCounter carbon;

    private record OfRequest(String operation, String model, Outcome outcome) {}

    private record OfAttempt(String operation, String pool, String model, Outcome outcome) {}

    private record Labels(Attributes plain, Attributes ended, Attributes input, Attributes output) {}

    Measures(Meter meter) {
        operation = seconds(meter, "gen_ai.client.operation.duration", "Time of one attempt.", SECONDS);
        tokens = meter.histogramBuilder("gen_ai.client.token.usage")
                .ofLongs()
                .setUnit("{token}")
                .setDescription("Tokens of one attempt.")
                .setExplicitBucketBoundariesAdvice(TOKENS)
                .build();
        request = seconds(meter, "gen_ai.server.request.duration", "Time of one request, with all attempts.", SECONDS);
        firstToken =
                seconds(meter, "gen_ai.server.time_to_first_token", "From arrival to the first token.", FIRST_SECONDS);
        laterToken =
                seconds(meter, "gen_ai.server.time_per_output_token", "Of each token after the first.", TOKEN_SECONDS);
        cost = counter(meter, "ampacity.cost", "{USD}", "What attempts of known price cost.");
        energy = counter(meter, "ampacity.energy", "J", "What attempts took, where it can be estimated.");
        carbon = counter(meter, "ampacity.carbon", "g", "What that gave off, in carbon dioxide.");
    }

    private static DoubleHistogram seconds(Meter meter, String name, String description, List<Double> bounds) {
        return meter.histogramBuilder(name)
                .setUnit("s")
                .setDescription(description)
                .setExplicitBucketBoundariesAdvice(bounds)
                .build();
    }

    private static DoubleCounter counter(Meter meter, String name, String unit, String description) {
        return meter.counterBuilder(name)
                .ofDoubles()
                .setUnit(unit)
                .setDescription(description)
                .build();
    }

    /** Pools may stand for other upstreams from now on. */
    void forget() {
        attempts.clear();
    }

    void take(RequestRecord record, Map<String, UpstreamSettings> upstreams) {
        String word = Words.operation(record.endpoint());
        Attributes ofRequest =
                requests.computeIfAbsent(new OfRequest(word, record.model(), record.outcome()), Measures::attributes);
        request.record(record.seconds(), ofRequest);
        double first = Double.NaN;
        long output = 0;
        for (AttemptRecord attempt : record.attempts()) {
            if (Double.isNaN(first)) {
                first = attempt.firstTokenSeconds();
            }
            output += Math.max(0, attempt.use().outputTokens());
            take(attempt, word, upstreams.get(attempt.pool()));
        }
        if (record.stream() && Double.isFinite(first)) {
            firstToken.record(first, ofRequest);
            if (output > 1 && record.outcome() == Outcome.COMPLETED) {
                laterToken.record((record.seconds() - first) / (output - 1), ofRequest);
            }
        }
    }

    private void take(AttemptRecord attempt, String word, @Nullable UpstreamSettings upstream) {
        OfAttempt key = new OfAttempt(word, attempt.pool(), attempt.model(), attempt.outcome());
        Labels labels = attempts.get(key);
        if (labels == null) {
            labels = labels(key, upstream);
            attempts.put(key, labels);
        }
        operation.record(attempt.seconds(), labels.ended());
        Use use = attempt.use();
        if (Words.isKnown(use)) {
            count(use.promptTokens(), labels.input());
            count(use.outputTokens(), labels.output());
        }
        add(cost, use.costUsd(), labels.plain());
        add(energy, use.energyJoules(), labels.plain());
        add(carbon, use.carbonGrams(), labels.plain());
    }

    private static Attributes attributes(OfRequest of) {
        AttributesBuilder builder = Attributes.builder()
                .put(Words.OPERATION, of.operation())
                .put(Words.PROVIDER, US)
                .put(Words.MODEL, of.model());
        return ended(builder, of.outcome());
    }

    private static Labels labels(OfAttempt of, @Nullable UpstreamSettings upstream) {
        AttributesBuilder builder = Attributes.builder()
                .put(Words.OPERATION, of.operation())
                .put(Words.MODEL, of.model())
                .put(Words.POOL, of.pool());
        if (upstream != null) {
            builder.put(Words.PROVIDER, Words.provider(upstream))
                    .put(Words.SERVER, upstream.host())
                    .put(Words.PORT, (long) upstream.port());
        }
        Attributes plain = builder.build();
        return new Labels(
                plain,
                ended(plain.toBuilder(), of.outcome()),
                plain.toBuilder().put(Words.TOKEN_TYPE, "input").build(),
                plain.toBuilder().put(Words.TOKEN_TYPE, "output").build());
    }

    private static Attributes ended(AttributesBuilder builder, Outcome outcome) {
        return outcome == Outcome.COMPLETED
                ? builder.build()
                : builder.put(Words.ERROR, outcome.id()).build();
    }

    private void count(long number, Attributes attributes) {
        if (number >= 0) {
            tokens.record(number, attributes);
        }
    }

    private static void add(DoubleCounter counter, double amount, Attributes attributes) {
        if (Double.isFinite(amount) && amount >= 0) {
            counter.add(amount, attributes);
        }
    }
}
