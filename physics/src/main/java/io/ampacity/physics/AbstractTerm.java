package io.ampacity.physics;

/** A step model around another: says of it what it changes, and all else as that one does. */
abstract class AbstractTerm implements ServingStepModel {

    final ServingStepModel inner;

    AbstractTerm(ServingStepModel inner) {
        this.inner = inner;
    }

    final double serverWatts() {
        return inner.idleWatts() - inner.chipIdleWatts();
    }

    @Override
    public final double stepJoules(int prefillTokens, double prefillPairs, int decodeSequences, double decodeContext) {
        return stepChipJoules(prefillTokens, prefillPairs, decodeSequences, decodeContext)
                + serverWatts() * stepSeconds(prefillTokens, prefillPairs, decodeSequences, decodeContext);
    }

    @Override
    public double decodeBaseSeconds(int decodeSequences) {
        return inner.decodeBaseSeconds(decodeSequences);
    }

    @Override
    public double decodeSecondsPerContextToken(int decodeSequences) {
        return inner.decodeSecondsPerContextToken(decodeSequences);
    }

    @Override
    public double decodeBaseJoules(int decodeSequences) {
        return inner.decodeBaseJoules(decodeSequences);
    }

    @Override
    public double decodeJoulesPerContextToken(int decodeSequences) {
        return inner.decodeJoulesPerContextToken(decodeSequences);
    }

    @Override
    public int chips() {
        return inner.chips();
    }

    @Override
    public long kvTokens() {
        return memoryRoom().kvTokens();
    }

    @Override
    public double idleWatts() {
        return inner.idleWatts();
    }

    @Override
    public double chipIdleWatts() {
        return inner.chipIdleWatts();
    }

    @Override
    public double readingSecondsPerToken() {
        return inner.readingSecondsPerToken();
    }

    @Override
    public double arrivalOverheadSeconds() {
        return inner.arrivalOverheadSeconds();
    }

    @Override
    public double tokenOverheadSeconds() {
        return inner.tokenOverheadSeconds();
    }

    @Override
    public Provenance provenance() {
        return inner.provenance();
    }

    @Override
    public MemoryRoom memoryRoom() {
        return inner.memoryRoom();
    }

    @Override
    public StepBreakdown explain(int prefillTokens, double prefillPairs, int decodeSequences, double decodeContext) {
        return inner.explain(prefillTokens, prefillPairs, decodeSequences, decodeContext);
    }

    @Override
    public double dataSheetSeconds(int prefillTokens, double prefillPairs, int decodeSequences, double decodeContext) {
        return inner.dataSheetSeconds(prefillTokens, prefillPairs, decodeSequences, decodeContext);
    }
}
