package io.ampacity.planner.strategy;

import io.ampacity.planner.Planner;
import io.ampacity.planner.PlannerOptions;
import io.ampacity.planner.Restriction;
import io.ampacity.planner.coefficients.Coefficients;
import io.ampacity.scenario.Plan;
import io.ampacity.scenario.Scenario;
import io.ampacity.scenario.Supplier;
import java.util.List;
import java.util.Optional;

/** All from one supplier beside what is owned, the cheapest that can do it. A loss of suppliers cannot be survived so. */
final class OneCloud implements Strategy {

    @Override
    public String id() {
        return "one-cloud";
    }

    @Override
    public String description() {
        return "everything from the one supplier that is cheapest so, beside own chips";
    }

    @Override
    public Optional<Plan> plan(Planner planner, Scenario question, Coefficients coefficients, PlannerOptions options) {
        Plan best = null;
        for (Supplier supplier : question.suppliers()) {
            if (supplier.own() || supplier.offers().isEmpty()) {
                continue;
            }
            Scenario one = question.withSuppliers(question.suppliers().stream()
                    .map(each -> each.own() || each.id().equals(supplier.id()) ? each : each.withOffers(List.of()))
                    .toList());
            Plan plan = planner.plan(one, "", coefficients, options, Restriction.NONE)
                    .orElse(null);
            if (plan != null && (best == null || plan.objectiveUsd() < best.objectiveUsd())) {
                best = plan;
            }
        }
        return Optional.ofNullable(best);
    }
}
