package io.ampacity.simulator.report;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What became of one workload.
 *
 * @param promptTokens of completed requests
 * @param outputTokens of completed requests
 * @param sloAttainment share of all its requests that attained the objective; null when nothing was promised
 * @param promisedAttainment the share that was promised; null when nothing was
 * @param goodputRequestsPerSecond requests that attained the objective, or completed where nothing was promised, a second
 * @param timeSpent where the time of its completed requests went
 */
public record WorkloadResult(
        String workload,
        RequestCounts requests,
        long promptTokens,
        long outputTokens,
        Distribution timeToFirstTokenSeconds,
        Distribution timePerOutputTokenSeconds,
        Distribution endToEndSeconds,
        @Nullable Double sloAttainment,
        @Nullable Double promisedAttainment,
        double goodputRequestsPerSecond,
        List<TimeSpent> timeSpent) {

    public WorkloadResult {
        timeSpent = List.copyOf(timeSpent);
    }
}
