package io.ampacity.traces.description;

import io.ampacity.traces.RequestSource;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a trace is like. Null where the trace is too short, or does not tell.
 *
 * @param spanSeconds from the first arrival to the last
 * @param meanRequestsPerSecond gaps over span; null for fewer than two requests, or all at once
 * @param peakRequestsPerSecond mean rate of the busiest 10 s
 * @param gapVariation coefficient of variation of the gaps between arrivals
 * @param dispersion1s variance over mean of counts in windows of 1 s; null below ten windows
 * @param prefixReuseShare tokens of blocks seen before over all tokens of blocks: what an endless cache would save
 * @param sessions how many; an estimate within about 0.1 % beyond two million
 * @param requestsPerSecond rate of equal parts of the trace, at most 60, for a picture
 */
public record TraceDescription(
        long requests,
        double spanSeconds,
        @Nullable Double meanRequestsPerSecond,
        double peakRequestsPerSecond,
        @Nullable Double gapVariation,
        @Nullable Double dispersion1s,
        @Nullable Double dispersion10s,
        @Nullable Double dispersion60s,
        Percentiles promptTokens,
        Percentiles outputTokens,
        @Nullable Double prefixReuseShare,
        @Nullable Long sessions,
        @Nullable Double requestsPerSession,
        List<Double> requestsPerSecond) {

    private static final int COLUMNS = 60;
    private static final int MOST_NAMES = 1 << 21;

    public TraceDescription {
        requestsPerSecond = List.copyOf(requestsPerSecond);
    }

    /** Reads everything that {@code source} still gives. Memory is bounded, whatever the length. */
    public static TraceDescription of(RequestSource source) {
        Pass pass = new Pass();
        while (source.next()) {
            pass.add(source);
        }
        return pass.description();
    }

    /** The rate over time as a line of characters. */
    public String sparkline() {
        return Sparkline.sparkline(
                requestsPerSecond.stream().mapToDouble(Double::doubleValue).toArray());
    }

    /** What the pass has gathered. */
    private static final class Pass {
        private final TokenHistogram prompts = new TokenHistogram();
        private final TokenHistogram outputs = new TokenHistogram();
        private final WindowCounts second = new WindowCounts(1);
        private final WindowCounts tenSeconds = new WindowCounts(10);
        private final WindowCounts minute = new WindowCounts(60);
        private final RateProfile profile = new RateProfile();
        private final SampledSet blocks = new SampledSet(MOST_NAMES);
        private final SampledSet sessions = new SampledSet(MOST_NAMES);
        private double first;
        private double last;
        private double gapSquares;
        private long requestsOfSessions;
        private double reusedTokens;
        private double blockTokens;

        void add(RequestSource request) {
            double arrival = request.arrivalSeconds();
            if (prompts.count() == 0) {
                first = arrival;
                last = arrival;
            }
            double gap = arrival - last;
            gapSquares += gap * gap;
            last = arrival;
            prompts.record(request.promptTokens());
            outputs.record(request.outputTokens());
            second.record(arrival - first);
            tenSeconds.record(arrival - first);
            minute.record(arrival - first);
            profile.record(arrival - first);
            if (request.session() != RequestSource.UNKNOWN_SESSION) {
                requestsOfSessions++;
                sessions.add(request.session());
            }
            addBlocks(request);
        }

        private void addBlocks(RequestSource request) {
            int count = request.prefixBlocks();
            int size = request.prefixBlockTokens();
            for (int i = 0; i < count; i++) {
                double tokens = Math.min(size, request.promptTokens() - (double) i * size);
                switch (blocks.add(request.prefixBlock(i))) {
                    case NEW -> blockTokens += tokens;
                    case SEEN -> {
                        blockTokens += tokens;
                        reusedTokens += tokens;
                    }
                    case NOT_SAMPLED -> {}
                }
            }
        }

        TraceDescription description() {
            long requests = prompts.count();
            double span = last - first;
            double gaps = requests - 1.0;
            Double variation = null;
            if (requests > 2 && span > 0) {
                double mean = span / gaps;
                variation = Math.sqrt(Math.max(0, gapSquares / gaps - mean * mean)) / mean;
            }
            long distinct = sessions.distinct();
            return new TraceDescription(
                    requests,
                    span,
                    span > 0 ? gaps / span : null,
                    tenSeconds.largest() / 10.0,
                    variation,
                    known(second.dispersion()),
                    known(tenSeconds.dispersion()),
                    known(minute.dispersion()),
                    Percentiles.of(prompts),
                    Percentiles.of(outputs),
                    blockTokens > 0 ? reusedTokens / blockTokens : null,
                    distinct > 0 ? distinct : null,
                    distinct > 0 ? requestsOfSessions / (double) distinct : null,
                    Arrays.stream(profile.rates(COLUMNS, span)).boxed().toList());
        }

        private static @Nullable Double known(double value) {
            return Double.isNaN(value) ? null : value;
        }
    }
}
