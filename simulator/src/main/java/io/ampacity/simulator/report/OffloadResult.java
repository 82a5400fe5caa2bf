package io.ampacity.simulator.report;

/**
 * What one tier of a pool's replicas did.
 *
 * @param storedTokens tokens that came to it, those it had already not counted
 * @param loadedTokens tokens loaded from it instead of computed
 * @param loads requests that waited for it
 * @param busySeconds seconds its links were busy, all replicas together
 */
public record OffloadResult(
        String pool, String tier, long storedTokens, long loadedTokens, long loads, double busySeconds) {}
