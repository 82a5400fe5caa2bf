package io.ampacity.planner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.ampacity.planner.coefficients.Assumptions;
import io.ampacity.planner.verify.PlanVerifier;
import io.ampacity.scenario.Future;
import io.ampacity.scenario.Futures;
import io.ampacity.scenario.Plan;
import io.ampacity.scenario.Scenario;
import io.ampacity.testing.Seeds;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class FuturesTest {

    private final Planner planner = new Planner();

    private static Futures random(Random random) {
        double first = 0.2 + random.nextInt(7) / 10.0;
        Future boom = Future.asStated("boom", first)
                .withDemand(0.5 + random.nextInt(20) / 10.0)
                .withPrice(0.5 + random.nextInt(15) / 10.0);
        Future other = Future.asStated("other", 1 - first)
                .withWorkloads(Map.of("w", 0.4 + random.nextInt(12) / 10.0))
                .withDelay(random.nextInt(3) * 3);
        return random.nextInt(3) == 0
                ? new Futures(List.of(other, boom), 0.1 + random.nextInt(9) / 10.0, random.nextInt(5) / 4.0)
                : Futures.of(List.of(boom, other));
    }

    @Test
    void thePlanForSeveralFuturesCostsWhatTryingEveryPlanFinds() {
        compare(50_000, 60);
    }

    @Test
    @Tag("nightly")
    void thePlanForSeveralFuturesCostsWhatTryingEveryPlanFindsManyTimes() {
        compare(60_000, 300);
    }

    private void compare(long firstSeed, int cases) {
        AtomicInteger feasible = new AtomicInteger();
        Seeds.each(firstSeed, cases, random -> {
            TinyScenarios tiny = TinyScenarios.random(random);
            Scenario scenario = tiny.scenario().withFutures(random(random));
            double cheapest = new BruteForceOfFutures(scenario, tiny.numbers(), TinyScenarios.MOST_BLOCKS).cheapest();
            Plan plan = planner.plan(scenario, tiny.numbers(), PlannerOptions.exact());
            if (plan.status() == Plan.Status.INFEASIBLE) {
                assertThat(cheapest).isInfinite();
                return;
            }
            assertThat(new PlanVerifier(scenario, tiny.numbers(), Assumptions.usual()).verify(plan))
                    .isEmpty();
            boolean fewBlocks = plan.futures().stream()
                    .flatMap(future -> future.capacity().stream())
                    .allMatch(line -> line.contract().equals("owned") || line.count() <= TinyScenarios.MOST_BLOCKS);
            if (fewBlocks) {
                assertThat(plan.objectiveUsd()).isCloseTo(cheapest, within(0.02 + 1e-6 * cheapest));
                feasible.incrementAndGet();
            } else if (Double.isFinite(cheapest)) {
                assertThat(plan.objectiveUsd()).isLessThanOrEqualTo(cheapest + 0.02 + 1e-6 * cheapest);
            }
        });
        if (!Seeds.given()) {
            assertThat(feasible.get()).isGreaterThan(cases / 4);
        }
    }
}
