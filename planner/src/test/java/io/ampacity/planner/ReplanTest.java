package io.ampacity.planner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ampacity.facts.Deployment;
import io.ampacity.planner.coefficients.Assumptions;
import io.ampacity.planner.coefficients.PlannerException;
import io.ampacity.planner.replan.Change;
import io.ampacity.planner.replan.NearPlan;
import io.ampacity.planner.replan.Pinned;
import io.ampacity.planner.verify.PlanVerifier;
import io.ampacity.scenario.Plan;
import io.ampacity.scenario.Scenario;
import io.ampacity.scenario.Workload;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReplanTest {

    private final Planner planner = new Planner();
    private final HandMade numbers = Examples.companyNumbers();
    private final Scenario scenario = Examples.company(1).build();

    private Plan again(Plan before, Scenario changed, int until, boolean near) {
        Plan plan = planner.plan(
                        changed,
                        "",
                        numbers,
                        PlannerOptions.exact(),
                        new Pinned(before, until, near ? Pinned.Reach.NEAR : Pinned.Reach.ANYWHERE))
                .orElseThrow();
        assertThat(new PlanVerifier(changed, numbers, Assumptions.usual()).verify(plan))
                .isEmpty();
        return plan;
    }

    private static Map<String, Integer> orders(Plan plan, int period) {
        Map<String, Integer> orders = new TreeMap<>();
        for (Plan.Capacity line : plan.capacity()) {
            boolean binds =
                    line.contract().startsWith("reserved") || line.contract().startsWith("purchase");
            if (line.period() == period && binds && line.added() > 0) {
                orders.put(line.supplier() + "/" + line.chip() + "/" + line.contract(), line.added());
            }
        }
        return orders;
    }

    @Test
    void withoutAChangeThePlanStaysAsGood() {
        Plan before = planner.plan(scenario, numbers, PlannerOptions.exact());
        for (boolean near : List.of(true, false)) {
            assertThat(again(before, scenario, 1, near).objectiveUsd())
                    .isCloseTo(before.objectiveUsd(), Offset.offset(0.01 + 1e-6 * before.objectiveUsd()));
        }
    }

    @Test
    void whatIsOrderedStaysWhenDemandFalls() {
        Plan before = planner.plan(scenario, numbers, PlannerOptions.exact());
        assertThat(orders(before, 0)).isNotEmpty();
        Scenario changed = Change.parse("demand*0.8").applyTo(scenario);
        Plan free = planner.plan(changed, numbers, PlannerOptions.exact());
        Plan kept = again(before, changed, 1, false);
        assertThat(orders(kept, 0)).isEqualTo(orders(before, 0));
        assertThat(kept.objectiveUsd()).isGreaterThanOrEqualTo(free.objectiveUsd() - 0.01);
    }

    @Test
    void aPlanNearTheOldOneIsNeverBetterThanItsBound() {
        Plan before = planner.plan(scenario, numbers, PlannerOptions.exact());
        Scenario changed = Change.parse("demand.chat*1.1").applyTo(scenario);
        Plan near = again(before, changed, 0, true);
        Plan best = planner.plan(changed, numbers, PlannerOptions.exact());
        assertThat(near.boundUsd()).isLessThanOrEqualTo(best.objectiveUsd() + 0.01);
        assertThat(near.objectiveUsd()).isGreaterThanOrEqualTo(best.objectiveUsd() - 0.01);
    }

    @Test
    void changesSayWhatTheySay() {
        Scenario more = Change.parse("demand.chat*1.5").applyTo(scenario);
        assertThat(rate(more, "chat")).isEqualTo(1.5 * rate(scenario, "chat"));
        assertThat(rate(more, "search")).isEqualTo(rate(scenario, "search"));
        assertThat(Change.parse("supplier.borealis=lost").applyTo(scenario).suppliers().stream()
                        .filter(supplier -> supplier.id().equals("borealis"))
                        .findFirst()
                        .orElseThrow()
                        .offers())
                .isEmpty();
        assertThat(Change.parse("site.home-fr=lost").applyTo(scenario).fleet()).isEmpty();
        assertThat(Change.parse("quota.borealis*0.5").applyTo(scenario).suppliers().stream()
                        .filter(supplier -> supplier.id().equals("borealis"))
                        .findFirst()
                        .orElseThrow()
                        .quotas()
                        .getFirst()
                        .chips())
                .isEqualTo(8);
        double cost = planner.plan(scenario, numbers, PlannerOptions.exact()).objectiveUsd();
        double cheaper = planner.plan(Change.parse("price*0.9").applyTo(scenario), numbers, PlannerOptions.exact())
                .objectiveUsd();
        assertThat(cheaper).isLessThan(cost).isGreaterThan(0.9 * cost);
    }

    private static double rate(Scenario scenario, String workload) {
        return scenario.workloads().stream()
                .filter(each -> each.id().equals(workload))
                .map(each -> ((Workload.Serving) each).traffic().rate().requestsPerSecond())
                .findFirst()
                .orElseThrow();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "demand",
                "demand*",
                "demand*x",
                "demand*-1",
                "demand*1e999",
                "demand=lost",
                "supplier=lost",
                "supplier.aurora*2",
                "weather*2",
                "demand.chat*1.2 and more"
            })
    void whatIsNoChangeIsRefusedWithTheGrammar(String text) {
        assertThatThrownBy(() -> Change.parse(text))
                .isInstanceOf(PlannerException.class)
                .hasMessageContaining("\"" + text + "\"")
                .hasMessageContaining("Maybe write it like demand*1.2");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"demand.chta*2", "supplier.nobody=lost", "site.nowhere=lost", "power.moon*2", "quota.who*2"})
    void aChangeOfSomethingUnknownIsRefusedWithWhatThereIs(String text) {
        assertThatThrownBy(() -> Change.parse(text).applyTo(scenario))
                .isInstanceOf(PlannerException.class)
                .hasMessageContaining("Maybe one of");
    }

    @Test
    void marginsAskForMoreCapacityAndThePlanStillStands() {
        Plan before = planner.plan(scenario, numbers, PlannerOptions.exact());
        Plan wide = planner.plan(scenario, "", numbers, PlannerOptions.exact(), new Margins(Map.of("search", 0.2)))
                .orElseThrow();
        assertThat(new PlanVerifier(scenario, numbers, Assumptions.usual()).verify(wide))
                .isEmpty();
        assertThat(wide.objectiveUsd()).isGreaterThan(before.objectiveUsd());
        for (Plan.Placement placement : wide.placement()) {
            if (placement.workload().equals("search")) {
                assertThat(placement.capacityRequestsPerSecond())
                        .isGreaterThanOrEqualTo(1.2 * placement.peakRequestsPerSecond() * (1 - 1e-6));
            }
        }
    }

    private Planner.Near near(Plan before, Scenario changed, double usdPerChip) {
        Planner.Near near = planner.planNear(
                        new NearPlan(before, 1, usdPerChip), changed, "", numbers, PlannerOptions.usual())
                .orElseThrow();
        assertThat(new PlanVerifier(changed, numbers, Assumptions.usual()).verify(near.plan()))
                .isEmpty();
        return near;
    }

    private static Map<String, Double> amounts(Plan plan, ToDoubleFunction<Plan.Placement> amount) {
        Map<String, Double> amounts = new TreeMap<>();
        for (Plan.Placement placement : plan.placement()) {
            Deployment deployment = placement.deployment();
            if (deployment != null && placement.share() > 0) {
                String where = String.join("|", placement.workload(), placement.site(), placement.supplier())
                        + placement.chip()
                        + deployment.id()
                        + placement.period();
                amounts.merge(where, amount.applyAsDouble(placement), Double::sum);
            }
        }
        return amounts;
    }

    /** Σ over pools of how much a workload's weight there differs, and the same for chips that serve. */
    private static double moved(Plan one, Plan other, ToDoubleFunction<Plan.Placement> amount) {
        Map<String, Double> difference = amounts(one, amount);
        amounts(other, amount).forEach((where, much) -> difference.merge(where, -much, Double::sum));
        return difference.values().stream().mapToDouble(Math::abs).sum();
    }

    @Test
    void withoutAChangeNeitherCostNorWeightsMove() {
        Plan before = planner.plan(scenario, numbers, PlannerOptions.exact());
        Plan after = near(before, scenario, 0).plan();
        assertThat(after.objectiveUsd())
                .isLessThanOrEqualTo(before.objectiveUsd() * (1 + 1.1e-4))
                .isGreaterThanOrEqualTo(before.objectiveUsd() - 0.01);
        if (moved(before, after, Plan.Placement::replicas) == 0) {
            assertThat(moved(before, after, Plan.Placement::share)).isLessThan(1e-3);
        }
    }

    @Test
    void aPlanNearAnotherStatesABoundThatHolds() {
        Plan before = planner.plan(scenario, numbers, PlannerOptions.exact());
        for (String change : List.of("demand*0.9", "demand.search*1.2", "price.borealis*1.3", "quota.borealis*0.5")) {
            Scenario changed = Change.parse(change).applyTo(scenario);
            Planner.Near near = near(before, changed, 0);
            assertThat(near.solveSeconds()).isPositive();
            Plan best = planner.plan(
                            changed, "", numbers, PlannerOptions.exact(), new Pinned(before, 1, Pinned.Reach.ANYWHERE))
                    .orElseThrow();
            assertThat(near.plan().boundUsd()).isLessThanOrEqualTo(best.objectiveUsd() + 0.01);
            assertThat(near.plan().objectiveUsd()).isGreaterThanOrEqualTo(best.objectiveUsd() - 0.01);
            assertThat(orders(near.plan(), 0)).isEqualTo(orders(before, 0));
        }
    }

    @Test
    void weightsSwingNoMoreThanInAPlanThatDoesNotCareForThem() {
        Plan before = planner.plan(scenario, numbers, PlannerOptions.exact());
        for (String change : List.of("demand*0.9", "demand.search*1.1")) {
            Scenario changed = Change.parse(change).applyTo(scenario);
            Plan near = near(before, changed, 0).plan();
            Plan free = again(before, changed, 1, true);
            if (moved(near, free, Plan.Placement::replicas) == 0) {
                assertThat(moved(before, near, Plan.Placement::share))
                        .isLessThanOrEqualTo(moved(before, free, Plan.Placement::share) + 1e-6);
            }
        }
    }

    @Test
    void theDearerAChangeTheLessIsMoved() {
        Plan before = planner.plan(scenario, numbers, PlannerOptions.exact());
        Scenario changed = Change.parse("demand.search*0.5").applyTo(scenario);
        Plan free = near(before, changed, 0).plan();
        Plan dear = near(before, changed, 1e6).plan();
        assertThat(moved(before, free, Plan.Placement::chips)).isPositive();
        assertThat(moved(before, dear, Plan.Placement::chips)).isLessThan(moved(before, free, Plan.Placement::chips));
        assertThat(dear.objectiveUsd()).isGreaterThan(free.objectiveUsd());
    }

    @Test
    void marginsFindRoomWhereOnePoolServesEverything() {
        Scenario alone = new ScenarioBuilder()
                .horizon(1, 3, 0)
                .supplier("cloud", false)
                .site("cloud-fr", "cloud", "FR", 10, null, 50.0, null)
                .rent("cloud", "cloud-fr", "h100", Examples.ON_DEMAND, 4, 1)
                .serving("chat", 10, 1, 0)
                .build();
        HandMade table = new HandMade().serves("chat", "h100", 1, 1, 300, 50);
        Plan plan = planner.plan(alone, table, PlannerOptions.exact());
        Plan wide = planner.plan(alone, "", table, PlannerOptions.exact(), new Margins(Map.of("chat", 0.25)))
                .orElseThrow();
        assertThat(plan.placement().getFirst().replicas()).isEqualTo(10);
        assertThat(wide.placement().getFirst().replicas()).isEqualTo(13);
    }
}
