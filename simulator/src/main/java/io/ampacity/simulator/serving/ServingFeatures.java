package io.ampacity.simulator.serving;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What all pools of a fleet do beyond plain continuous batching; null leaves a thing out.
 *
 * @param scheduler in which order replicas take waiting requests
 * @param classes urgency and patience of requests
 * @param hedging second tries
 * @param autoscaling how many replicas pools have
 * @param disaggregation prompts and answers on replicas of their own
 * @param offloading places behind the KV cache, the nearest first
 */
public record ServingFeatures(
        Scheduler scheduler,
        PriorityClasses classes,
        @Nullable Hedging hedging,
        @Nullable Autoscaling autoscaling,
        @Nullable Disaggregation disaggregation,
        List<OffloadTier> offloading) {

    /** First come, first served, and nothing else. */
    public static final ServingFeatures PLAIN =
            new ServingFeatures(Scheduler.FCFS, PriorityClasses.ONE, null, null, null, List.of());

    public ServingFeatures {
        offloading = List.copyOf(offloading);
        if (scheduler == Scheduler.UNLIMITED && autoscaling != null) {
            throw new IllegalArgumentException(
                    "--scale: unlimited capacity has nothing to scale. Maybe leave out" + " --scheduler unlimited");
        }
        if (disaggregation != null && (scheduler == Scheduler.UNLIMITED || autoscaling != null)) {
            throw new IllegalArgumentException("--disaggregate: the halves of a pool have a fixed size. Maybe leave out"
                    + " --scale and --scheduler unlimited");
        }
    }

    public ServingFeatures withScheduler(Scheduler other) {
        return new ServingFeatures(other, classes, hedging, autoscaling, disaggregation, offloading);
    }

    public ServingFeatures withClasses(PriorityClasses other) {
        return new ServingFeatures(scheduler, other, hedging, autoscaling, disaggregation, offloading);
    }

    public ServingFeatures withHedging(@Nullable Hedging other) {
        return new ServingFeatures(scheduler, classes, other, autoscaling, disaggregation, offloading);
    }

    public ServingFeatures withAutoscaling(@Nullable Autoscaling other) {
        return new ServingFeatures(scheduler, classes, hedging, other, disaggregation, offloading);
    }

    public ServingFeatures withDisaggregation(@Nullable Disaggregation other) {
        return new ServingFeatures(scheduler, classes, hedging, autoscaling, other, offloading);
    }

    public ServingFeatures withOffloading(List<OffloadTier> other) {
        return new ServingFeatures(scheduler, classes, hedging, autoscaling, disaggregation, other);
    }
}
