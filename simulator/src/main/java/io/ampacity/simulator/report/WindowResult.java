package io.ampacity.simulator.report;

import org.jspecify.annotations.Nullable;

/**
 * How the requests that arrived in one window of time ended.
 *
 * @param sloAttainment share of them that attained the objective, 0 to 1; null when nothing was promised or none arrived
 */
public record WindowResult(
        long requests,
        long completed,
        long rejected,
        long lost,
        @Nullable Double sloAttainment) {}
