package io.ampacity.physics.training;

/**
 * One training step.
 *
 * @param seconds time of the step
 * @param modelFlops floating-point operations of the model itself, without recomputation, over all chips
 * @param utilisation model operations per second over peak (MFU)
 * @param bubbleSeconds time stages wait for the pipeline to fill and drain
 * @param exposedExchangeSeconds exchange between replicas that compute does not hide
 * @param optimizerSeconds the weight update
 * @param chipWatts mean power of one chip
 */
public record TrainingStep(
        double seconds,
        double modelFlops,
        double utilisation,
        double bubbleSeconds,
        double exposedExchangeSeconds,
        double optimizerSeconds,
        double chipWatts) {}
