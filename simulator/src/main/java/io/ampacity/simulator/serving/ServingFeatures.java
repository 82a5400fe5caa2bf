package io.ampacity.simulator.serving;

import java.util.List;
import java.util.function.Consumer;
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
 * @param draftedTokens tokens drafted for each decoding request in a step; 0 without speculative decoding
 */
public record ServingFeatures(
        Scheduler scheduler,
        PriorityClasses classes,
        @Nullable Hedging hedging,
        @Nullable Autoscaling autoscaling,
        @Nullable Disaggregation disaggregation,
        List<OffloadTier> offloading,
        int draftedTokens) {

    /** First come, first served, and nothing else. */
    public static final ServingFeatures PLAIN =
            new ServingFeatures(Scheduler.FCFS, PriorityClasses.ONE, null, null, null, List.of(), 0);

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
        return with(draft -> draft.scheduler = other);
    }

    public ServingFeatures withClasses(PriorityClasses other) {
        return with(draft -> draft.classes = other);
    }

    public ServingFeatures withHedging(@Nullable Hedging other) {
        return with(draft -> draft.hedging = other);
    }

    public ServingFeatures withAutoscaling(@Nullable Autoscaling other) {
        return with(draft -> draft.autoscaling = other);
    }

    public ServingFeatures withDisaggregation(@Nullable Disaggregation other) {
        return with(draft -> draft.disaggregation = other);
    }

    public ServingFeatures withOffloading(List<OffloadTier> other) {
        return with(draft -> draft.offloading = other);
    }

    public ServingFeatures withDraftedTokens(int tokens) {
        return with(draft -> draft.draftedTokens = tokens);
    }

    private ServingFeatures with(Consumer<Draft> change) {
        Draft draft = new Draft(this);
        change.accept(draft);
        return draft.features();
    }

    /** The same features while one of them changes. */
    private static final class Draft {
        Scheduler scheduler;
        PriorityClasses classes;

        @Nullable Hedging hedging;

        @Nullable Autoscaling autoscaling;

        @Nullable Disaggregation disaggregation;

        List<OffloadTier> offloading;
        int draftedTokens;

        Draft(ServingFeatures from) {
            scheduler = from.scheduler;
            classes = from.classes;
            hedging = from.hedging;
            autoscaling = from.autoscaling;
            disaggregation = from.disaggregation;
            offloading = from.offloading;
            draftedTokens = from.draftedTokens;
        }

        ServingFeatures features() {
            return new ServingFeatures(
                    scheduler, classes, hedging, autoscaling, disaggregation, offloading, draftedTokens);
        }
    }
}
