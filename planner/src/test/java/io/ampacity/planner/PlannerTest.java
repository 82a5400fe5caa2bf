package io.ampacity.planner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.ampacity.planner.coefficients.Assumptions;
import io.ampacity.planner.verify.PlanVerifier;
import io.ampacity.scenario.Plan;
import io.ampacity.scenario.Scenario;
import java.util.Random;
import org.junit.jupiter.api.Test;

class PlannerTest {

    private final Planner planner = new Planner();

    @Test
    void anEnterpriseIsPlannedAndItsPlanStands() {
        Scenario scenario = Examples.enterprise().build();
        HandMade numbers = Examples.enterpriseNumbers();
        Plan plan = planner.plan(scenario, numbers, PlannerOptions.usual());

        assertThat(plan.status()).isEqualTo(Plan.Status.OPTIMAL);
        assertThat(plan.gap()).isLessThanOrEqualTo(0.001 + 1e-9);
        assertThat(new PlanVerifier(scenario, numbers, Assumptions.usual()).verify(plan)).isEmpty();
    }

    @Test
    void theOrderOfEntriesNeverChangesThePlan() {
        Scenario scenario = Examples.enterprise().build();
        HandMade numbers = Examples.enterpriseNumbers();
        Plan plan = planner.plan(scenario, numbers, PlannerOptions.usual());
        Scenario other = ScenarioBuilder.shuffled(scenario, new Random(7));
        assertThat(planner.plan(other, numbers, PlannerOptions.usual())).isEqualTo(plan);
    }

    @Test
    void twiceThePricesCostTwice() {
        HandMade numbers = Examples.enterpriseNumbers();
        Plan once = planner.plan(Examples.enterprise(1).build(), numbers, PlannerOptions.usual());
        Plan twice = planner.plan(Examples.enterprise(2).build(), numbers, PlannerOptions.usual());
        assertThat(twice.objectiveUsd()).isCloseTo(2 * once.objectiveUsd(), within(0.002 * twice.objectiveUsd()));
    }
}
