package io.ampacity.planner.reasons;

import io.ampacity.facts.Contract;
import io.ampacity.scenario.Future;
import io.ampacity.scenario.Plan;
import io.ampacity.scenario.Scenario;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One thing that may come otherwise, by more or less.
 *
 * @param about the supplier whose prices change; null where all are meant
 */
public record Lever(Kind kind, @Nullable String about) {

    /** What changes. */
    public enum Kind {
        /** Prices of a supplier rise by a share of what they are. */
        DEARER,
        /** Prices of a supplier fall by a share of what they are. */
        CHEAPER,
        /** Traffic and batch work grow by a share. */
        MORE_DEMAND,
        /** Traffic and batch work shrink by a share. */
        LESS_DEMAND,
        /** What is bought comes later, by months. */
        LATER
    }

    private static final double LEAST_STEP = 0.005;

    /** Those worth trying: the first supplier dearer, each other cheaper, demand, and deliveries where something can be bought. */
    static List<Lever> of(Scenario scenario, Plan plan) {
        List<Lever> levers = new ArrayList<>();
        String first = Choice.firstSupplier(scenario, plan);
        if (first != null) {
            levers.add(new Lever(Kind.DEARER, first));
        }
        for (String other : Choice.others(scenario, first)) {
            levers.add(new Lever(Kind.CHEAPER, other));
        }
        levers.add(new Lever(Kind.MORE_DEMAND, null));
        levers.add(new Lever(Kind.LESS_DEMAND, null));
        boolean buys = scenario.suppliers().stream()
                .anyMatch(supplier -> supplier.offers().stream()
                        .anyMatch(offer -> offer.offer().contract() instanceof Contract.Purchase));
        if (buys) {
            levers.add(new Lever(Kind.LATER, null));
        }
        return levers;
    }

    /** Changes to try, growing. */
    List<Double> steps() {
        return switch (kind) {
            case DEARER, MORE_DEMAND -> List.of(0.1, 0.3, 1.0);
            case CHEAPER, LESS_DEMAND -> List.of(0.1, 0.3, 0.6);
            case LATER -> List.of(3.0, 6.0, 12.0);
        };
    }

    /** Whether there is anything to try between two changes. */
    boolean divides(double low, double high) {
        return kind != Kind.LATER && high - low > LEAST_STEP;
    }

    /** How large a change is beside changes of other kinds: a year's delay is like a doubled price. */
    double size(double change) {
        return kind == Kind.LATER ? change / 12 : change;
    }

    /** The scenario after a change. */
    Scenario applied(Scenario scenario, double change) {
        Future future = Future.asStated("changed", 1);
        return switch (kind) {
            case DEARER -> part().priced(scenario, 1 + change);
            case CHEAPER -> part().priced(scenario, 1 - change);
            case MORE_DEMAND -> come(scenario, future.withDemand(1 + change));
            case LESS_DEMAND -> come(scenario, future.withDemand(1 - change));
            case LATER -> come(scenario, future.withDelay((int) Math.round(change)));
        };
    }

    private Part part() {
        return new Part(about == null ? List.of() : List.of(about));
    }

    private static Scenario come(Scenario scenario, Future future) {
        return scenario.under(future).withFutures(scenario.futures());
    }

    /** A change as it is said. */
    public String spoken(double change) {
        String percent = Math.round(change * 1000) / 10.0 + " %";
        return switch (kind) {
            case DEARER -> about + " " + percent + " dearer";
            case CHEAPER -> about + " " + percent + " cheaper";
            case MORE_DEMAND -> percent + " more demand";
            case LESS_DEMAND -> percent + " less demand";
            case LATER -> "deliveries " + Math.round(change) + " months later";
        };
    }
}
