package io.ampacity.simulator;

/** Where requests of a pool wait. */
public enum Dispatch {
    /** At once to the replica with least expected work, in whose queue they wait. */
    PUSH,
    /** In one queue of the pool, from which replicas pull when they have a place in their batch. */
    PULL
}
