package io.ampacity.simulator.report;

/**
 * How the size of a pool followed its traffic.
 *
 * @param replicaSeconds seconds for which replicas were there and cost, cold starts included, those lent to jobs not
 * @param meanReplicas mean number of them
 * @param mostReplicas most of them at once
 * @param ordered replicas ordered
 * @param givenUp replicas given up, orders taken back included
 */
public record ScalingResult(
        String pool, double replicaSeconds, double meanReplicas, int mostReplicas, long ordered, long givenUp) {}
