package io.ampacity.simulator.serving;

import java.util.Arrays;
import java.util.List;

/** Collects what the features beyond plain batching do in one shard. For one thread. */
public final class ServingMeter {

    private final ClassMeter[] classes;
    private HedgingResult hedging = HedgingResult.NONE;

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

    public void add(ServingMeter other) {
        for (int number = 0; number < classes.length; number++) {
            classes[number].add(other.classes[number]);
        }
        hedging = hedging.plus(other.hedging);
    }

    public ServingResult result() {
        return new ServingResult(Arrays.stream(classes).map(ClassMeter::result).toList(), hedging);
    }
}
