package io.ampacity.physics;

/** Prompts of which a share is found in the prefix cache: only the rest is computed, but all of it is attended to. */
final class PrefixHits extends AbstractTerm {

    private final double rate;

    /** @param rate share of each prompt that is cached, 0 to under 1 */
    PrefixHits(ServingStepModel inner, double rate) {
        super(inner);
        this.rate = rate;
    }

    /** At least one token is computed, or there would be nothing to sample from. */
    private int tokens(int prefillTokens) {
        return prefillTokens <= 0 ? 0 : Math.max(1, (int) Math.round(prefillTokens * (1 - rate)));
    }

    /** Of n²/2 pairs the cached r·n tokens leave n²/2·(1 − r²). */
    private double pairs(double prefillPairs) {
        return prefillPairs * (1 - rate * rate);
    }

    @Override
    public double stepSeconds(int prefillTokens, double prefillPairs, int decodeSequences, double decodeContext) {
        return inner.stepSeconds(tokens(prefillTokens), pairs(prefillPairs), decodeSequences, decodeContext);
    }

    @Override
    public double stepChipJoules(int prefillTokens, double prefillPairs, int decodeSequences, double decodeContext) {
        return inner.stepChipJoules(tokens(prefillTokens), pairs(prefillPairs), decodeSequences, decodeContext);
    }

    @Override
    public StepBreakdown explain(int prefillTokens, double prefillPairs, int decodeSequences, double decodeContext) {
        return inner.explain(tokens(prefillTokens), pairs(prefillPairs), decodeSequences, decodeContext);
    }

    @Override
    public double dataSheetSeconds(int prefillTokens, double prefillPairs, int decodeSequences, double decodeContext) {
        return inner.dataSheetSeconds(tokens(prefillTokens), pairs(prefillPairs), decodeSequences, decodeContext);
    }
}
