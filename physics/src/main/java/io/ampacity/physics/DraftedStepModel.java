package io.ampacity.physics;

/**
 * A step model whose decoding sequences draft tokens, told as steps of one token each.
 *
 * <p>Idea: a step that checks k drafted tokens multiplies weights with k + 1 tokens a sequence but reads each cache once, and
 * yields more than one token. Its time divided by that yield is what one token takes, and as such it fits every place that
 * a plain step does. A prompt read beside it takes what it takes. Drafting itself costs one layer of the model a token.
 */
final class DraftedStepModel implements ServingStepModel {

    private final ServingStepModel plain;
    private final int checked;
    private final double yield;
    private final double draftShare;

    DraftedStepModel(ServingStepModel plain, Drafting drafting, int layers) {
        this.plain = plain;
        checked = drafting.tokens() + 1;
        yield = drafting.yield();
        draftShare = 1 + (double) drafting.tokens() / layers;
    }

    @Override
    public int chips() {
        return plain.chips();
    }

    @Override
    public long kvTokens() {
        return plain.kvTokens();
    }

    @Override
    public double stepSeconds(int prefillTokens, double prefillPairs, int decodeSequences, double decodeContext) {
        int tokens = checked * decodeSequences;
        double decode = plain.stepSeconds(0, 0, tokens, decodeContext);
        double both =
                prefillTokens <= 0 ? decode : plain.stepSeconds(prefillTokens, prefillPairs, tokens, decodeContext);
        return both - decode + decode * draftShare / yield;
    }

    @Override
    public double stepJoules(int prefillTokens, double prefillPairs, int decodeSequences, double decodeContext) {
        int tokens = checked * decodeSequences;
        double decode = plain.stepJoules(0, 0, tokens, decodeContext);
        double both =
                prefillTokens <= 0 ? decode : plain.stepJoules(prefillTokens, prefillPairs, tokens, decodeContext);
        return both - decode + decode * draftShare / yield;
    }

    @Override
    public double stepChipJoules(int prefillTokens, double prefillPairs, int decodeSequences, double decodeContext) {
        int tokens = checked * decodeSequences;
        double decode = plain.stepChipJoules(0, 0, tokens, decodeContext);
        double both =
                prefillTokens <= 0 ? decode : plain.stepChipJoules(prefillTokens, prefillPairs, tokens, decodeContext);
        return both - decode + decode * draftShare / yield;
    }

    @Override
    public double idleWatts() {
        return plain.idleWatts();
    }

    @Override
    public double chipIdleWatts() {
        return plain.chipIdleWatts();
    }

    @Override
    public double decodeBaseSeconds(int decodeSequences) {
        return plain.decodeBaseSeconds(checked * decodeSequences) * draftShare / yield;
    }

    @Override
    public double decodeSecondsPerContextToken(int decodeSequences) {
        return plain.decodeSecondsPerContextToken(decodeSequences) * draftShare / yield;
    }

    @Override
    public double decodeBaseJoules(int decodeSequences) {
        return plain.decodeBaseJoules(checked * decodeSequences) * draftShare / yield;
    }

    @Override
    public double decodeJoulesPerContextToken(int decodeSequences) {
        return plain.decodeJoulesPerContextToken(decodeSequences) * draftShare / yield;
    }

    @Override
    public double arrivalOverheadSeconds() {
        return plain.arrivalOverheadSeconds();
    }

    @Override
    public double tokenOverheadSeconds() {
        return plain.tokenOverheadSeconds();
    }

    @Override
    public Provenance provenance() {
        return plain.provenance();
    }

    @Override
    public MemoryRoom memoryRoom() {
        return plain.memoryRoom();
    }

    @Override
    public StepBreakdown explain(int prefillTokens, double prefillPairs, int decodeSequences, double decodeContext) {
        return plain.explain(prefillTokens, prefillPairs, checked * decodeSequences, decodeContext);
    }

    @Override
    public double dataSheetSeconds(int prefillTokens, double prefillPairs, int decodeSequences, double decodeContext) {
        return plain.dataSheetSeconds(prefillTokens, prefillPairs, checked * decodeSequences, decodeContext) / yield;
    }
}
