package io.ampacity.simulator.report;

/**
 * Requests that went on elsewhere when their replica was taken away.
 *
 * @param requests moves of requests, of which one may have several
 * @param begun those whose answer had begun
 * @param tokensKept output tokens that need not be made again
 */
public record MoveResult(long requests, long begun, long tokensKept) {

    /** Nothing moved. */
    public static final MoveResult NONE = new MoveResult(0, 0, 0);

    MoveResult plus(MoveResult other) {
        return new MoveResult(requests + other.requests, begun + other.begun, tokensKept + other.tokensKept);
    }
}
