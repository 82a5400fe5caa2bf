package io.ampacity.simulator.report;

import org.jspecify.annotations.Nullable;

/**
 * How the size of a pool, or of one half of it, followed its traffic.
 *
 * @param half {@code prompts} or {@code answers} where these are computed apart; null for a whole pool
 * @param replicaSeconds seconds for which replicas were there and cost, cold starts included, those lent to jobs not
 * @param meanReplicas mean number of them
 * @param mostReplicas most of them at once
 * @param ordered replicas ordered
 * @param givenUp replicas given up, orders taken back included
 */
public record ScalingResult(
        String pool,
        @Nullable String half,
        double replicaSeconds,
        double meanReplicas,
        int mostReplicas,
        long ordered,
        long givenUp) {}
