package io.ampacity.simulator.report;

/**
 * Whether the two halves of a disaggregated pool and the link between them match.
 *
 * @param prefillReplicas most replicas that may compute prompts
 * @param decodeReplicas most that may compute answers
 * @param prefillUtilisation share of their time in which the replicas that compute prompts ran a step
 * @param decodeUtilisation that of the others
 * @param transfers KV caches fetched
 * @param linkUtilisation share of the time in which the link was busy; above 1 when what was begun outlasts the run
 * @param meanTransferSeconds mean time on the link, waiting for it included; 0 when nothing went
 * @param meanWaitSeconds mean wait for the link
 */
public record DisaggregationResult(
        String pool,
        int prefillReplicas,
        int decodeReplicas,
        double prefillUtilisation,
        double decodeUtilisation,
        long transfers,
        double transferredBytes,
        double linkUtilisation,
        double meanTransferSeconds,
        double meanWaitSeconds) {}
