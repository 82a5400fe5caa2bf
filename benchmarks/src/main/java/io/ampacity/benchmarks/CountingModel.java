package io.ampacity.benchmarks;

import io.ampacity.physics.Provenance;
import io.ampacity.physics.StepModel;

/** A step model that counts the runs of steps that an engine plans with it; all else is the other model's. */
final class CountingModel implements StepModel {

    private final StepModel model;
    private long runs;

    CountingModel(StepModel model) {
        this.model = model;
    }

    /** Runs of steps planned so far: those that read prompts, and runs of pure decode steps. */
    long runs() {
        return runs;
    }

    @Override
    public double stepSeconds(int prefillTokens, double prefillPairs, int decodeSequences, double decodeContext) {
        runs++;
        return model.stepSeconds(prefillTokens, prefillPairs, decodeSequences, decodeContext);
    }

    @Override
    public double decodeBaseSeconds(int decodeSequences) {
        runs++;
        return model.decodeBaseSeconds(decodeSequences);
    }

    @Override
    public int chips() {
        return model.chips();
    }

    @Override
    public long kvTokens() {
        return model.kvTokens();
    }

    @Override
    public double stepJoules(int prefillTokens, double prefillPairs, int decodeSequences, double decodeContext) {
        return model.stepJoules(prefillTokens, prefillPairs, decodeSequences, decodeContext);
    }

    @Override
    public double idleWatts() {
        return model.idleWatts();
    }

    @Override
    public double decodeSecondsPerContextToken(int decodeSequences) {
        return model.decodeSecondsPerContextToken(decodeSequences);
    }

    @Override
    public double decodeBaseJoules(int decodeSequences) {
        return model.decodeBaseJoules(decodeSequences);
    }

    @Override
    public double decodeJoulesPerContextToken(int decodeSequences) {
        return model.decodeJoulesPerContextToken(decodeSequences);
    }

    @Override
    public double arrivalOverheadSeconds() {
        return model.arrivalOverheadSeconds();
    }

    @Override
    public double readingSecondsPerToken() {
        return model.readingSecondsPerToken();
    }

    @Override
    public double tokenOverheadSeconds() {
        return model.tokenOverheadSeconds();
    }

    @Override
    public Provenance provenance() {
        return model.provenance();
    }
}
