package io.ampacity.planner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.ampacity.planner.coefficients.Assumptions;
import io.ampacity.planner.coefficients.Coefficients;
import io.ampacity.planner.model.JointModel;
import io.ampacity.planner.model.Mode;
import io.ampacity.planner.solver.MixedIntegerSolution;
import io.ampacity.planner.solver.Outcome;
import io.ampacity.planner.solver.SolveOptions;
import io.ampacity.planner.solver.blocks.BlockSearch;
import io.ampacity.planner.solver.highs.HighsSolver;
import io.ampacity.scenario.Future;
import io.ampacity.scenario.Futures;
import io.ampacity.scenario.Scenario;
import io.ampacity.testing.Seeds;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class BlockSearchTest {

    private static final double GAP = 0.02;

    private static JointModel model(Scenario scenario, Coefficients numbers) {
        return Planner.model(scenario, JointModel.outlooks(scenario, numbers, Assumptions.usual()), Mode.strict());
    }

    private static MixedIntegerSolution byBlocks(JointModel model, int threads, double gap) {
        try (BlockSearch search = new BlockSearch(
                new HighsSolver(),
                model.linear(),
                model.blocks(),
                model.needless(),
                model.periods(),
                threads,
                SolveOptions.withGap(gap, 60))) {
            return search.solve().solution();
        }
    }

    private static final Futures THREE = Futures.of(List.of(
            Future.asStated("a", 0.3).withDemand(1.3),
            Future.asStated("b", 0.5),
            Future.asStated("c", 0.2).withDemand(0.7).withPrice(1.4)));

    @Test
    void theBoundIsNeverAboveTheBestPlanAndThePlanNeverBelowIt() {
        AtomicInteger found = new AtomicInteger();
        Seeds.each(70_000, 60, random -> {
            TinyScenarios tiny = TinyScenarios.random(random);
            Scenario scenario =
                    random.nextBoolean() ? tiny.scenario() : tiny.scenario().withFutures(THREE);
            JointModel model = model(scenario, tiny.numbers());
            MixedIntegerSolution best = new HighsSolver().solve(model.linear(), SolveOptions.exact());
            if (best.outcome() != Outcome.OPTIMAL) {
                return;
            }
            MixedIntegerSolution blocks = byBlocks(model, 2, GAP);
            double tolerance = 0.01 + 1e-6 * best.objective();
            assertThat(blocks.bound()).isLessThanOrEqualTo(best.objective() + tolerance);
            if (blocks.hasValues()) {
                assertThat(blocks.objective()).isGreaterThanOrEqualTo(best.objective() - tolerance);
                found.incrementAndGet();
            }
        });
        if (!Seeds.given()) {
            assertThat(found.get()).isGreaterThan(20);
        }
    }

    @Test
    void theBoundIsThatOfTheLinearRelaxation() {
        for (Scenario scenario : List.of(
                Examples.company(1).build(),
                Examples.company(1).build().withFutures(THREE),
                Examples.company(1).carbon(null, 6_000.0, null).build(),
                Examples.company(1).shareCap(0.6).build())) {
            JointModel model = model(scenario, Examples.companyNumbers());
            double relaxation =
                    new HighsSolver().solveLinear(model.linear().relaxed(null)).objective();
            MixedIntegerSolution blocks = byBlocks(model, 2, 1e-5);
            assertThat(blocks.bound()).isLessThanOrEqualTo(relaxation * (1 + 1e-6));
            assertThat(blocks.bound()).isCloseTo(relaxation, within(0.005 * relaxation));
        }
    }

    @Test
    void theAnswerIsTheSameOnAnyNumberOfThreads() {
        Scenario scenario = Examples.company(1).build().withFutures(THREE);
        double[] one =
                byBlocks(model(scenario, Examples.companyNumbers()), 1, GAP).values();
        double[] three =
                byBlocks(model(scenario, Examples.companyNumbers()), 3, GAP).values();
        assertThat(three).isEqualTo(one);
    }

    @Test
    void aFutureThatIsLikeAnotherChangesNothing() {
        Scenario scenario = Examples.company(1).build();
        Futures same = Futures.of(
                List.of(Future.asStated("a", 0.25), Future.asStated("b", 0.75).withWorkloads(Map.of())));
        Planner planner = new Planner();
        double alone = planner.plan(scenario, Examples.companyNumbers(), PlannerOptions.usual())
                .boundUsd();
        double both = planner.plan(scenario.withFutures(same), Examples.companyNumbers(), PlannerOptions.usual())
                .boundUsd();
        assertThat(both).isCloseTo(alone, within(0.02 * alone));
    }
}
