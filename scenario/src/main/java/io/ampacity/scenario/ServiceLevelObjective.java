package io.ampacity.scenario;

import io.ampacity.units.TimeSpan;
import org.jspecify.annotations.Nullable;

/**
 * What users were promised. A request attains it when its own TTFT and TPOT are within the limits; the promise holds
 * when at least {@code attainment} of all requests attain it.
 *
 * @param timeToFirstToken limit on TTFT, network included; null when nothing is promised
 * @param timePerOutputToken limit on TPOT, the mean gap between output tokens of a request; null when nothing is
 * @param attainment share of requests, 0 to 1, such as 0.95
 */
public record ServiceLevelObjective(
        @Nullable TimeSpan timeToFirstToken, @Nullable TimeSpan timePerOutputToken, double attainment) {}
