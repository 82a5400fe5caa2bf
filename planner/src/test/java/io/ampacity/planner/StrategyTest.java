package io.ampacity.planner;

import static org.assertj.core.api.Assertions.assertThat;

import io.ampacity.planner.coefficients.Assumptions;
import io.ampacity.planner.strategy.Comparison;
import io.ampacity.planner.strategy.Strategy;
import io.ampacity.planner.verify.PlanVerifier;
import io.ampacity.scenario.Plan;
import io.ampacity.scenario.Scenario;
import io.ampacity.testing.Seeds;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class StrategyTest {

    private final Planner planner = new Planner();

    @Test
    void everyStrategyKeepsTheRulesItKnowsAndIsNeverCheaperThanTheBestPlanUnderThem() {
        AtomicInteger found = new AtomicInteger();
        Seeds.each(80_000, 16, random -> {
            TinyScenarios tiny = TinyScenarios.random(random);
            for (Strategy strategy : Strategy.all()) {
                Scenario question = strategy.question(tiny.scenario());
                Optional<Plan> theirs = strategy.plan(planner, question, tiny.numbers(), PlannerOptions.exact());
                if (theirs.isEmpty()) {
                    continue;
                }
                found.incrementAndGet();
                assertThat(new PlanVerifier(question, tiny.numbers(), Assumptions.usual()).verify(theirs.get()))
                        .as(strategy.id())
                        .isEmpty();
                Plan ours = planner.plan(question, tiny.numbers(), PlannerOptions.exact());
                double cost = theirs.get().objectiveUsd();
                assertThat(ours.objectiveUsd()).as(strategy.id()).isLessThanOrEqualTo(cost * (1 + 1e-6) + 0.01);
            }
        });
        if (!Seeds.given()) {
            assertThat(found.get()).isGreaterThan(20);
        }
    }

    private Plan made(String id, Scenario scenario) {
        Strategy strategy = Strategy.all().stream()
                .filter(each -> each.id().equals(id))
                .findFirst()
                .orElseThrow();
        return strategy.plan(planner, strategy.question(scenario), Examples.companyNumbers(), PlannerOptions.exact())
                .orElseThrow();
    }

    @Test
    void oneCloudTakesChipsOfOneSupplierOnly() {
        Plan plan = made("one-cloud", Examples.company(1).build());
        assertThat(plan.capacity().stream()
                        .filter(line -> !line.contract().equals("owned"))
                        .map(Plan.Capacity::supplier)
                        .collect(Collectors.toSet()))
                .hasSize(1);
    }

    @Test
    void oneChoicePutsEachWorkloadInOnePlaceForGood() {
        Plan plan = made("one-choice", Examples.company(1).build());
        assertThat(plan.placement().stream()
                        .filter(placement -> placement.workload().equals("chat"))
                        .map(placement -> placement.site() + placement.chip() + placement.deployment())
                        .collect(Collectors.toSet()))
                .hasSize(1);
    }

    @Test
    void aStaticMixHasAsManyReplicasInEveryPeriod() {
        Plan plan = made("static-mix", Examples.company(1).build());
        assertThat(replicas(plan, 0)).isEqualTo(replicas(plan, 1)).isPositive();
    }

    private static int replicas(Plan plan, int period) {
        return plan.placement().stream()
                .filter(placement -> placement.period() == period && placement.peakRequestsPerSecond() >= 0)
                .filter(placement -> placement.workload().equals("chat")
                        || placement.workload().equals("search"))
                .mapToInt(Plan.Placement::replicas)
                .sum();
    }

    @Test
    void aComparisonNamesTheRulesThatOthersBreakAndHoldsOursToTheSame() {
        Scenario scenario = Examples.company(1).build();
        Plan plan = planner.plan(scenario, Examples.companyNumbers(), PlannerOptions.exact());
        Comparison comparison =
                Comparison.of(planner, scenario, plan, Examples.companyNumbers(), PlannerOptions.exact());
        assertThat(comparison.clairvoyantUsd()).isLessThanOrEqualTo(plan.objectiveUsd());
        assertThat(comparison.lines())
                .hasSize(4)
                .anySatisfy(line -> assertThat(line.broken()).contains("policy.survive.supplier"));
        assertThat(comparison.lines())
                .filteredOn(line -> line.plan() != null)
                .allSatisfy(line -> assertThat(line.saving()).isBetween(-1e-9, 1.0));
    }
}
