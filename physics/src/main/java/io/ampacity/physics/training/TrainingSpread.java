package io.ampacity.physics.training;

/**
 * How a step's state, experts and messages are spread beyond the degrees of its layout.
 *
 * @param expertParallel replicas over which experts are spread; divides the data-parallel degree
 * @param expertOverlap share of the time experts take behind which sending tokens to them can hide (two micro-batches in
 *     turn: DualPipe, arXiv 2412.19437)
 */
public record TrainingSpread(StateSharding sharding, int expertParallel, double expertOverlap, Fabric fabric) {

    public TrainingSpread {
        if (expertParallel < 1) {
            throw new IllegalArgumentException("experts are spread over " + expertParallel + " replicas");
        }
        if (!(expertOverlap >= 0 && expertOverlap <= 1)) {
            throw new IllegalArgumentException("an overlap of " + expertOverlap + " is outside 0 to 1");
        }
    }

    /** What a layout says, on a network that nothing slows. */
    public static TrainingSpread of(TrainingLayout layout) {
        return new TrainingSpread(
                layout.shardedState() ? StateSharding.OPTIMIZER : StateSharding.NONE, 1, 0, Fabric.FULL);
    }

    void check(TrainingLayout layout) {
        if (layout.dataParallel() % expertParallel != 0) {
            throw new IllegalArgumentException("experts spread over " + expertParallel
                    + " replicas, of which there are " + layout.dataParallel() + ". Maybe choose a divisor of them");
        }
    }
}
