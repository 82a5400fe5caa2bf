package io.ampacity.physics;

/**
 * How a replica's memory is used, in bytes of one chip, and what is left for keys and values.
 *
 * @param usableBytes what the engine may take
 * @param weightsBytes weights on one chip
 * @param reservedBytes activations and runtime
 * @param kvBytesPerToken bytes one token of context takes over all chips that hold it
 * @param kvTokens tokens of context that fit, over the whole replica; 0 when the weights do not fit
 */
public record MemoryRoom(
        double usableBytes, double weightsBytes, double reservedBytes, double kvBytesPerToken, long kvTokens) {

    /** Whether the weights fit with room for at least one token. */
    public boolean fits() {
        return kvTokens > 0;
    }

    /** Bytes of one chip that are missing; 0 when the model fits. */
    public double missingBytes() {
        return Math.max(0, weightsBytes + reservedBytes - usableBytes);
    }
}
