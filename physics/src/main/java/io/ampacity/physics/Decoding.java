package io.ampacity.physics;

/** How the next token is chosen, which costs time on the chip. */
public enum Decoding {
    /** The likeliest token, as benchmarks do. */
    GREEDY,
    /** Drawn from the likeliest few (top-p, top-k), as chat services do; the chip sorts the vocabulary for it. */
    SAMPLED
}
