package io.ampacity.simulator.fleet;

import io.ampacity.physics.Provenance;
import io.ampacity.physics.StepModel;

/**
 * A step model that never draws more than so many watts: a step that would is stretched until its mean power is the limit, at
 * the same energy. Decode steps of so many sequences are stretched alike, as much as the worst context needs, so that
 * their time stays affine in it.
 */
record HeldToPower(StepModel inner, double watts) implements StepModel {

    private double stretch(int sequences) {
        if (sequences <= 0) {
            return 1;
        }
        double full = Math.max(1, inner.kvTokens());
        double seconds = inner.decodeBaseSeconds(sequences);
        double joules = inner.decodeBaseJoules(sequences);
        double fullSeconds = seconds + full * inner.decodeSecondsPerContextToken(sequences);
        double fullJoules = joules + full * inner.decodeJoulesPerContextToken(sequences);
        return Math.max(1, Math.max(joules / (watts * seconds), fullJoules / (watts * fullSeconds)));
    }

    @Override
    public double stepSeconds(int prefillTokens, double prefillPairs, int decodeSequences, double decodeContext) {
        if (prefillTokens <= 0) {
            return decodeSequences <= 0
                    ? 0
                    : decodeBaseSeconds(decodeSequences)
                            + decodeSecondsPerContextToken(decodeSequences) * decodeContext;
        }
        return Math.max(
                inner.stepSeconds(prefillTokens, prefillPairs, decodeSequences, decodeContext),
                inner.stepJoules(prefillTokens, prefillPairs, decodeSequences, decodeContext) / watts);
    }

    @Override
    public double stepJoules(int prefillTokens, double prefillPairs, int decodeSequences, double decodeContext) {
        return inner.stepJoules(prefillTokens, prefillPairs, decodeSequences, decodeContext);
    }

    @Override
    public double decodeBaseSeconds(int decodeSequences) {
        return stretch(decodeSequences) * inner.decodeBaseSeconds(decodeSequences);
    }

    @Override
    public double decodeSecondsPerContextToken(int decodeSequences) {
        return stretch(decodeSequences) * inner.decodeSecondsPerContextToken(decodeSequences);
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
        return inner.kvTokens();
    }

    @Override
    public double idleWatts() {
        return inner.idleWatts();
    }

    @Override
    public double arrivalOverheadSeconds() {
        return inner.arrivalOverheadSeconds();
    }

    @Override
    public double readingSecondsPerToken() {
        return inner.readingSecondsPerToken();
    }

    @Override
    public double tokenOverheadSeconds() {
        return inner.tokenOverheadSeconds();
    }

    @Override
    public Provenance provenance() {
        return inner.provenance();
    }
}
