package io.ampacity.physics;

/**
 * Decoding that drafts some tokens with one more layer and checks them together. A step of this model is the share of a
 * real one that gives each sequence one token, so that its callers count tokens as ever.
 */
final class Speculation extends AbstractTerm {

    private final int drafted;
    private final double draftShare;
    private final double tokensPerStep;

    /** Adds speculation to a model of so many layers; the draft is one of them. */
    Speculation(ServingStepModel inner, Drafting drafting, int layers) {
        super(inner);
        this.drafted = drafting.tokens();
        this.draftShare = 1.0 / layers;
        this.tokensPerStep = drafting.tokensPerStep();
    }

    private int checked(int sequences) {
        return (int) Math.min(Integer.MAX_VALUE / 2, (long) sequences * (drafted + 1));
    }

    @Override
    public double decodeBaseSeconds(int sequences) {
        return sequences <= 0
                ? 0
                : (inner.decodeBaseSeconds(checked(sequences))
                                + drafted * draftShare * inner.decodeBaseSeconds(sequences))
                        / tokensPerStep;
    }

    @Override
    public double decodeSecondsPerContextToken(int sequences) {
        return inner.decodeSecondsPerContextToken(sequences) * (1 + drafted * draftShare) / tokensPerStep;
    }

    private double decodeChipJoules(int sequences, double context) {
        return (inner.stepChipJoules(0, 0, checked(sequences), context)
                        + drafted * draftShare * inner.stepChipJoules(0, 0, sequences, context))
                / tokensPerStep;
    }

    @Override
    public double decodeBaseJoules(int sequences) {
        return sequences <= 0 ? 0 : stepJoules(0, 0, sequences, 0);
    }

    @Override
    public double decodeJoulesPerContextToken(int sequences) {
        return sequences <= 0 ? 0 : stepJoules(0, 0, sequences, 1) - stepJoules(0, 0, sequences, 0);
    }

    /** A step that reads prompts takes longer by what they cost beside the tokens checked. */
    @Override
    public double stepSeconds(int prefillTokens, double prefillPairs, int sequences, double context) {
        double decode =
                sequences <= 0 ? 0 : decodeBaseSeconds(sequences) + decodeSecondsPerContextToken(sequences) * context;
        return prefillTokens <= 0
                ? decode
                : decode
                        + inner.stepSeconds(prefillTokens, prefillPairs, checked(sequences), context)
                        - inner.stepSeconds(0, 0, checked(sequences), context);
    }

    @Override
    public double stepChipJoules(int prefillTokens, double prefillPairs, int sequences, double context) {
        double decode = sequences <= 0 ? 0 : decodeChipJoules(sequences, context);
        return prefillTokens <= 0
                ? decode
                : decode
                        + inner.stepChipJoules(prefillTokens, prefillPairs, checked(sequences), context)
                        - inner.stepChipJoules(0, 0, checked(sequences), context);
    }

    /** What the data sheet allows for a token of each sequence, when a step gives several. */
    @Override
    public double dataSheetSeconds(int prefillTokens, double prefillPairs, int sequences, double context) {
        return inner.dataSheetSeconds(prefillTokens, prefillPairs, sequences, context) / tokensPerStep;
    }
}
