package io.ampacity.gateway.settings;

import org.jspecify.annotations.Nullable;

/**
 * What tokens take of electricity, estimated: the facility's joules for one token, with an 80 % band.
 *
 * @param low times the estimate is the lower end of the band
 * @param high times the estimate is the upper end
 * @param gramsPerKilowattHour carbon intensity of the site; null when unknown
 * @param provenance where the estimate comes from
 */
public record EnergyRates(
        double joulesPerPromptToken,
        double joulesPerOutputToken,
        double low,
        double high,
        @Nullable Double gramsPerKilowattHour,
        String provenance) {

    /** Joules for so many tokens; cached ones take none. */
    public double joules(long readPromptTokens, long outputTokens) {
        return readPromptTokens * joulesPerPromptToken + outputTokens * joulesPerOutputToken;
    }
}
