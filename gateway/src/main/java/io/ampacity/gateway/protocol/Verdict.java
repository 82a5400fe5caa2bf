package io.ampacity.gateway.protocol;

/** What an event of a stream is to the gateway. */
public enum Verdict {
    /** Carries something that the user reads. */
    CONTENT,
    /** Carries nothing that the user reads, such as a role or a comment. */
    OTHER,
    /** Carries the usage of the whole answer and nothing else. */
    USAGE,
    /** Ends the stream. */
    DONE,
    /** Says that the upstream failed. */
    ERROR,
    /** Cannot be read. */
    MALFORMED
}
