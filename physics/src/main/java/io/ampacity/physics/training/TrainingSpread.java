package io.ampacity.physics.training;

/**
 * How a step's state, experts and messages are spread beyond the degrees of its layout.
 *
 * @param expertParallel replicas over which experts are spread; divides the data-parallel degree
 * @param expertOverlap share of a layer's compute behind which sending tokens to experts can hide (two micro-batches in
 *     turn: DualPipe, arXiv 2412.19437)
 * @param expertServers servers that the experts of one token lie on at most; {@link #ANY_SERVERS} where the router does
 *     not care (DeepSeek-V3's goes to 4)
 */
public record TrainingSpread(
        StateSharding sharding, int expertParallel, double expertOverlap, int expertServers, Fabric fabric) {

    /** Experts are chosen wherever they lie. */
    public static final int ANY_SERVERS = Integer.MAX_VALUE;

    public TrainingSpread {
        if (expertParallel < 1) {
            throw new IllegalArgumentException("experts are spread over " + expertParallel + " replicas");
        }
        if (expertServers < 1) {
            throw new IllegalArgumentException("the experts of a token lie on " + expertServers + " servers");
        }
        if (!(expertOverlap >= 0 && expertOverlap <= 1)) {
            throw new IllegalArgumentException("an overlap of " + expertOverlap + " is outside 0 to 1");
        }
    }

    /** What a layout says, on a network that nothing slows. */
    public static TrainingSpread of(TrainingLayout layout) {
        return new TrainingSpread(
                layout.shardedState() ? StateSharding.OPTIMIZER : StateSharding.NONE, 1, 0, ANY_SERVERS, Fabric.FULL);
    }

    void check(TrainingLayout layout) {
        if (layout.dataParallel() % expertParallel != 0) {
            throw new IllegalArgumentException("experts spread over " + expertParallel
                    + " replicas, of which there are " + layout.dataParallel() + ". Maybe choose a divisor of them");
        }
    }
}
