package io.ampacity.simulator.report;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What became of the requests that a trace marks as one tenant's, or as of one class.
 *
 * @param name the tenant or class
 * @param promptTokens of completed requests
 * @param outputTokens of completed requests
 * @param sloAttainment share of its requests that attained the objective of their workload; null when nothing was promised
 * @param goodputRequestsPerSecond requests that attained their objective, or completed where nothing was promised, a second
 */
public record GroupResult(
        String name,
        RequestCounts requests,
        long promptTokens,
        long outputTokens,
        Distribution timeToFirstTokenSeconds,
        Distribution timePerOutputTokenSeconds,
        Distribution endToEndSeconds,
        @Nullable Double sloAttainment,
        double goodputRequestsPerSecond,
        List<TimeSpent> timeSpent) {

    public GroupResult {
        timeSpent = List.copyOf(timeSpent);
    }
}
