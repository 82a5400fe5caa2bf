package io.ampacity.simulator.report;

/**
 * How a workload fared around a failure, by the time at which requests arrived.
 *
 * @param failure scope and target
 * @param endSeconds infinite when the failure does not end
 * @param recoveredSeconds when what failed serves again, its cold start over
 * @param before requests that arrived before it while no other failure had its effect
 * @param during requests that arrived until the recovery
 * @param after requests that arrived after the recovery while no other failure had its effect
 */
public record FailureWindow(
        String failure,
        String workload,
        double startSeconds,
        double endSeconds,
        double recoveredSeconds,
        WindowResult before,
        WindowResult during,
        WindowResult after) {}
