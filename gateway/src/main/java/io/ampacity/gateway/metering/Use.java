package io.ampacity.gateway.metering;

import io.ampacity.gateway.protocol.Tokens;
import io.ampacity.gateway.settings.EnergyRates;
import io.ampacity.gateway.settings.Target;
import io.ampacity.gateway.settings.TokenPrices;

/**
 * What an attempt took; a negative count is unknown and a number that is not finite too.
 *
 * @param promptTokens cached ones included
 * @param outputTokens reasoning included
 * @param basis where the counts come from
 * @param doubtful whether the upstream's counts cannot be true
 * @param costUsd NaN when a price or a count is unknown
 * @param energyJoules estimated; NaN when unknown
 */
public record Use(
        long promptTokens,
        long cachedTokens,
        long cacheWriteTokens,
        long outputTokens,
        long reasoningTokens,
        Basis basis,
        boolean doubtful,
        double costUsd,
        double energyJoules,
        double energyLowJoules,
        double energyHighJoules,
        double carbonGrams) {

    private static final double JOULES_PER_KILOWATT_HOUR = 3.6e6;

    /** Where counts of tokens come from. */
    public enum Basis {
        /** The upstream told them for the whole answer. */
        TOLD,
        /** The upstream told them as far as it got. */
        TOLD_SO_FAR,
        /** Events were counted, which are tokens with most servers; the prompt is unknown. */
        COUNTED,
        /** Nothing was served. */
        NOTHING,
        UNKNOWN;

        public String id() {
            return name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
        }
    }

    /** An attempt that nothing was served in. */
    public static final Use NONE = new Use(0, 0, 0, 0, 0, Basis.NOTHING, false, 0, 0, 0, 0, 0);

    /**
     * What the told tokens cost at a target.
     *
     * @param deltas events that carried a part of the answer; counted when the upstream told no output
     */
    public static Use of(Tokens tokens, Target target, boolean whole, long deltas, boolean doubtful) {
        boolean told = tokens.output() >= 0;
        long output = told ? tokens.output() : deltas > 0 ? deltas : -1;
        Basis basis = told && tokens.prompt() >= 0
                ? whole ? Basis.TOLD : Basis.TOLD_SO_FAR
                : output >= 0 ? Basis.COUNTED : Basis.UNKNOWN;
        long prompt = tokens.prompt();
        TokenPrices prices = target.prices();
        double cost = prices == null || prompt < 0 || output < 0
                ? Double.NaN
                : prices.usd(prompt, tokens.cacheRead(), tokens.cacheWrite(), output);
        EnergyRates rates = target.energy();
        double joules = rates == null || prompt < 0 || output < 0
                ? Double.NaN
                : rates.joules(Math.max(0, prompt - Math.max(0, tokens.cacheRead())), output);
        Double intensity = rates == null ? null : rates.gramsPerKilowattHour();
        return new Use(
                prompt,
                tokens.cacheRead(),
                tokens.cacheWrite(),
                output,
                tokens.reasoning(),
                basis,
                doubtful,
                cost,
                joules,
                rates == null ? Double.NaN : joules * rates.low(),
                rates == null ? Double.NaN : joules * rates.high(),
                intensity == null ? Double.NaN : joules / JOULES_PER_KILOWATT_HOUR * intensity);
    }
}
