package io.ampacity.simulator.report;

import java.util.List;

/**
 * What came of the features beyond plain batching.
 *
 * @param classes one a class, in the order of the settings; empty where there is but one and nobody loses patience
 * @param hedging zeros when nothing is hedged
 * @param scaling one a pool that is scaled
 * @param disaggregation one a pool that is in two halves
 * @param offloading one a pool and tier
 * @param moves requests that went on elsewhere when their replica was taken away; zeros when none did
 * @param powerCaps one a limit on power
 * @param jobs one a job and pool
 */
public record ServingResult(
        List<ClassResult> classes,
        HedgingResult hedging,
        List<ScalingResult> scaling,
        List<DisaggregationResult> disaggregation,
        List<OffloadResult> offloading,
        MoveResult moves,
        List<PowerCapResult> powerCaps,
        List<JobResult> jobs) {

    /** Nothing beyond plain batching. */
    public static final ServingResult PLAIN = new ServingResult(
            List.of(), HedgingResult.NONE, List.of(), List.of(), List.of(), MoveResult.NONE, List.of(), List.of());

    public ServingResult {
        classes = List.copyOf(classes);
        scaling = List.copyOf(scaling);
        disaggregation = List.copyOf(disaggregation);
        offloading = List.copyOf(offloading);
        powerCaps = List.copyOf(powerCaps);
        jobs = List.copyOf(jobs);
    }
}
