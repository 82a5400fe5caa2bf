package io.ampacity.gateway;

/**
 * One pool, as an operator sees it.
 *
 * @param breaker state of its quota group's breaker
 * @param latencySeconds smoothed, of whole requests; 0 before the first
 * @param throttled whether its quota group asked to be left alone
 * @param canary how its trial stands; empty when it is not on trial
 * @param canaryShare of the requests that its trial gives it; 0 when it was stopped, or there is none
 * @param sick whether it does not answer when asked whether it is well
 */
public record PoolStatus(
        String id,
        String breaker,
        int outstanding,
        long routed,
        double latencySeconds,
        boolean throttled,
        boolean sick,
        String canary,
        double canaryShare) {}
