package io.ampacity.physics.estimate;

import io.ampacity.physics.Provenance;

/**
 * What disaggregated serving looks like at one operating point. Watts and joules are those of all chips of both pools.
 *
 * @param timeToFirstTokenSeconds mean from arrival to first token: waiting, reading the prompt, moving its keys and values
 * @param interTokenLatencySeconds mean time per output token on a decoding worker
 * @param endToEndSeconds mean of a whole request
 * @param transferSeconds time that keys and values of one prompt take to the decoding worker
 * @param prefillBusy share of time that prefill workers are busy; near 1 they set the rate
 * @param runningSequences mean number of sequences that one decoding worker runs
 * @param provenance the weaker of both pools'
 */
public record SplitEstimate(
        Banded timeToFirstTokenSeconds,
        Banded interTokenLatencySeconds,
        Banded endToEndSeconds,
        Banded outputTokensPerSecond,
        Banded averagePowerWatts,
        Banded energyPerOutputTokenJoules,
        double transferSeconds,
        double prefillBusy,
        double runningSequences,
        Provenance provenance) {}
