package io.ampacity.simulator.serving;

import io.ampacity.physics.Drafting;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What all pools of a fleet do beyond plain continuous batching; null leaves a thing out.
 *
 * @param scheduler in which order replicas take waiting requests
 * @param classes urgency and patience of requests
 * @param hedging second tries
 * @param autoscaling how many replicas pools have; those that compute prompts where prompts and answers are apart
 * @param answersAutoscaling how many of those that compute answers pools then have
 * @param disaggregation prompts and answers on replicas of their own
 * @param offloading places behind the KV cache, the nearest first
 * @param drafting speculative decoding, which the step models of the fleet tell the times of
 * @param powerCaps limits on power
 * @param jobs what takes the replicas that traffic can do without
 * @param lending when pools of a fixed size lend replicas to them
 * @param electricity by site, {@code *} for all others
 */
public record ServingFeatures(
        Scheduler scheduler,
        PriorityClasses classes,
        @Nullable Hedging hedging,
        @Nullable Autoscaling autoscaling,
        @Nullable Autoscaling answersAutoscaling,
        @Nullable Disaggregation disaggregation,
        List<OffloadTier> offloading,
        @Nullable Drafting drafting,
        List<PowerCap> powerCaps,
        List<Job> jobs,
        Lending lending,
        Map<String, Electricity> electricity) {

    /** First come, first served, and nothing else. */
    public static final ServingFeatures PLAIN = new ServingFeatures(
            Scheduler.FCFS,
            PriorityClasses.ONE,
            null,
            null,
            null,
            null,
            List.of(),
            null,
            List.of(),
            List.of(),
            Lending.USUAL,
            Map.of());

    public ServingFeatures {
        offloading = List.copyOf(offloading);
        powerCaps = List.copyOf(powerCaps);
        jobs = List.copyOf(jobs);
        electricity = Map.copyOf(electricity);
        if (!jobs.isEmpty() && scheduler == Scheduler.UNLIMITED) {
            throw new IllegalArgumentException("--job: unlimited capacity has a replica for every request and none to"
                    + " lend. Maybe leave out --scheduler unlimited");
        }
        if (scheduler == Scheduler.UNLIMITED && !powerCaps.isEmpty()) {
            throw new IllegalArgumentException("--power-cap: unlimited capacity has no power to limit. Maybe leave out"
                    + " --scheduler unlimited");
        }
        if (scheduler == Scheduler.UNLIMITED && autoscaling != null) {
            throw new IllegalArgumentException(
                    "--scale: unlimited capacity has nothing to scale. Maybe leave out" + " --scheduler unlimited");
        }
        if (disaggregation != null && scheduler == Scheduler.UNLIMITED) {
            throw new IllegalArgumentException("--disaggregate: unlimited capacity has a replica for every request,"
                    + " and none is shared out to halves. Maybe leave out --scheduler unlimited");
        }
        if (answersAutoscaling != null && disaggregation == null) {
            throw new IllegalArgumentException("--scale: answers are computed where prompts are, so theirs cannot be"
                    + " scaled apart. Maybe add --disaggregate");
        }
        if (answersAutoscaling != null && answersAutoscaling.minimum() < 1) {
            throw new IllegalArgumentException("--scale: with no replica that computes answers, KV caches of prompts"
                    + " have nowhere to go. Maybe min=1, with of=answers when prompts may go to 0");
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

    public ServingFeatures withAnswersAutoscaling(@Nullable Autoscaling other) {
        return with(draft -> draft.answersAutoscaling = other);
    }

    /**
     * The same with replicas scaled as was asked for. What speaks of no half is of both where prompts and answers are apart.
     *
     * @throws IllegalArgumentException when two ask for the same, or one for a half that there is not
     */
    public ServingFeatures withAutoscaling(List<Autoscaling.Asked> asked) {
        Autoscaling prompts = null;
        Autoscaling answers = null;
        for (Autoscaling.Asked one : asked) {
            boolean ofPrompts = one.half() != Autoscaling.Half.ANSWERS;
            boolean ofAnswers =
                    one.half() == Autoscaling.Half.ANSWERS || (one.half() == null && disaggregation != null);
            if (one.half() != null && disaggregation == null) {
                throw new IllegalArgumentException(
                        "--scale: of=" + one.half().name().toLowerCase(Locale.ROOT)
                                + " speaks of a half, and pools are whole. Maybe add --disaggregate");
            }
            if ((ofPrompts && prompts != null) || (ofAnswers && answers != null)) {
                throw new IllegalArgumentException("--scale: two speak of the same replicas. Maybe of=prompts for the"
                        + " one and of=answers for the other, with --disaggregate");
            }
            prompts = ofPrompts ? one.scaling() : prompts;
            answers = ofAnswers ? one.scaling() : answers;
        }
        Autoscaling forPrompts = prompts;
        Autoscaling forAnswers = answers;
        return with(draft -> {
            draft.autoscaling = forPrompts;
            draft.answersAutoscaling = forAnswers;
        });
    }

    public ServingFeatures withLending(Lending other) {
        return with(draft -> draft.lending = other);
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

        @Nullable Autoscaling answersAutoscaling;

        @Nullable Disaggregation disaggregation;

        List<OffloadTier> offloading;

        @Nullable Drafting drafting;

        List<PowerCap> powerCaps;
        List<Job> jobs;
        Lending lending;
        Map<String, Electricity> electricity;

        Draft(ServingFeatures from) {
            scheduler = from.scheduler;
            classes = from.classes;
            hedging = from.hedging;
            autoscaling = from.autoscaling;
            answersAutoscaling = from.answersAutoscaling;
            disaggregation = from.disaggregation;
            offloading = from.offloading;
            drafting = from.drafting;
            powerCaps = from.powerCaps;
            jobs = from.jobs;
            lending = from.lending;
            electricity = from.electricity;
        }

        ServingFeatures features() {
            return new ServingFeatures(
                    scheduler,
                    classes,
                    hedging,
                    autoscaling,
                    answersAutoscaling,
                    disaggregation,
                    offloading,
                    drafting,
                    powerCaps,
                    jobs,
                    lending,
                    electricity);
        }
    }
}
