package io.ampacity.simulator.report;

import io.ampacity.simulator.serving.PriorityClass;
import io.ampacity.simulator.serving.PriorityClasses;
import io.ampacity.simulator.serving.ServingFeatures;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Collects what the features beyond plain batching do in one shard. For one thread. */
public final class ServingMeter {

    private final ClassMeter[] classes;
    private HedgingResult hedging = HedgingResult.NONE;
    private final List<ScalingResult> scaling = new ArrayList<>();
    private final List<DisaggregationResult> disaggregation = new ArrayList<>();
    private final List<OffloadResult> offloading = new ArrayList<>();

    private MoveResult moves = MoveResult.NONE;
    private final List<PowerCapResult> powerCaps = new ArrayList<>();
    private final List<JobResult> jobs = new ArrayList<>();

    public ServingMeter(ServingFeatures features) {
        List<PriorityClass> all = features.classes().classes();
        classes = features.classes().equals(PriorityClasses.ONE)
                ? new ClassMeter[0]
                : all.stream().map(ClassMeter::new).toArray(ClassMeter[]::new);
    }

    /** Whether requests are metered by class. */
    public boolean metersClasses() {
        return classes.length > 0;
    }

    public ClassMeter ofClass(int number) {
        return classes[number];
    }

    public void hedged(HedgingResult more) {
        hedging = hedging.plus(more);
    }

    public void scaled(ScalingResult one) {
        scaling.add(one);
    }

    public void disaggregated(@Nullable DisaggregationResult one) {
        if (one != null) {
            disaggregation.add(one);
        }
    }

    public void offloaded(OffloadResult one) {
        offloading.add(one);
    }

    /** A request moves with the tokens it has. */
    public void moved(int tokens) {
        moves = moves.plus(new MoveResult(1, tokens > 0 ? 1 : 0, tokens));
    }

    public void worked(JobResult one) {
        jobs.add(one);
    }

    public void capped(PowerCapResult one) {
        powerCaps.add(one);
    }

    public void add(ServingMeter other) {
        moves = moves.plus(other.moves);
        jobs.addAll(other.jobs);
        scaling.addAll(other.scaling);
        disaggregation.addAll(other.disaggregation);
        offloading.addAll(other.offloading);
        for (int number = 0; number < classes.length; number++) {
            classes[number].add(other.classes[number]);
        }
        hedging = hedging.plus(other.hedging);
    }

    public ServingResult result() {
        return new ServingResult(
                Arrays.stream(classes).map(ClassMeter::result).toList(),
                hedging,
                scaling,
                disaggregation,
                offloading,
                moves,
                powerCaps,
                jobs);
    }
}
