package io.ampacity.planner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.ampacity.planner.coefficients.Assumptions;
import io.ampacity.planner.solver.Deadline;
import io.ampacity.planner.solver.LinearModel;
import io.ampacity.planner.solver.LinearSolution;
import io.ampacity.planner.solver.MixedIntegerSolution;
import io.ampacity.planner.solver.Outcome;
import io.ampacity.planner.solver.SolveOptions;
import io.ampacity.planner.solver.Solver;
import io.ampacity.planner.solver.Standing;
import io.ampacity.planner.solver.highs.HighsSolver;
import io.ampacity.planner.verify.PlanVerifier;
import io.ampacity.scenario.Plan;
import io.ampacity.scenario.Scenario;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

class DeadlineTest {

    private static final double LIMIT = 5;

    /** HiGHS, which notes until when each of its searches may last; whole models it may never answer in time. */
    private static final class Watched implements Solver {
        private final Solver highs = new HighsSolver();
        private final long started = System.nanoTime();
        private final List<Double> ends = new CopyOnWriteArrayList<>();
        private final int tooLarge;

        Watched(int tooLarge) {
            this.tooLarge = tooLarge;
        }

        private void note(double seconds) {
            ends.add((System.nanoTime() - started) / 1e9 + seconds);
        }

        @Override
        public MixedIntegerSolution solve(LinearModel model, SolveOptions options) {
            note(options.timeLimitSeconds());
            return model.variableCount() >= tooLarge
                    ? new MixedIntegerSolution(Outcome.UNDECIDED, Double.NaN, Double.NaN, new double[0])
                    : highs.solve(model, options);
        }

        @Override
        public LinearSolution solveLinear(LinearModel model, Deadline deadline) {
            note(deadline.secondsLeft());
            return highs.solveLinear(model, deadline);
        }

        @Override
        public Standing standing(LinearModel model) {
            Standing standing = highs.standing(model);
            return new Standing() {
                @Override
                public void boundRows(int[] rows, double[] lower, double[] upper) {
                    standing.boundRows(rows, lower, upper);
                }

                @Override
                public void addRow(double lower, double upper, int[] variables, double[] coefficients) {
                    standing.addRow(lower, upper, variables, coefficients);
                }

                @Override
                public LinearSolution solve(Deadline deadline) {
                    note(deadline.secondsLeft());
                    return standing.solve(deadline);
                }

                @Override
                public void close() {
                    standing.close();
                }
            };
        }
    }

    private final Scenario scenario = Examples.enterprise().build();
    private final HandMade numbers = Examples.enterpriseNumbers();

    private Plan plan(Solver solver) {
        Plan plan = new Planner(solver)
                .plan(scenario, numbers, PlannerOptions.usual().within(LIMIT));
        assertThat(new PlanVerifier(scenario, numbers, Assumptions.usual()).verify(plan))
                .isEmpty();
        assertThat(plan.boundUsd()).isGreaterThan(0).isLessThanOrEqualTo(plan.objectiveUsd());
        assertThat(plan.gap()).isCloseTo((plan.objectiveUsd() - plan.boundUsd()) / plan.objectiveUsd(), within(1e-9));
        return plan;
    }

    @Test
    void noSearchMayLastLongerThanAllOfThemTogether() {
        Watched watched = new Watched(Integer.MAX_VALUE);
        plan(watched);
        assertThat(watched.ends)
                .hasSizeGreaterThan(3)
                .allSatisfy(end -> assertThat(end).isLessThan(LIMIT + 0.5));
    }

    @Test
    void aModelThatIsNeverAnsweredInOnePieceStillGetsAPlanWithATrueGap() {
        int whole = Planner.model(
                        scenario,
                        io.ampacity.planner.model.JointModel.outlooks(scenario, numbers, Assumptions.usual()),
                        io.ampacity.planner.model.Mode.strict())
                .linear()
                .variableCount();
        Watched watched = new Watched(whole);
        Plan plan = plan(watched);
        assertThat(watched.ends).allSatisfy(end -> assertThat(end).isLessThan(LIMIT + 0.5));
        Plan usual = plan(new HighsSolver());
        assertThat(plan.boundUsd()).isLessThanOrEqualTo(usual.objectiveUsd() * (1 + 1e-6));
        assertThat(plan.objectiveUsd()).isGreaterThanOrEqualTo(usual.boundUsd() * (1 - 1e-6));
    }

    @Test
    void aPartOfADeadlineIsEarlierAndNeverIsLaterThanAny() {
        Deadline never = Deadline.in(Double.POSITIVE_INFINITY);
        assertThat(never.part(0.5).secondsLeft()).isInfinite();
        assertThat(never.orIn(3).secondsLeft()).isBetween(0.0, 3.0);
        Deadline ten = Deadline.in(10);
        assertThat(ten.part(0.5).secondsLeft()).isBetween(1.0, 5.0);
        assertThat(ten.orIn(20)).isSameAs(ten);
        Deadline past = Deadline.in(0);
        assertThat(past.isOver()).isTrue();
        assertThat(past.limit()).isPositive();
    }
}
