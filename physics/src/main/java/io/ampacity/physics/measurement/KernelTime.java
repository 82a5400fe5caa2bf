package io.ampacity.physics.measurement;

import io.ampacity.facts.Engine;
import io.ampacity.facts.Precision;

/**
 * How long one kernel took alone.
 *
 * @param source file and line
 * @param chip name of the chip, as the source writes it
 * @param precision of weights for matrix products; 16 bits for all others, which every precision shares
 * @param kind what it does
 * @param flops floating-point operations
 * @param bytes bytes of weights or of cached keys and values that it reads; of the message for a sum
 * @param chips chips that take part
 * @param seconds measured time
 */
public record KernelTime(
        String source,
        String chip,
        Engine engine,
        Precision precision,
        Kind kind,
        double flops,
        double bytes,
        int chips,
        double seconds) {

    /** Kernels that tell one parameter each. */
    public enum Kind {
        /** Weights times activations. */
        MATRIX_PRODUCT,
        /** Attention of decoding sequences. */
        DECODE_ATTENTION,
        /** A sum over chips, each of which gets the whole. */
        ALL_REDUCE
    }
}
