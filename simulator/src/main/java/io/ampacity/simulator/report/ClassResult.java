package io.ampacity.simulator.report;

import org.jspecify.annotations.Nullable;

/**
 * How the requests of one class fared over all workloads.
 *
 * @param shed given up after too long a wait; they count as rejected as well
 * @param sloAttainment share of the ended requests that attained their workload's objective; null when none ended
 */
public record ClassResult(
        String name,
        int priority,
        long arrived,
        long completed,
        long rejected,
        long lost,
        long shed,
        Distribution timeToFirstTokenSeconds,
        Distribution endToEndSeconds,
        @Nullable Double sloAttainment) {}
