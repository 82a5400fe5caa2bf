package io.ampacity.physics;

import java.util.Locale;

/**
 * Low-rank adapters beside every matrix, chosen evenly by the sequences of a batch: their weights are read for those that
 * are touched, take room from the KV cache, and each layer starts two more small products for each of its matrices.
 */
final class Adapters extends AbstractTerm {

    private static final double BYTES = 2;

    /** Query, key, value, output, and the three of the feed-forward block, two products each. */
    private static final int PRODUCTS = 14;

    /** Time of one such product beside the others: Punica (arXiv 2310.18547) finds 2 to 4 µs for small ranks on A100. */
    private static final double PRODUCT_SECONDS = 3e-6;

    private final int count;
    private final double parametersEach;
    private final double chips;
    private final double secondsPerByte;
    private final double secondsPerFlop;
    private final double startSeconds;
    private final double joulesPerSecond;
    private final MemoryRoom room;

    Adapters(
            ServingStepModel inner,
            int rank,
            int count,
            ModelShape shape,
            ChipSheet sheet,
            Efficiencies efficiencies,
            double peak) {
        super(inner);
        this.count = count;
        this.chips = inner.chips();
        this.parametersEach = parametersEach(shape, rank);
        this.secondsPerByte = 1 / (sheet.memoryBandwidth() * efficiencies.memory() * chips);
        this.secondsPerFlop = 1 / (peak * efficiencies.compute() * chips);
        this.startSeconds = shape.layers() * PRODUCTS * PRODUCT_SECONDS;
        this.joulesPerSecond = inner.chipIdleWatts()
                + (sheet.tdpWatts() - sheet.idleWatts())
                        * chips
                        * Math.min(
                                0.9,
                                efficiencies.power().running()
                                        + efficiencies.power().memory() * efficiencies.memory());
        this.room = room(inner.memoryRoom());
    }

    /** r·Σ(in + out) over the matrices that every token meets. */
    static double parametersEach(ModelShape shape, int rank) {
        double hidden = shape.hidden();
        double attention = shape.attentionParameters() / hidden;
        double block = shape.moeLayers() > 0
                ? (shape.sharedParameters() + shape.expertsPerToken() * shape.expertParameters()) / hidden
                : shape.denseParameters() / hidden;
        return shape.layers() * rank * (4 * hidden + attention + 3 * hidden + block);
    }

    private MemoryRoom room(MemoryRoom without) {
        double bytesEachChip = count * parametersEach * BYTES / chips;
        double tokens = without.kvTokens()
                - (without.kvBytesPerToken() <= 0 ? 0 : count * parametersEach * BYTES / without.kvBytesPerToken());
        if (tokens < 1) {
            throw new PhysicsException(
                    String.format(
                            Locale.ROOT,
                            "%d adapters of %.2f GB each leave no room for the KV cache",
                            count,
                            parametersEach * BYTES / 1e9),
                    "keep fewer of them loaded");
        }
        return new MemoryRoom(
                without.usableBytes(),
                without.weightsBytes() + bytesEachChip,
                without.reservedBytes(),
                without.kvBytesPerToken(),
                (long) tokens);
    }

    /** Adapters that so many sequences touch when each chooses one evenly. */
    double touched(double sequences) {
        return count * -Math.expm1(sequences * Math.log1p(-Math.min(0.999999, 1.0 / count)));
    }

    private double moreSeconds(double tokens, double sequences) {
        if (tokens <= 0) {
            return 0;
        }
        double read = touched(sequences) * parametersEach * BYTES * secondsPerByte;
        double multiplied = 2 * parametersEach * tokens * secondsPerFlop;
        return startSeconds + Math.max(read, multiplied);
    }

    @Override
    public double decodeBaseSeconds(int sequences) {
        return inner.decodeBaseSeconds(sequences) + moreSeconds(sequences, sequences);
    }

    @Override
    public double decodeBaseJoules(int sequences) {
        return inner.decodeBaseJoules(sequences)
                + moreSeconds(sequences, sequences) * (joulesPerSecond + serverWatts());
    }

    @Override
    public double stepSeconds(int prefillTokens, double prefillPairs, int sequences, double context) {
        return inner.stepSeconds(prefillTokens, prefillPairs, sequences, context) + more(prefillTokens, sequences);
    }

    @Override
    public double stepChipJoules(int prefillTokens, double prefillPairs, int sequences, double context) {
        return inner.stepChipJoules(prefillTokens, prefillPairs, sequences, context)
                + more(prefillTokens, sequences) * joulesPerSecond;
    }

    private double more(int prefillTokens, int sequences) {
        return moreSeconds((double) prefillTokens + sequences, sequences + (prefillTokens > 0 ? 1 : 0));
    }

    @Override
    public MemoryRoom memoryRoom() {
        return room;
    }
}
