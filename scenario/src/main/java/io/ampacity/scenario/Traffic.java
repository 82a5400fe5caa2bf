package io.ampacity.scenario;

import io.ampacity.units.RequestRate;
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
     * A log-normal distribution of lengths, cut at a maximum.
     *
     * @param mean in tokens, above 0
     * @param coefficientOfVariation standard deviation over mean, at least 0; 0 makes every length the mean
     * @param maximum no length is above it
     */
    public record TokenLengths(double mean, double coefficientOfVariation, int maximum) {}
}
