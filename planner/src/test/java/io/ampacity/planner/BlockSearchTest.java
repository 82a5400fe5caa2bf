package io.ampacity.planner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.ampacity.planner.coefficients.Assumptions;
import io.ampacity.planner.coefficients.Coefficients;
import io.ampacity.planner.model.JointModel;
import io.ampacity.planner.model.Mode;
import io.ampacity.planner.solver.LinearModel;
import io.ampacity.planner.solver.LinearSum;
import io.ampacity.planner.solver.MixedIntegerSolution;
import io.ampacity.planner.solver.Outcome;
import io.ampacity.planner.solver.SolveOptions;
import io.ampacity.planner.solver.Variable;
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

    @Test
    void ordersThatBreakAQuotaTogetherWhenRoundedAreMadeFewer() {
        LinearModel model = new LinearModel();
        Variable one = model.integer("one ordered", 0, 10);
        Variable other = model.integer("other ordered", 0, 10);
        Variable oneRented = model.integer("one rented", 0, 10);
        Variable otherRented = model.integer("other rented", 0, 10);
        model.atLeast("one", LinearSum.of(1, one).plus(1, oneRented), 1.6);
        model.atLeast("other", LinearSum.of(1, other).plus(1, otherRented), 1.6);
        // The relaxation orders 1.6 of each; 2 of each are too many.
        model.atMost(
                "quota",
                LinearSum.of(1, one).plus(1, other).plus(0.5, oneRented).plus(0.5, otherRented),
                3.4);
        model.minimise(LinearSum.of(1, one).plus(1, other).plus(5, oneRented).plus(5, otherRented));
        try (BlockSearch search = new BlockSearch(
                new HighsSolver(),
                model,
                new int[] {-1, -1, 0, 0},
                new boolean[4],
                1,
                1,
                SolveOptions.withGap(GAP, 60))) {
            MixedIntegerSolution found = search.solve().solution();
            assertThat(found.hasValues()).isTrue();
            assertThat(found.objective()).isBetween(8.0 - 1e-6, 12.0 + 1e-6);
            assertThat(found.bound()).isLessThanOrEqualTo(8.0 + 1e-6);
        }
    }

    @Test
    void ordersUnderWhichABlockHasNoAnswerAreChangedUntilItHas() {
        LinearModel model = new LinearModel();
        Variable one = model.integer("one ordered", 0, 10);
        Variable other = model.integer("other ordered", 0, 10);
        Variable oneRented = model.continuous("one rented", 0, 0.4);
        Variable otherRented = model.continuous("other rented", 0, 0.4);
        model.atLeast("one", LinearSum.of(1, one).plus(1, oneRented), 1.4);
        model.atLeast("other", LinearSum.of(1, other).plus(1, otherRented), 1.4);
        // The relaxation orders 1.4 of each: one of each is too little, two of each too much.
        model.between(
                "both",
                2.8,
                LinearSum.of(1, one).plus(1, other).plus(1e-3, oneRented).plus(1e-3, otherRented),
                3.5);
        model.minimise(LinearSum.of(1, one).plus(1, other).plus(5, oneRented).plus(5, otherRented));
        try (BlockSearch search = new BlockSearch(
                new HighsSolver(),
                model,
                new int[] {-1, -1, 0, 0},
                new boolean[4],
                1,
                1,
                SolveOptions.withGap(GAP, 60))) {
            MixedIntegerSolution found = search.solve().solution();
            assertThat(found.hasValues()).isTrue();
            assertThat(found.objective()).isCloseTo(5, within(1e-6));
            assertThat(found.bound()).isLessThanOrEqualTo(2.8 + 1e-6);
        }
    }
}
