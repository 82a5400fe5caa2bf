package io.ampacity.simulator;

/** Why an attempt is taken back. */
enum Recall {
    /** The other try of the same request goes on. */
    OUTRUN,
    /** The request is given up. */
    SHED
}
