package io.ampacity.physics.training;

/**
 * What of the training state each replica keeps only a share of (ZeRO, Rajbhandari 2020, arXiv 1910.02054). Mixed precision
 * with Adam keeps 2 bytes of weight, 2 of gradient and 12 of optimizer state a parameter.
 */
public enum StateSharding {
    /** Every replica keeps all of it. */
    NONE(0, 16, 0),
    /** The optimizer's state is shared out (ZeRO-1). */
    OPTIMIZER(1, 4, 12),
    /** So are gradients (ZeRO-2). */
    GRADIENTS(2, 2, 14),
    /** So are weights, which are gathered again for each pass (ZeRO-3, FSDP). */
    WEIGHTS(3, 0, 16);

    private final int stage;
    private final double keptBytes;
    private final double sharedBytes;

    StateSharding(int stage, double keptBytes, double sharedBytes) {
        this.stage = stage;
        this.keptBytes = keptBytes;
        this.sharedBytes = sharedBytes;
    }

    /** Bytes a parameter that one of so many replicas keeps. */
    public double bytesPerParameter(int replicas) {
        return keptBytes + sharedBytes / replicas;
    }

    /**
     * Bytes a parameter that a replica sends in a step of so many micro-batches, before (d − 1)/d. Gradients are reduced
     * and scattered and weights gathered once; shared gradients leave after each micro-batch, and shared weights are
     * gathered for each forward and each backward pass.
     */
    double exchangedBytesPerParameter(int microBatches) {
        return switch (this) {
            case NONE, OPTIMIZER -> 4;
            case GRADIENTS -> 2 + 2.0 * microBatches;
            case WEIGHTS -> 6.0 * microBatches;
        };
    }

    /** The stage of ZeRO that bears a number: 0 keeps all, 3 shares weights too. */
    public int stage() {
        return stage;
    }

    boolean sharesOptimizer() {
        return this != NONE;
    }
}
