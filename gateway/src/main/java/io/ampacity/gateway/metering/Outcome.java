package io.ampacity.gateway.metering;

import java.util.Locale;

/** How an attempt, or a request, ended. */
public enum Outcome {
    COMPLETED(false, false),
    /** The upstream refused what the client sent; nobody else is asked. */
    REFUSED(false, false),
    /** A content filter refused it; nobody else is asked. */
    FILTERED(false, false),
    /** The client went away. */
    ABORTED(false, false),
    /** The upstream has no room now. */
    THROTTLED(true, false),
    NAME_UNKNOWN(true, true),
    CONNECT_FAILED(true, true),
    TLS_FAILED(true, true),
    /** The upstream does not take our credential. */
    UNAUTHORISED(true, true),
    SERVER_ERROR(true, true),
    /** The connection was lost before the answer began. */
    RESET(true, true),
    /** A kept connection was closed by the upstream just as it was used. */
    STALE(true, false),
    HEAD_LATE(true, true),
    FIRST_TOKEN_LATE(true, true),
    STALLED(true, true),
    /** The answer ended before it was whole. */
    CUT(true, true),
    MALFORMED(true, true),
    /** The upstream told of an error within its answer. */
    ERROR_EVENT(true, true),
    /** The upstream will not go on from words of the assistant. */
    PREFILL_REFUSED(true, false),
    TOO_LARGE(false, false),
    /** The whole time that a request may take was over. */
    TOTAL_LATE(false, true),
    /** The policy leaves nobody to ask. */
    POLICY(false, false),
    /** Nobody who may be asked has room. */
    NO_ROOM(false, false),
    /** Another upstream, asked beside this one, was faster. */
    HEDGED(false, false),
    /** The budget of the key is spent. */
    BUDGET_SPENT(false, false);

    private final boolean retryable;
    private final boolean upstreamFault;

    Outcome(boolean retryable, boolean upstreamFault) {
        this.retryable = retryable;
        this.upstreamFault = upstreamFault;
    }

    /** Whether another attempt may do better. */
    public boolean isRetryable() {
        return retryable;
    }

    /** Whether it tells against the health of the upstream. */
    public boolean isUpstreamFault() {
        return upstreamFault;
    }

    /** The word for it in records. */
    public String id() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
