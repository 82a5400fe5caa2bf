package io.ampacity.traces.model;

import io.ampacity.traces.RequestSource;
import io.ampacity.traces.description.RateProfile;
import io.ampacity.traces.description.TokenHistogram;
import io.ampacity.traces.description.WindowCounts;
import io.ampacity.traces.model.Distribution.Quantiles;
import io.ampacity.traces.model.TraceModel.Arrivals;
import io.ampacity.traces.model.TraceModel.Lengths;
import io.ampacity.traces.model.TraceModel.Sessions;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/**
 * Fits a {@link TraceModel} to a trace, in two streaming passes.
 *
 * <p>The first finds the rate over time, the lengths and the sessions; the second, which needs them, the variation of
 * gaps in operational time and the rank correlation. Gaps are told as gamma or Weibull,
 * whichever lies nearer. The shape has the finest step, from a minute up, that still holds
 * 150 requests on average: finer ones would tell chance for a pattern. A trace of two days or more is folded to the hours
 * of a day, of two weeks or more to those of a week.
 */
public final class TraceFitter {

    /** Probabilities at which distributions are told. */
    private static final double[] PROBABILITIES = {
        0, 0.01, 0.02, 0.05, 0.1, 0.15, 0.2, 0.25, 0.3, 0.35, 0.4, 0.45, 0.5, 0.55, 0.6, 0.65, 0.7, 0.75, 0.8, 0.85,
        0.9, 0.925, 0.95, 0.97, 0.98, 0.99, 0.995, 0.999, 1
    };

    private static final double[] STEPS = {60, 120, 300, 600, 900, 1800, 3600};
    private static final double LEAST_PER_STEP = 150;
    private static final int DAY_STEPS = 24;
    private static final int WEEK_STEPS = 168;
    private static final double HOUR = 3600;

    /** Units of a mean gap in which gaps are counted. */
    private static final double GAP_RESOLUTION = 10_000;

    private TraceFitter() {}

    /**
     * Fits a model.
     *
     * @param source read from its beginning, twice; rewound first
     * @throws IllegalArgumentException when there are fewer than 100 requests, or all come at once
     */
    public static TraceModel fit(RequestSource source, String name, String origin, String asOf) {
        FirstPass first = new FirstPass(source);
        if (first.requests < 100 || !(first.span() > 0)) {
            throw new IllegalArgumentException("a trace of " + first.requests + " requests over " + first.span()
                    + " s is too short to fit. Maybe use 100 requests or more");
        }
        Optional<Sessions> sessions = first.sessions();
        double step = first.step();
        List<Double> shape = first.shape(step);
        double turns = sessions.map(Sessions::meanTurns).orElse(1.0);
        SecondPass second = new SecondPass(source, first, step, shape);
        double batch = first.batchSeconds();
        double variation = batch > 0 ? second.batchVariation() : second.gapVariation();
        Arrivals arrivals = new Arrivals(
                rounded(first.rate()),
                step,
                shape,
                batch > 0 ? GapDistribution.GAMMA : second.gapDistribution(variation),
                rounded(Math.clamp(sessions.isPresent() ? startVariation(variation, turns) : variation, 0.02, 100)),
                rounded(batch));
        TokenHistogram prompts = sessions.isPresent() ? first.finder.firstPrompts() : first.prompts;
        Lengths lengths = new Lengths(
                quantiles(prompts, 1),
                quantiles(first.outputs, 1),
                rounded(Math.clamp(second.rankCorrelation(), -1, 1)));
        return new TraceModel(name, origin, asOf, arrivals, lengths, sessions);
    }

    /**
     * The variation of session starts that gives requests theirs: later turns come at pauses of their own and so nearly
     * as a Poisson process, which leaves all excess variance to the first ones, a share 1 / turns of all.
     */
    private static double startVariation(double variation, double turns) {
        double excess = variation * variation - 1;
        return Math.sqrt(Math.max(0.0004, 1 + excess * turns));
    }

    /** Five significant digits: more would print noise. */
    private static double rounded(double value) {
        return new BigDecimal(value).round(new MathContext(5)).doubleValue();
    }

    /** The distribution of a histogram's values, each times {@code unit}. */
    static Quantiles quantiles(TokenHistogram histogram, double unit) {
        List<Double> probabilities = new ArrayList<>();
        List<Double> values = new ArrayList<>();
        for (double probability : PROBABILITIES) {
            probabilities.add(probability);
            double value = probability == 0 ? histogram.minimum() : histogram.quantile(probability);
            values.add(unit == 1 ? value : rounded(value * unit));
        }
        return new Quantiles(probabilities, values);
    }

    /** Rates, lengths, sessions. */
    private static final class FirstPass {
        private final TokenHistogram prompts = new TokenHistogram();
        private final TokenHistogram outputs = new TokenHistogram();
        private final RateProfile profile = new RateProfile();
        private final SessionFinder finder = new SessionFinder();
        private double begin;
        private double end;
        private long requests;
        private long moments = 1;
        private int blockTokens;

        FirstPass(RequestSource source) {
            source.rewind();
            while (source.next()) {
                double arrival = source.arrivalSeconds();
                if (requests++ == 0) {
                    begin = arrival;
                    end = arrival;
                }
                if (arrival > end) {
                    moments++;
                }
                end = arrival;
                profile.record(arrival - begin);
                prompts.record(source.promptTokens());
                outputs.record(source.outputTokens());
                finder.add(source);
                blockTokens = source.prefixBlockTokens();
            }
        }

        double span() {
            return end - begin;
        }

        double rate() {
            return (requests - 1) / span();
        }

        /** The mean time between moments, when most requests share theirs with another. */
        double batchSeconds() {
            return moments * 2 < requests && moments > 1 ? span() / (moments - 1) : 0;
        }

        double step() {
            if (span() >= 2 * DAY_STEPS * HOUR) {
                return HOUR;
            }
            for (double step : STEPS) {
                if (rate() * step >= LEAST_PER_STEP) {
                    return step;
                }
            }
            return HOUR;
        }

        /** Relative rates of steps; a last step that the trace covers by less than half is left to the others. */
        List<Double> shape(double step) {
            int whole = (int) Math.max(1, Math.rint(span() / step));
            int steps =
                    span() >= 2 * WEEK_STEPS * HOUR ? WEEK_STEPS : span() >= 2 * DAY_STEPS * HOUR ? DAY_STEPS : whole;
            if (steps == 1) {
                return List.of(1.0);
            }
            double[] counts = new double[steps];
            double[] seconds = new double[steps];
            long[] bins = profile.counts();
            double width = profile.binSeconds();
            // With an origin that is not midnight the fold is still by hours; it begins where the trace does.
            for (int bin = 0; bin < bins.length; bin++) {
                double from = bin * width;
                int at = (int) ((long) (from / step) % steps);
                if (from / step >= whole && steps == whole) {
                    break;
                }
                counts[at] += bins[bin];
                seconds[at] += Math.min(width, Math.max(span() - from, width / 2));
            }
            List<Double> shape = new ArrayList<>(Collections.nCopies(steps, 0.0));
            double mean = rate();
            for (int i = 0; i < steps; i++) {
                shape.set(i, seconds[i] > 0 ? Math.rint(counts[i] / seconds[i] / mean * 1e4) / 1e4 : 1.0);
            }
            return shape;
        }

        Optional<Sessions> sessions() {
            if (finder.continued() * 50 < requests && blockTokens == 0) {
                return Optional.empty();
            }
            boolean known = finder.continued() > 0;
            int block = Math.max(1, blockTokens == 0 ? 16 : blockTokens);
            return Optional.of(new Sessions(
                    rounded(finder.meanTurns()),
                    known ? quantiles(finder.newTokens(), 1) : quantiles(prompts, 1),
                    known ? finder.pauseSeconds() : new Distribution.LogNormal(60, 1, 0, HOUR),
                    Math.max(1, prompts.maximum()),
                    block,
                    finder.sharesFirstBlock() ? block : 0));
        }
    }

    /** Gaps in operational time; ranks. */
    private static final class SecondPass {
        private final OperationalClock clock;
        private final TokenHistogram gapHistogram = new TokenHistogram();
        private final double gapUnit;
        private double gaps;
        private double gapSum;
        private double gapSquares;
        private double n;
        private double x;
        private double y;
        private double xx;
        private double yy;
        private double xy;
        private final WindowCounts windows;

        SecondPass(RequestSource source, FirstPass first, double step, List<Double> shape) {
            clock = new OperationalClock(step, shape);
            gapUnit = GAP_RESOLUTION * first.rate();
            windows = new WindowCounts(Math.max(10 * first.batchSeconds(), 30 / first.rate()));
            double[] promptRanks = first.prompts.ranks();
            double[] outputRanks = first.outputs.ranks();
            double last = 0;
            source.rewind();
            while (source.next()) {
                double now = clock.at(source.arrivalSeconds() - first.begin);
                windows.record(now);
                if (n > 0) {
                    double gap = now - last;
                    gapHistogram.record((int) Math.min(gap * gapUnit, Integer.MAX_VALUE));
                    gaps++;
                    gapSum += gap;
                    gapSquares += gap * gap;
                }
                last = now;
                double prompt = promptRanks[TokenHistogram.bucket(source.promptTokens())];
                double output = outputRanks[TokenHistogram.bucket(source.outputTokens())];
                n++;
                x += prompt;
                y += output;
                xx += prompt * prompt;
                yy += output * output;
                xy += prompt * output;
            }
        }

        /** Gamma or Weibull, whichever with this variation has the nearer quantiles; drawn, as gamma has no formula. */
        GapDistribution gapDistribution(double variation) {
            GapDistribution nearest = GapDistribution.GAMMA;
            double least = Double.POSITIVE_INFINITY;
            for (GapDistribution candidate : GapDistribution.values()) {
                TokenHistogram drawn = new TokenHistogram();
                Chance chance = new Chance(1);
                double shape = candidate.shape(Math.clamp(variation, 0.02, 100));
                double mean = candidate.mean(shape);
                for (int i = 0; i < 50_000; i++) {
                    drawn.record(
                            (int) Math.min(candidate.draw(chance, shape, mean) * GAP_RESOLUTION, Integer.MAX_VALUE));
                }
                double[] drawnRanks = drawn.ranks();
                double[] foundRanks = gapHistogram.ranks();
                double distance = 0;
                for (int bucket = 0; bucket < foundRanks.length; bucket++) {
                    distance = Math.max(distance, Math.abs(drawnRanks[bucket] - foundRanks[bucket]));
                }
                if (distance < least) {
                    least = distance;
                    nearest = candidate;
                }
            }
            return nearest;
        }

        double gapVariation() {
            double mean = gapSum / gaps;
            return mean > 0 ? Math.sqrt(Math.max(0, gapSquares / gaps - mean * mean)) / mean : 1;
        }

        /** From the dispersion of counts in windows of some batches, which for a renewal process is near c squared. */
        double batchVariation() {
            double dispersion = windows.dispersion();
            return Double.isNaN(dispersion) ? 1 : Math.sqrt(dispersion);
        }

        double rankCorrelation() {
            double spread = Math.sqrt(Math.max(0, n * xx - x * x) * Math.max(0, n * yy - y * y));
            return spread > 0 ? (n * xy - x * y) / spread : 0;
        }
    }
}
