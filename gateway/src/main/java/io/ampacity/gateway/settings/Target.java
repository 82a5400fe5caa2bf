package io.ampacity.gateway.settings;

import org.jspecify.annotations.Nullable;

/**
 * One model on one upstream: what stands behind a pool of the routing table.
 *
 * @param model name that the upstream knows it by
 * @param prices null when unknown, which raises an alarm and is never zero
 * @param energy null when unknown
 * @param canary null when it is not on trial
 */
public record Target(
        UpstreamSettings upstream,
        String model,
        @Nullable TokenPrices prices,
        @Nullable EnergyRates energy,
        @Nullable CanarySettings canary) {

    /** One that is not on trial. */
    public Target(UpstreamSettings upstream, String model, @Nullable TokenPrices prices, @Nullable EnergyRates energy) {
        this(upstream, model, prices, energy, null);
    }

    /** The same, on trial. */
    public Target onTrial(CanarySettings as) {
        return new Target(upstream, model, prices, energy, as);
    }
}
