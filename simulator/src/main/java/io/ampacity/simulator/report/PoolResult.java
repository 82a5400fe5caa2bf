package io.ampacity.simulator.report;

import org.jspecify.annotations.Nullable;

/**
 * What one pool did.
 *
 * @param completed requests completed there
 * @param utilisation share of replica-seconds in which a step ran
 * @param peakKvUse most of a replica's KV cache ever held
 * @param prefilledTokens prompt tokens computed, again after preemptions included
 * @param cachedTokens prompt tokens found in the prefix cache
 * @param decodedTokens output tokens produced, those of lost requests included
 * @param energyJoules of the facility
 * @param carbonGrams null when the intensity is unknown
 * @param waterLitres null when the intensity is unknown
 * @param costUsd of holding its replicas, and energy beside; null when a price is unknown
 */
public record PoolResult(
        String pool,
        String workload,
        String supplier,
        String site,
        int replicas,
        long completed,
        double utilisation,
        double peakKvUse,
        long preemptions,
        long prefilledTokens,
        long cachedTokens,
        long decodedTokens,
        double energyJoules,
        @Nullable Double carbonGrams,
        @Nullable Double waterLitres,
        @Nullable Double costUsd) {}
