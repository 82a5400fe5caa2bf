package io.ampacity.planner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.ampacity.planner.coefficients.Assumptions;
import io.ampacity.planner.verify.PlanVerifier;
import io.ampacity.scenario.Plan;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class BruteForceTest {

    private final Planner planner = new Planner();

    @Test
    void thePlanCostsWhatTryingEveryPlanFinds() {
        AtomicInteger feasible = new AtomicInteger();
        AtomicInteger infeasible = new AtomicInteger();
        Seeds.each(1, 300, random -> {
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
        if (System.getProperty("tests.seed", "").isBlank()) {
            assertThat(feasible.get()).isGreaterThan(200);
            assertThat(infeasible.get()).isGreaterThan(20);
        }
    }
}
