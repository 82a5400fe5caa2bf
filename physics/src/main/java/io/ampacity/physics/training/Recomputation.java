package io.ampacity.physics.training;

/** Which activations the backward pass computes again instead of keeping them. */
public enum Recomputation {
    /** All are kept. */
    NONE,
    /** Scores and weights of attention are computed again (Korthikanti 2022). */
    SELECTIVE,
    /** Each layer's forward pass is done again. */
    FULL
}
