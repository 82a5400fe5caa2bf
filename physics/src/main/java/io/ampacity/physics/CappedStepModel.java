package io.ampacity.physics;

import java.util.List;

/**
 * A step model whose chips may not draw more than a cap: each step runs at the highest clock that keeps its power below it,
 * as a regulator would choose, and takes the time of that clock. Where even the lowest clock draws too much, because
 * memory alone does, the step is stretched until its mean power is the cap.
 *
 * <p>The clock of pure decode steps is chosen once for each number of sequences, for the context at which they draw most,
 * so that their time stays affine in their context.
 */
final class CappedStepModel implements ServingStepModel {

    private final List<ServingStepModel> levels;
    private final double capWatts;
    private final double fullContext;
    private final int[] decodeLevels;
    private final double[] decodeStretch;

    /**
     * Caps a step model.
     *
     * @param levels the same deployment at each clock, highest first
     * @param capWatts of all its chips together
     */
    CappedStepModel(List<ServingStepModel> levels, double capWatts, int table) {
        this.levels = List.copyOf(levels);
        this.capWatts = capWatts;
        this.fullContext = levels.getFirst().kvTokens();
        this.decodeLevels = new int[table + 1];
        this.decodeStretch = new double[table + 1];
        for (int sequences = 1; sequences <= table; sequences++) {
            decodeLevels[sequences] = decodeLevel(sequences);
            decodeStretch[sequences] = decodeStretch(decodeLevels[sequences], sequences);
        }
    }

    private int decodeLevel(int sequences) {
        int low = 0;
        int high = levels.size() - 1;
        while (low < high) {
            int middle = (low + high) / 2;
            if (mostDecodeWatts(middle, sequences) <= capWatts) {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        return low;
    }

    /** Power is a ratio of two affine functions of context, so that one of the ends is the highest. */
    private double mostDecodeWatts(int level, int sequences) {
        return Math.max(watts(level, 0, 0, sequences, 0), watts(level, 0, 0, sequences, fullContext));
    }

    private double decodeStretch(int level, int sequences) {
        return Math.max(1, mostDecodeWatts(level, sequences) / capWatts);
    }

    private double watts(int level, int tokens, double pairs, int sequences, double context) {
        ServingStepModel model = levels.get(level);
        return model.stepChipJoules(tokens, pairs, sequences, context)
                / model.stepSeconds(tokens, pairs, sequences, context);
    }

    private int level(int sequences) {
        return sequences < decodeLevels.length ? decodeLevels[Math.max(0, sequences)] : decodeLevel(sequences);
    }

    private double stretch(int sequences) {
        return sequences < decodeStretch.length
                ? Math.max(1, decodeStretch[Math.max(0, sequences)])
                : decodeStretch(decodeLevel(sequences), sequences);
    }

    /** The level of a step that reads prompts. */
    private int promptLevel(int tokens, double pairs, int sequences, double context) {
        int low = 0;
        int high = levels.size() - 1;
        while (low < high) {
            int middle = (low + high) / 2;
            if (watts(middle, tokens, pairs, sequences, context) <= capWatts) {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        return low;
    }

    @Override
    public double stepSeconds(int prefillTokens, double prefillPairs, int decodeSequences, double decodeContext) {
        if (prefillTokens <= 0) {
            return decodeSequences <= 0
                    ? 0
                    : decodeBaseSeconds(decodeSequences)
                            + decodeSecondsPerContextToken(decodeSequences) * decodeContext;
        }
        int level = promptLevel(prefillTokens, prefillPairs, decodeSequences, decodeContext);
        double seconds = levels.get(level).stepSeconds(prefillTokens, prefillPairs, decodeSequences, decodeContext);
        double joules = levels.get(level).stepChipJoules(prefillTokens, prefillPairs, decodeSequences, decodeContext);
        return Math.max(seconds, joules / capWatts);
    }

    @Override
    public double stepChipJoules(int prefillTokens, double prefillPairs, int decodeSequences, double decodeContext) {
        if (prefillTokens <= 0) {
            return levels.get(level(decodeSequences)).stepChipJoules(0, 0, decodeSequences, decodeContext);
        }
        int level = promptLevel(prefillTokens, prefillPairs, decodeSequences, decodeContext);
        return levels.get(level).stepChipJoules(prefillTokens, prefillPairs, decodeSequences, decodeContext);
    }

    private double serverWatts() {
        return idleWatts() - chipIdleWatts();
    }

    @Override
    public double stepJoules(int prefillTokens, double prefillPairs, int decodeSequences, double decodeContext) {
        return stepChipJoules(prefillTokens, prefillPairs, decodeSequences, decodeContext)
                + serverWatts() * stepSeconds(prefillTokens, prefillPairs, decodeSequences, decodeContext);
    }

    @Override
    public double decodeBaseSeconds(int decodeSequences) {
        return decodeSequences <= 0
                ? 0
                : stretch(decodeSequences) * levels.get(level(decodeSequences)).decodeBaseSeconds(decodeSequences);
    }

    @Override
    public double decodeSecondsPerContextToken(int decodeSequences) {
        return decodeSequences <= 0
                ? 0
                : stretch(decodeSequences)
                        * levels.get(level(decodeSequences)).decodeSecondsPerContextToken(decodeSequences);
    }

    @Override
    public double decodeBaseJoules(int decodeSequences) {
        return decodeSequences <= 0 ? 0 : stepJoules(0, 0, decodeSequences, 0);
    }

    @Override
    public double decodeJoulesPerContextToken(int decodeSequences) {
        if (decodeSequences <= 0) {
            return 0;
        }
        ServingStepModel model = levels.get(level(decodeSequences));
        double chips = model.decodeJoulesPerContextToken(decodeSequences)
                - serverWatts() * model.decodeSecondsPerContextToken(decodeSequences);
        return chips + serverWatts() * decodeSecondsPerContextToken(decodeSequences);
    }

    @Override
    public int chips() {
        return levels.getFirst().chips();
    }

    @Override
    public long kvTokens() {
        return levels.getFirst().kvTokens();
    }

    @Override
    public double idleWatts() {
        return levels.getFirst().idleWatts();
    }

    @Override
    public double chipIdleWatts() {
        return levels.getFirst().chipIdleWatts();
    }

    @Override
    public double readingSecondsPerToken() {
        return levels.getFirst().readingSecondsPerToken();
    }

    @Override
    public double arrivalOverheadSeconds() {
        return levels.getFirst().arrivalOverheadSeconds();
    }

    @Override
    public double tokenOverheadSeconds() {
        return levels.getFirst().tokenOverheadSeconds();
    }

    @Override
    public Provenance provenance() {
        return levels.getFirst().provenance();
    }

    @Override
    public MemoryRoom memoryRoom() {
        return levels.getFirst().memoryRoom();
    }

    @Override
    public StepBreakdown explain(int prefillTokens, double prefillPairs, int decodeSequences, double decodeContext) {
        int level = prefillTokens > 0
                ? promptLevel(prefillTokens, prefillPairs, decodeSequences, decodeContext)
                : level(decodeSequences);
        return levels.get(level).explain(prefillTokens, prefillPairs, decodeSequences, decodeContext);
    }

    @Override
    public double dataSheetSeconds(int prefillTokens, double prefillPairs, int decodeSequences, double decodeContext) {
        return levels.getFirst().dataSheetSeconds(prefillTokens, prefillPairs, decodeSequences, decodeContext);
    }
}
