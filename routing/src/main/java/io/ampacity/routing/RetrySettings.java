package io.ampacity.routing;

/**
 * How often a request that failed is tried again.
 *
 * @param attempts most attempts of one request, the first included; 1 never retries
 * @param backoffSeconds wait before the second attempt; doubles with each further one
 * @param budgetShare retries allowed for each request that arrives, which keeps an outage from doubling the load
 * @param budgetReserve retries that can be saved up, and are there at the start
 */
public record RetrySettings(int attempts, double backoffSeconds, double budgetShare, double budgetReserve) {

    /** Three attempts, 0.1 s before the first retry, one retry for five requests and 1,000 in reserve. */
    public static final RetrySettings STANDARD = new RetrySettings(3, 0.1, 0.2, 1000);

    /** No request is tried twice. */
    public static final RetrySettings NEVER = new RetrySettings(1, 0, 0, 0);

    public RetrySettings {
        if (attempts < 1) {
            throw new IllegalArgumentException("a request needs at least 1 attempt, not " + attempts);
        }
        if (!(backoffSeconds >= 0) || !(budgetShare >= 0) || !(budgetReserve >= 0)) {
            throw new IllegalArgumentException("backoff, share and reserve of retries are at least 0, not "
                    + backoffSeconds + " s, " + budgetShare + " and " + budgetReserve);
        }
    }

    /** Wait before attempt {@code attempt}, where 2 is the first retry. */
    public double waitSeconds(int attempt) {
        return backoffSeconds * (1L << Math.clamp(attempt - 2, 0, 20));
    }
}
