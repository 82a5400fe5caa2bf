package io.ampacity.scenario;

import io.ampacity.traces.model.Distribution;
import io.ampacity.traces.model.GapDistribution;
import io.ampacity.traces.model.TraceModel;
import io.ampacity.units.RequestRate;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Requests as they arrive.
 *
 * @param rate mean rate in the first period
 * @param peakToMean rate of the busiest hour over the mean, at least 1; capacity is sized for the peak
 * @param growthPerYear growth of the rate as a fraction a year
 * @param burstiness coefficient of variation of inter-arrival times; 1 is Poisson
 * @param promptTokens lengths of prompts
 * @param outputTokens lengths of answers
 * @param prefixShare share of prompt tokens found in the prefix cache, 0 to under 1
 * @param trace file to replay instead of a synthetic trace, relative to the scenario; null when there is none
 */
public record Traffic(
        RequestRate rate,
        double peakToMean,
        double growthPerYear,
        double burstiness,
        TokenLengths promptTokens,
        TokenLengths outputTokens,
        double prefixShare,
        @Nullable String trace) {

    /** Mean rate in a period in requests/s: growth compounds from the first period on. */
    public double meanRate(Horizon horizon, int period) {
        return rate.requestsPerSecond() * Math.pow(1 + growthPerYear, (double) period * horizon.monthsPerPeriod() / 12);
    }

    /** Rate of the busiest hour in a period in requests/s. */
    public double peakRate(Horizon horizon, int period) {
        return meanRate(horizon, period) * peakToMean;
    }

    /**
     * The traffic as a model that makes requests at a rate: gamma gaps of the stated burstiness, log-normal lengths,
     * prompt and answer independent of each other.
     *
     * @param name what the model is called
     * @param requestsPerSecond mean rate, above 0
     */
    public TraceModel traceModel(String name, double requestsPerSecond) {
        return new TraceModel(
                name,
                "traffic stated in the scenario",
                "",
                TraceModel.Arrivals.steady(requestsPerSecond, GapDistribution.GAMMA, burstiness),
                new TraceModel.Lengths(promptTokens.distribution(), outputTokens.distribution(), 0),
                Optional.empty());
    }

    /**
     * A log-normal distribution of lengths, cut at a maximum.
     *
     * @param mean in tokens, above 0
     * @param coefficientOfVariation standard deviation over mean, at least 0; 0 makes every length the mean
     * @param maximum no length is above it
     */
    public record TokenLengths(double mean, double coefficientOfVariation, int maximum) {

        /** The same as a distribution to draw from; no length is below 1. */
        public Distribution distribution() {
            double variance = Math.log1p(coefficientOfVariation * coefficientOfVariation);
            double median = mean * Math.exp(-variance / 2);
            return new Distribution.LogNormal(median, Math.sqrt(variance), 1, maximum);
        }
    }
}
