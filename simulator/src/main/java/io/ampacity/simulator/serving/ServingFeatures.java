package io.ampacity.simulator.serving;

import io.ampacity.simulator.replica.Scheduler;
import org.jspecify.annotations.Nullable;

/**
 * What all pools of a fleet do beyond plain continuous batching; null leaves a thing out.
 *
 * @param scheduler in which order replicas take waiting requests
 * @param classes urgency and patience of requests
 * @param hedging second tries
 */
public record ServingFeatures(
        Scheduler scheduler,
        PriorityClasses classes,
        @Nullable Hedging hedging) {

    /** First come, first served, and nothing else. */
    public static final ServingFeatures PLAIN = new ServingFeatures(Scheduler.FCFS, PriorityClasses.ONE, null);

    public ServingFeatures withScheduler(Scheduler other) {
        return new ServingFeatures(other, classes, hedging);
    }

    public ServingFeatures withClasses(PriorityClasses other) {
        return new ServingFeatures(scheduler, other, hedging);
    }

    public ServingFeatures withHedging(@Nullable Hedging other) {
        return new ServingFeatures(scheduler, classes, other);
    }
}
