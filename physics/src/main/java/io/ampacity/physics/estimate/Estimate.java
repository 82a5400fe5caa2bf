package io.ampacity.physics.estimate;

import io.ampacity.physics.Binding;
import io.ampacity.physics.MemoryRoom;
import io.ampacity.physics.Provenance;

/**
 * What serving looks like at one operating point. Watts and joules are those of all chips of the replica, without
 * servers and facility, as accelerators report them; {@code serverWatts} is what their servers draw on top.
 *
 * @param timeToFirstTokenSeconds mean from arrival to first token
 * @param interTokenLatencySeconds for a batch the typical (median) gap between tokens, for a closed loop the mean
 * @param endToEndSeconds mean of a whole request
 * @param outputTokensPerSecond of the replica
 * @param averagePowerWatts of all chips
 * @param energyPerOutputTokenJoules of all chips
 * @param serverWatts draw of hosts, fans, network and power supplies on top
 * @param runningSequences mean number of sequences that decode at once
 */
public record Estimate(
        Banded timeToFirstTokenSeconds,
        Banded interTokenLatencySeconds,
        Banded endToEndSeconds,
        Banded outputTokensPerSecond,
        Banded averagePowerWatts,
        Banded energyPerOutputTokenJoules,
        double serverWatts,
        double runningSequences,
        MemoryRoom memory,
        Binding binding,
        Provenance provenance) {}
