package io.ampacity.planner.strategy;

import io.ampacity.planner.Planner;
import io.ampacity.planner.PlannerOptions;
import io.ampacity.planner.coefficients.Coefficients;
import io.ampacity.scenario.Plan;
import io.ampacity.scenario.Policy;
import io.ampacity.scenario.Scenario;
import java.util.List;
import java.util.Optional;

/** A way of planning that people use today. */
public interface Strategy {

    /** A short name. */
    String id();

    /** What it does, in a few words. */
    String description();

    /** The plan it makes for its question; empty when it finds none. */
    Optional<Plan> plan(Planner planner, Scenario question, Coefficients coefficients, PlannerOptions options);

    /** Those there are. */
    static List<Strategy> all() {
        return List.of(new OneCloud(), new CheapestFirst(), new OneChoice(), new StaticMix());
    }

    /** The question it answers: the scenario without rules on losses, shares, budgets and carbon; carbon keeps its price. */
    default Scenario question(Scenario scenario) {
        Policy policy = scenario.policy();
        return scenario.withPolicy(
                Policy.NONE.withCarbon(policy.carbon().within(null, null)).withDataClasses(policy.dataClasses()));
    }
}
