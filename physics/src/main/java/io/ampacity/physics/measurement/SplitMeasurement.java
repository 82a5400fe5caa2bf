package io.ampacity.physics.measurement;

import io.ampacity.facts.Deployment;
import org.jspecify.annotations.Nullable;

/**
 * What somebody measured of disaggregated serving at one operating point. A null figure was not told.
 *
 * @param settings everything the source tells of the run but its number, place and figures
 * @param prefillWorkers workers that read prompts
 * @param decodeWorkers workers that decode
 * @param timeToFirstTokenSeconds mean
 * @param interTokenSeconds mean time per output token
 */
public record SplitMeasurement(
        String source,
        String settings,
        String chip,
        String model,
        Deployment prefill,
        @Nullable Integer prefillWorkers,
        Deployment decode,
        @Nullable Integer decodeWorkers,
        int promptTokens,
        int outputTokens,
        int clients,
        double lengthSpread,
        double timeToFirstTokenSeconds,
        double interTokenSeconds) {}
