package io.ampacity.traces.model;

import io.ampacity.traces.RequestSource;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/**
 * What a kind of traffic is like, in numbers few enough to print: enough to make a trace that a simulator cannot tell
 * from the recorded one by rate, burstiness, lengths and shared prefixes.
 *
 * @param source where the numbers come from
 * @param asOf the day they were true, as ISO date
 * @param sessions empty when every request stands alone
 */
public record TraceModel(
        String name, String source, String asOf, Arrivals arrivals, Lengths lengths, Optional<Sessions> sessions) {

    /**
     * When requests come.
     *
     * @param requestsPerSecond mean rate over the whole shape, above 0; all turns of sessions count
     * @param stepSeconds how long each step of the shape lasts, above 0; 3600 with 24 steps is a day
     * @param shape rate of each step relative to the others, at least 0, not all 0; repeats
     * @param gapVariation coefficient of variation of gaps, from 0.02 to 100; 1 is Poisson
     * @param batchSeconds how far apart the moments are at which requests are let in together; 0 for at any time
     */
    public record Arrivals(
            double requestsPerSecond,
            double stepSeconds,
            List<Double> shape,
            GapDistribution gaps,
            double gapVariation,
            double batchSeconds) {

        public Arrivals {
            shape = List.copyOf(shape);
            check(requestsPerSecond > 0 && requestsPerSecond <= 1e9, "requests per second", requestsPerSecond);
            check(stepSeconds > 0 && stepSeconds <= 1e9, "seconds of a step", stepSeconds);
            check(gapVariation >= 0.02 && gapVariation <= 100, "variation of gaps (0.02 to 100)", gapVariation);
            check(batchSeconds >= 0 && batchSeconds <= 1e6, "seconds between batches", batchSeconds);
            double sum = 0;
            for (double relative : shape) {
                check(relative >= 0 && relative <= 1e12, "relative rate", relative);
                sum += relative;
            }
            check(sum > 0, "sum of relative rates", sum);
        }

        /** Arrivals at one rate, at any time. */
        public static Arrivals steady(double requestsPerSecond, GapDistribution gaps, double gapVariation) {
            return new Arrivals(requestsPerSecond, 3600, Collections.nCopies(1, 1.0), gaps, gapVariation, 0);
        }

        /** The same pattern at another mean rate. */
        public Arrivals withRate(double rate) {
            return new Arrivals(rate, stepSeconds, shape, gaps, gapVariation, batchSeconds);
        }
    }

    /**
     * How long prompts and answers are.
     *
     * @param prompt prompts of requests that stand alone, or that begin a session
     * @param rankCorrelation Spearman's, of prompt and output in one request, from -1 to 1
     */
    public record Lengths(Distribution prompt, Distribution output, double rankCorrelation) {

        public Lengths {
            check(rankCorrelation >= -1 && rankCorrelation <= 1, "rank correlation (-1 to 1)", rankCorrelation);
        }
    }

    /**
     * How requests hang together.
     *
     * @param meanTurns requests a session, at least 1; geometric
     * @param newTokens tokens that a later turn adds to the prompt and answer before it
     * @param pauseSeconds from one turn's arrival to the next one's
     * @param maximumPromptTokens a session ends before a prompt would be longer
     * @param blockTokens tokens a named prefix block holds, at least 1
     * @param commonPrefixTokens leading tokens that all prompts share, such as a system prompt
     */
    public record Sessions(
            double meanTurns,
            Distribution newTokens,
            Distribution pauseSeconds,
            int maximumPromptTokens,
            int blockTokens,
            int commonPrefixTokens) {

        public Sessions {
            check(meanTurns >= 1 && meanTurns <= 1e5, "mean turns", meanTurns);
            check(maximumPromptTokens >= 1, "longest prompt", maximumPromptTokens);
            check(blockTokens >= 1, "tokens of a block", blockTokens);
            check(commonPrefixTokens >= 0, "tokens of the common prefix", commonPrefixTokens);
        }
    }

    /** The same traffic at another mean rate. */
    public TraceModel withRate(double requestsPerSecond) {
        return new TraceModel(name, source, asOf, arrivals.withRate(requestsPerSecond), lengths, sessions);
    }

    /**
     * Requests of this kind, made as they are asked for. Memory is that of the sessions under way.
     *
     * @param seconds how long the trace lasts; above 0, infinite for an endless one
     * @param seed the same seed gives the same requests, on any machine
     */
    public RequestSource synthesise(double seconds, long seed) {
        return new Synthesis(this, seconds, seed);
    }

    private static void check(boolean fine, String what, double value) {
        if (!fine) {
            throw new IllegalArgumentException(what + " of a trace model cannot be " + value);
        }
    }
}
