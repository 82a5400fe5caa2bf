package io.ampacity.planner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.ampacity.planner.strategy.Uncertainty;
import io.ampacity.scenario.Future;
import io.ampacity.scenario.Futures;
import io.ampacity.scenario.Plan;
import io.ampacity.scenario.Scenario;
import io.ampacity.testing.Seeds;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class UncertaintyTest {

    private final Planner planner = new Planner();

    /** WS ≤ RP ≤ EEV, and knowing later lies between knowing at once and never: Madansky 1960. */
    @Test
    void knowingNeverCostsMoreAndPlanningForTheMeanNeverLess() {
        AtomicInteger weighed = new AtomicInteger();
        AtomicInteger gains = new AtomicInteger();
        Seeds.each(120_000, 25, random -> {
            TinyScenarios tiny = TinyScenarios.random(random);
            Futures futures = Futures.of(List.of(
                    Future.asStated("boom", 0.4).withDemand(1.2 + random.nextInt(10) / 10.0),
                    Future.asStated("slump", 0.6).withDemand(0.3 + random.nextInt(6) / 10.0)));
            Scenario scenario = tiny.scenario().withFutures(futures);
            Plan plan = planner.plan(scenario, tiny.numbers(), PlannerOptions.exact());
            if (plan.status() == Plan.Status.INFEASIBLE) {
                return;
            }
            Uncertainty uncertainty = Uncertainty.of(planner, scenario, plan, tiny.numbers(), PlannerOptions.exact());
            double cent = 0.02 + 1e-6 * plan.objectiveUsd();
            double alone = 0;
            for (Future future : futures.ordered()) {
                alone += future.probability()
                        * planner.plan(scenario.under(future), tiny.numbers(), PlannerOptions.exact())
                                .objectiveUsd();
            }
            assertThat(uncertainty.clairvoyantUsd()).isCloseTo(alone, within(cent));
            assertThat(uncertainty.clairvoyantUsd()).isLessThanOrEqualTo(uncertainty.knowingLaterUsd() + cent);
            assertThat(uncertainty.knowingLaterUsd()).isLessThanOrEqualTo(plan.objectiveUsd() + cent);
            assertThat(uncertainty.waitingUsd()).isGreaterThanOrEqualTo(uncertainty.knowingLaterUsd() - cent);
            assertThat(uncertainty.meanOrdersUsd()).isGreaterThanOrEqualTo(plan.objectiveUsd() - cent);
            for (Uncertainty.Regret regret : uncertainty.regrets()) {
                assertThat(regret.costUsd()).isGreaterThanOrEqualTo(plan.objectiveUsd() - cent);
                assertThat(regret.most()).isGreaterThanOrEqualTo(0);
            }
            if (scenario.horizon().periods() == 1) {
                // There is nothing to learn in the last period.
                assertThat(uncertainty.learningUsd()).isLessThanOrEqualTo(cent);
            }
            weighed.incrementAndGet();
            gains.addAndGet(uncertainty.informationUsd() > cent ? 1 : 0);
        });
        if (!Seeds.given()) {
            assertThat(weighed.get()).isGreaterThan(8);
            assertThat(gains.get()).isGreaterThan(2);
        }
    }
}
