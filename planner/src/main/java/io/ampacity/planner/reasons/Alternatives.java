package io.ampacity.planner.reasons;

import io.ampacity.planner.Planner;
import io.ampacity.planner.PlannerOptions;
import io.ampacity.planner.Restriction;
import io.ampacity.planner.coefficients.Coefficients;
import io.ampacity.scenario.Plan;
import io.ampacity.scenario.Plan.Capacity;
import io.ampacity.scenario.Scenario;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.TreeSet;

/**
 * Plans that are built otherwise and cost little more: for each supplier, chip and contract that the plan uses, the best plan that
 * does without it.
 */
public final class Alternatives {

    private Alternatives() {}

    /**
     * One of them.
     *
     * @param without what it does without
     * @param moreUsd what it costs more than the plan; infinite when there is no such plan
     * @param share the same as a share of the plan's cost
     */
    public record Alternative(Part without, double moreUsd, double share) {}

    /** Every way of doing without one thing, the cheapest first. */
    public static List<Alternative> of(
            Planner planner, Scenario scenario, Plan plan, Coefficients coefficients, PlannerOptions options) {
        TreeSet<String> names = new TreeSet<>();
        for (Capacity line : plan.capacity()) {
            if (!line.contract().equals("owned") && line.count() > 0) {
                names.addAll(List.of(line.supplier(), line.chip(), line.contract()));
            }
        }
        List<Alternative> alternatives = new ArrayList<>();
        for (String name : names) {
            Part part = new Part(List.of(name));
            double more = planner.plan(part.removedFrom(scenario), "", coefficients, options, Restriction.NONE)
                    .map(other -> other.objectiveUsd() - plan.objectiveUsd())
                    .orElse(Double.POSITIVE_INFINITY);
            alternatives.add(new Alternative(part, more, more / plan.objectiveUsd()));
        }
        alternatives.sort(Comparator.comparingDouble(Alternative::moreUsd)
                .thenComparing(alternative -> alternative.without().toString()));
        return alternatives;
    }
}
