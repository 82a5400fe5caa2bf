package io.ampacity.simulator.replica;

/** Which part of a request a replica computes. */
public enum Role {
    /** All of it. */
    WHOLE,
    /** The prompt and the first token, after which another replica takes over. */
    PREFILL,
    /** The rest of the answer; and what it has preempted, anew. */
    DECODE
}
