package io.ampacity.simulator;

import io.ampacity.physics.Provenance;
import io.ampacity.physics.StepModel;

/**
 * A step model with plain coefficients, for tests: a step lasts base + perPrefillToken·prefill + perPair·pairs +
 * perSequence·decodes + perContext·context, and takes watts for as long.
 */
public record AffineModel(
        double base,
        double perPrefillToken,
        double perPair,
        double perSequence,
        double perContext,
        long kvTokens,
        double watts,
        double idleWatts,
        double arrivalOverheadSeconds,
        double tokenOverheadSeconds,
        double readingSecondsPerToken)
        implements StepModel {

    /** A front end that takes as long for every prompt. */
    public AffineModel(
            double base,
            double perPrefillToken,
            double perPair,
            double perSequence,
            double perContext,
            long kvTokens,
            double watts,
            double idleWatts,
            double arrivalOverheadSeconds,
            double tokenOverheadSeconds) {
        this(
                base,
                perPrefillToken,
                perPair,
                perSequence,
                perContext,
                kvTokens,
                watts,
                idleWatts,
                arrivalOverheadSeconds,
                tokenOverheadSeconds,
                0);
    }

    /** Figures like those of an 8-billion-parameter model on a large chip. */
    public static AffineModel typical() {
        return new AffineModel(5e-3, 2.5e-5, 1e-10, 3e-5, 3e-8, 400_000, 600, 100, 0.002, 0.0005);
    }

    /** A server whose requests, one at a time, take as many microseconds as they have prompt tokens. */
    public static AffineModel microsecondServer() {
        return new AffineModel(0, 1e-6, 0, 0, 0, Integer.MAX_VALUE, 100, 10, 0, 0);
    }

    public AffineModel withKvTokens(long tokens) {
        return new AffineModel(
                base,
                perPrefillToken,
                perPair,
                perSequence,
                perContext,
                tokens,
                watts,
                idleWatts,
                arrivalOverheadSeconds,
                tokenOverheadSeconds,
                readingSecondsPerToken);
    }

    public AffineModel withReading(double secondsPerToken) {
        return new AffineModel(
                base,
                perPrefillToken,
                perPair,
                perSequence,
                perContext,
                kvTokens,
                watts,
                idleWatts,
                arrivalOverheadSeconds,
                tokenOverheadSeconds,
                secondsPerToken);
    }

    @Override
    public int chips() {
        return 1;
    }

    @Override
    public double stepSeconds(int prefillTokens, double prefillPairs, int decodeSequences, double decodeContext) {
        if (prefillTokens == 0 && decodeSequences == 0) {
            return 0;
        }
        return base
                + perPrefillToken * prefillTokens
                + perPair * prefillPairs
                + perSequence * decodeSequences
                + perContext * decodeContext;
    }

    @Override
    public double stepJoules(int prefillTokens, double prefillPairs, int decodeSequences, double decodeContext) {
        return watts * stepSeconds(prefillTokens, prefillPairs, decodeSequences, decodeContext);
    }

    @Override
    public double decodeBaseSeconds(int decodeSequences) {
        return base + perSequence * decodeSequences;
    }

    @Override
    public double decodeSecondsPerContextToken(int decodeSequences) {
        return perContext;
    }

    @Override
    public double decodeBaseJoules(int decodeSequences) {
        return watts * decodeBaseSeconds(decodeSequences);
    }

    @Override
    public double decodeJoulesPerContextToken(int decodeSequences) {
        return watts * perContext;
    }

    @Override
    public Provenance provenance() {
        return Provenance.UNCALIBRATED;
    }
}
