package io.ampacity.simulator.serving;

import io.ampacity.physics.Drafting;
import java.util.List;
import java.util.Map;
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
 * @param drafting speculative decoding, which the step models of the fleet tell the times of
 * @param powerCaps limits on power
 * @param jobs what takes the replicas that autoscaling gives up
 * @param electricity by site, {@code *} for all others
 */
public record ServingFeatures(
        Scheduler scheduler,
        PriorityClasses classes,
        @Nullable Hedging hedging,
        @Nullable Autoscaling autoscaling,
        @Nullable Disaggregation disaggregation,
        List<OffloadTier> offloading,
        @Nullable Drafting drafting,
        List<PowerCap> powerCaps,
        List<Job> jobs,
        Map<String, Electricity> electricity) {

    /** First come, first served, and nothing else. */
    public static final ServingFeatures PLAIN = new ServingFeatures(
            Scheduler.FCFS, PriorityClasses.ONE, null, null, null, List.of(), null, List.of(), List.of(), Map.of());

    public ServingFeatures {
        offloading = List.copyOf(offloading);
        powerCaps = List.copyOf(powerCaps);
        jobs = List.copyOf(jobs);
        electricity = Map.copyOf(electricity);
        if (!jobs.isEmpty() && autoscaling == null) {
            throw new IllegalArgumentException("--job: jobs take what autoscaling gives up. Maybe add --scale");
        }
        if (scheduler == Scheduler.UNLIMITED && !powerCaps.isEmpty()) {
            throw new IllegalArgumentException("--power-cap: unlimited capacity has no power to limit. Maybe leave out"
                    + " --scheduler unlimited");
        }
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

    public ServingFeatures withDrafting(@Nullable Drafting other) {
        return with(draft -> draft.drafting = other);
    }

    public ServingFeatures withPowerCaps(List<PowerCap> other) {
        return with(draft -> draft.powerCaps = other);
    }

    public ServingFeatures withJobs(List<Job> other) {
        return with(draft -> draft.jobs = other);
    }

    public ServingFeatures withElectricity(Map<String, Electricity> other) {
        return with(draft -> draft.electricity = other);
    }

    /** Electricity at a site; null where the fleet tells it. */
    public @Nullable Electricity electricityAt(String site) {
        Electricity here = electricity.get(site);
        return here == null ? electricity.get("*") : here;
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

        @Nullable Drafting drafting;

        List<PowerCap> powerCaps;
        List<Job> jobs;
        Map<String, Electricity> electricity;

        Draft(ServingFeatures from) {
            scheduler = from.scheduler;
            classes = from.classes;
            hedging = from.hedging;
            autoscaling = from.autoscaling;
            disaggregation = from.disaggregation;
            offloading = from.offloading;
            drafting = from.drafting;
            powerCaps = from.powerCaps;
            jobs = from.jobs;
            electricity = from.electricity;
        }

        ServingFeatures features() {
            return new ServingFeatures(
                    scheduler,
                    classes,
                    hedging,
                    autoscaling,
                    disaggregation,
                    offloading,
                    drafting,
                    powerCaps,
                    jobs,
                    electricity);
        }
    }
}
