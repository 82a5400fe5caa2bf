package io.ampacity.simulator.report;

/**
 * What hedging did.
 *
 * @param hedges second tries sent
 * @param won requests whose second try had its first token sooner
 * @param wastedOutputTokens tokens produced by tries that were cancelled
 * @param wastedPromptTokens prompt tokens computed for them
 */
public record HedgingResult(long hedges, long won, long wastedOutputTokens, long wastedPromptTokens) {

    /** Nothing was hedged. */
    public static final HedgingResult NONE = new HedgingResult(0, 0, 0, 0);

    /** Both together. */
    public HedgingResult plus(HedgingResult other) {
        return new HedgingResult(
                hedges + other.hedges,
                won + other.won,
                wastedOutputTokens + other.wastedOutputTokens,
                wastedPromptTokens + other.wastedPromptTokens);
    }
}
