package io.ampacity.planner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.ampacity.planner.coefficients.Assumptions;
import io.ampacity.planner.pareto.Front;
import io.ampacity.planner.pareto.Measures;
import io.ampacity.planner.pareto.Respect;
import io.ampacity.planner.verify.PlanVerifier;
import io.ampacity.scenario.Plan;
import io.ampacity.scenario.Policy;
import io.ampacity.scenario.Policy.LossOf;
import io.ampacity.scenario.Scenario;
import io.ampacity.testing.Seeds;
import io.ampacity.units.Carbon;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class FrontTest {

    private final Planner planner = new Planner();

    private Front front(Respect respect, Scenario scenario, HandMade numbers) {
        Plan plan = planner.plan(scenario, numbers, PlannerOptions.exact());
        return Front.of(respect, 4, planner, scenario, plan, numbers, PlannerOptions.exact(), (point, count) -> {});
    }

    /** The scenario with one more limit, made here by other means than the front's. */
    private static Scenario limited(Scenario scenario, Respect respect, double badness) {
        Policy policy = scenario.policy();
        return scenario.withPolicy(
                switch (respect) {
                    case CARBON ->
                        policy.withCarbon(
                                policy.carbon().within(policy.carbon().perPeriod(), new Carbon(1000 * badness)));
                    case CONCENTRATION -> policy.withShares(policy.shares().withSupplierSpending(badness));
                    case RESILIENCE -> {
                        List<Policy.Survival> all = new ArrayList<>(policy.survivals());
                        all.add(new Policy.Survival(LossOf.SUPPLIER, 1 - badness));
                        yield policy.withSurvivals(all);
                    }
                });
    }

    private void holds(Front front, Scenario scenario, HandMade numbers) {
        Respect respect = front.respect();
        double cheapest =
                planner.plan(scenario, numbers, PlannerOptions.exact()).objectiveUsd();
        assertThat(front.points().getFirst().costUsd()).isCloseTo(cheapest, within(0.02 + 1e-6 * cheapest));
        Front.Point before = null;
        for (Front.Point point : front.points()) {
            assertThat(new PlanVerifier(scenario, numbers, Assumptions.usual()).verify(point.plan()))
                    .isEmpty();
            assertThat(point.measures()).isEqualTo(Measures.of(scenario, point.plan()));
            if (before != null) {
                assertThat(point.costUsd()).isGreaterThan(before.costUsd());
                assertThat(respect.badness(point.measures())).isLessThan(respect.badness(before.measures()));
            }
            before = point;
            // Nobody is cheaper and as good: the cheapest plan under its own badness as a limit costs as much.
            double badness = respect.badness(point.measures());
            Plan asGood = planner.plan(limited(scenario, respect, badness + 1e-7), numbers, PlannerOptions.exact());
            assertThat(asGood.objectiveUsd()).isCloseTo(point.costUsd(), within(0.02 + 1e-5 * point.costUsd()));
        }
    }

    @ParameterizedTest
    @EnumSource(Respect.class)
    void noPointOfAFrontIsDominated(Respect respect) {
        Scenario scenario = Examples.company(1).build();
        Front front = front(respect, scenario, Examples.companyNumbers());
        assertThat(front.points()).hasSizeGreaterThan(1);
        holds(front, scenario, Examples.companyNumbers());
    }

    @ParameterizedTest
    @EnumSource(Respect.class)
    void nothingIsBetterThanTheLastPointAtWhateverCost(Respect respect) {
        Scenario scenario = Examples.company(1).build();
        Front front = front(respect, scenario, Examples.companyNumbers());
        double best = respect.badness(front.points().getLast().measures());
        if (best > 1e-6) {
            Scenario better = limited(scenario, respect, best * (1 - 1e-3));
            assertThat(planner.plan(better, Examples.companyNumbers(), PlannerOptions.exact())
                            .status())
                    .isEqualTo(Plan.Status.INFEASIBLE);
        }
    }

    @Test
    void frontsOfRandomScenariosRiseInCostAndFallInHarm() {
        AtomicInteger exchanged = new AtomicInteger();
        Seeds.each(107_000, 40, random -> {
            TinyScenarios tiny = TinyScenarios.random(random);
            Plan plan = planner.plan(tiny.scenario(), tiny.numbers(), PlannerOptions.exact());
            if (plan.status() == Plan.Status.INFEASIBLE) {
                return;
            }
            for (Respect respect : Respect.values()) {
                Front front = Front.of(
                        respect,
                        3,
                        planner,
                        tiny.scenario(),
                        plan,
                        tiny.numbers(),
                        PlannerOptions.exact(),
                        (point, of) -> {});
                holds(front, tiny.scenario(), tiny.numbers());
                exchanged.addAndGet(front.points().size() > 1 ? 1 : 0);
            }
        });
        if (!Seeds.given()) {
            assertThat(exchanged.get()).isGreaterThan(5);
        }
    }
}
