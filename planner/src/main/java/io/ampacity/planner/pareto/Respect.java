package io.ampacity.planner.pareto;

import io.ampacity.scenario.Policy;
import io.ampacity.scenario.Policy.LossOf;
import io.ampacity.scenario.Policy.Survival;
import io.ampacity.scenario.Scenario;
import io.ampacity.units.Carbon;
import java.util.ArrayList;
import java.util.List;

/** In what respect a plan can be better than the cheapest. */
public enum Respect {
    /** Less greenhouse gas. */
    CARBON,
    /** Less of the money for the largest supplier. */
    CONCENTRATION,
    /** More of the peak carried after the loss of the supplier whose loss is worst. */
    RESILIENCE;

    /** Room for rounding between a figure of a plan and a limit made of it. */
    private static final double DUST = 1e-9;

    /** How bad plans of such measures are: kg, a share, or the part of the peak that is not kept. Less is better. */
    public double badness(Measures measures) {
        return switch (this) {
            case CARBON -> measures.carbonKilograms();
            case CONCENTRATION -> measures.largestShare();
            case RESILIENCE -> 1 - measures.serviceKept();
        };
    }

    /** The scenario whose plans are at most so bad; its own limits stay. */
    Scenario limited(Scenario scenario, double badness) {
        Policy policy = scenario.policy();
        return scenario.withPolicy(
                switch (this) {
                    case CARBON -> {
                        double grams = 1000 * badness * (1 + DUST) + DUST;
                        Carbon total = policy.carbon().total();
                        yield policy.withCarbon(policy.carbon()
                                .within(
                                        policy.carbon().perPeriod(),
                                        total != null && total.grams() < grams ? total : new Carbon(grams)));
                    }
                    case CONCENTRATION -> {
                        Double cap = policy.shares().supplierSpending();
                        double share = Math.min(1, badness + DUST);
                        yield policy.withShares(
                                policy.shares().withSupplierSpending(cap == null ? share : Math.min(cap, share)));
                    }
                    case RESILIENCE -> {
                        double service = Math.min(1, 1 - badness - DUST);
                        List<Survival> all = new ArrayList<>(policy.survivals());
                        if (service > 0) {
                            all.add(new Survival(LossOf.SUPPLIER, service));
                        }
                        yield policy.withSurvivals(all);
                    }
                });
    }
}
