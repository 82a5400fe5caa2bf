package io.ampacity.physics.training;

/**
 * What of the training state each replica keeps only a share of (ZeRO, Rajbhandari 2020, arXiv 1910.02054). Mixed precision
 * with Adam keeps 2 bytes of weight, 2 of gradient and 12 of optimizer state a parameter.
 */
public enum StateSharding {
    /** Every replica keeps all of it. */
    NONE(16, 0, 4),
    /** The optimizer's state is shared out (ZeRO-1). */
    OPTIMIZER(4, 12, 4),
    /** So are gradients (ZeRO-2). */
    GRADIENTS(2, 14, 4),
    /** So are weights, which are gathered again for each pass (ZeRO-3, FSDP). */
    WEIGHTS(0, 16, 6);

    private final double keptBytes;
    private final double sharedBytes;
    private final double exchangedBytes;

    StateSharding(double keptBytes, double sharedBytes, double exchangedBytes) {
        this.keptBytes = keptBytes;
        this.sharedBytes = sharedBytes;
        this.exchangedBytes = exchangedBytes;
    }

    /** Bytes a parameter that one of so many replicas keeps. */
    public double bytesPerParameter(int replicas) {
        return keptBytes + sharedBytes / replicas;
    }

    /**
     * Bytes a parameter that a replica sends in a step, before (d − 1)/d: gradients are reduced and scattered, weights
     * gathered, and with shared weights gathered once more for the backward pass.
     */
    double exchangedBytesPerParameter() {
        return exchangedBytes;
    }

    boolean sharesOptimizer() {
        return this != NONE;
    }
}
