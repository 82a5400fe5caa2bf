package io.ampacity.simulator.fleet;

import io.ampacity.scenario.ServiceLevelObjective;
import org.jspecify.annotations.Nullable;

/**
 * A stream of requests and what its users were promised.
 *
 * @param objective null when nothing was promised
 */
public record FleetWorkload(String id, @Nullable ServiceLevelObjective objective) {}
