package io.ampacity.planner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.ampacity.planner.coefficients.Assumptions;
import io.ampacity.planner.verify.PlanVerifier;
import io.ampacity.scenario.Plan;
import io.ampacity.testing.Seeds;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class BruteForceTest {

    private final Planner planner = new Planner();

    @Test
    void thePlanCostsWhatTryingEveryPlanFinds() {
        compare(1, 220);
    }

    @Test
    @Tag("nightly")
    void thePlanCostsWhatTryingEveryPlanFindsManyTimes() {
        compare(10_000, 800);
    }

    private void compare(long first, int cases) {
        AtomicInteger feasible = new AtomicInteger();
        AtomicInteger infeasible = new AtomicInteger();
        Seeds.each(first, cases, random -> {
            TinyScenarios tiny = TinyScenarios.random(random);
            Plan plan = planner.plan(tiny.scenario(), tiny.numbers(), PlannerOptions.exact());
            double cutoff = plan.status() == Plan.Status.INFEASIBLE
                    ? Double.POSITIVE_INFINITY
                    : plan.objectiveUsd() + 0.01 + 1e-6 * plan.objectiveUsd();
            double cheapest =
                    new BruteForce(tiny.scenario(), tiny.numbers(), TinyScenarios.MOST_BLOCKS).cheapest(cutoff);
            boolean fewBlocks = plan.capacity().stream()
                    .allMatch(line -> line.contract().equals("owned") || line.count() <= TinyScenarios.MOST_BLOCKS);
            if (plan.status() == Plan.Status.INFEASIBLE) {
                assertThat(cheapest).isInfinite();
                assertThat(plan.relaxations()).isNotEmpty();
                infeasible.incrementAndGet();
                return;
            }
            assertThat(new PlanVerifier(tiny.scenario(), tiny.numbers(), Assumptions.usual()).verify(plan))
                    .isEmpty();
            if (fewBlocks) {
                assertThat(plan.objectiveUsd()).isCloseTo(cheapest, within(0.01 + 1e-6 * cheapest));
                feasible.incrementAndGet();
            } else if (Double.isFinite(cheapest)) {
                assertThat(plan.objectiveUsd()).isLessThanOrEqualTo(cheapest + 0.01);
            }
        });
        if (!Seeds.given()) {
            assertThat(feasible.get()).isGreaterThan(cases / 3);
            assertThat(infeasible.get()).isGreaterThan(cases / 20);
        }
    }
}
