package io.ampacity.simulator.report;

/**
 * How a workload fared around a failure, by the time at which requests arrived.
 *
 * @param failure scope and target
 * @param endSeconds infinite when the failure does not end
 */
public record FailureWindow(
        String failure,
        String workload,
        double startSeconds,
        double endSeconds,
        WindowResult before,
        WindowResult during,
        WindowResult after) {}
