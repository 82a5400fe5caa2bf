package io.ampacity.gateway.settings;

import org.jspecify.annotations.Nullable;

/**
 * One model on one upstream: what stands behind a pool of the routing table.
 *
 * @param model name that the upstream knows it by
 * @param prices null when unknown, which raises an alarm and is never zero
 * @param energy null when unknown
 */
public record Target(
        UpstreamSettings upstream,
        String model,
        @Nullable TokenPrices prices,
        @Nullable EnergyRates energy) {}
