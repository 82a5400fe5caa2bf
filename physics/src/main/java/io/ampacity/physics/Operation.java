package io.ampacity.physics;

/**
 * What one kind of kernel does in an iteration on one chip.
 *
 * @param flops floating-point operations
 * @param bytes bytes of weights, keys and values that it reads
 * @param seconds time it takes
 * @param peak FLOP/s of the arithmetic it uses
 */
public record Operation(String name, double flops, double bytes, double seconds, double peak) {

    /** Operations a byte. */
    public double intensity() {
        return flops / bytes;
    }

    /** FLOP/s it reaches. */
    public double rate() {
        return flops / seconds;
    }
}
