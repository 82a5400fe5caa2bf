package io.ampacity.planner.solver.highs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.ampacity.planner.solver.Certificate;
import io.ampacity.planner.solver.LinearModel;
import io.ampacity.planner.solver.LinearSolution;
import io.ampacity.planner.solver.LinearSum;
import io.ampacity.planner.solver.MixedIntegerSolution;
import io.ampacity.planner.solver.Outcome;
import io.ampacity.planner.solver.Row;
import io.ampacity.planner.solver.SolveOptions;
import io.ampacity.planner.solver.SolverException;
import io.ampacity.planner.solver.Variable;
import io.ampacity.testing.Seeds;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class HighsSolverTest {

    private final HighsSolver solver = new HighsSolver();

    @Test
    void aTextbookProductionPlanHasItsTextbookPrices() {
        // Wyndor Glass (Hillier and Lieberman): maximise 3a + 5b; a ≤ 4, 2b ≤ 12, 3a + 2b ≤ 18. Prices 0, 1.5, 1.
        LinearModel model = new LinearModel();
        Variable a = model.continuous("a", 0, Double.POSITIVE_INFINITY);
        Variable b = model.continuous("b", 0, Double.POSITIVE_INFINITY);
        Row first = model.atMost("plant 1", LinearSum.of(1, a), 4);
        Row second = model.atMost("plant 2", LinearSum.of(2, b), 12);
        Row third = model.atMost("plant 3", LinearSum.of(3, a).plus(2, b), 18);
        model.minimise(LinearSum.of(-3, a).plus(-5, b));

        LinearSolution solution = solver.solveLinear(model);

        assertThat(solution.outcome()).isEqualTo(Outcome.OPTIMAL);
        assertThat(solution.objective()).isCloseTo(-36, within(1e-9));
        assertThat(solution.values()).containsExactly(new double[] {2, 6}, within(1e-9));
        assertThat(solution.dual(first)).isCloseTo(0, within(1e-9));
        assertThat(solution.dual(second)).isCloseTo(-1.5, within(1e-9));
        assertThat(solution.dual(third)).isCloseTo(-1, within(1e-9));
    }

    @Test
    void aRandomIntegerModelHasTheAnswerOfTryingEverything() {
        Seeds.each(1, 120, random -> {
            LinearModel model = new LinearModel();
            List<Variable> variables = new ArrayList<>();
            int count = 2 + random.nextInt(4);
            LinearSum cost = new LinearSum();
            for (int i = 0; i < count; i++) {
                variables.add(model.integer("x" + i, 0, 4));
                cost.plus(random.nextInt(21) - 5, variables.get(i));
            }
            model.minimise(cost.plus(7));
            int[][] rows = new int[1 + random.nextInt(3)][count];
            int[] least = new int[rows.length];
            for (int r = 0; r < rows.length; r++) {
                LinearSum sum = new LinearSum();
                for (int i = 0; i < count; i++) {
                    rows[r][i] = random.nextInt(9) - 1;
                    sum.plus(rows[r][i], variables.get(i));
                }
                least[r] = random.nextInt(5 * count * 4);
                model.atLeast("r" + r, sum, least[r]);
            }
            double best = enumerated(model, rows, least);

            MixedIntegerSolution solution = solver.solve(model, SolveOptions.exact());

            if (Double.isInfinite(best)) {
                assertThat(solution.outcome()).isEqualTo(Outcome.INFEASIBLE);
            } else {
                assertThat(solution.outcome()).isEqualTo(Outcome.OPTIMAL);
                assertThat(solution.objective()).isCloseTo(best, within(1e-6));
                assertThat(solution.gap()).isLessThan(1e-9);
            }
        });
    }

    private static double enumerated(LinearModel model, int[][] rows, int[] least) {
        int count = model.variableCount();
        double best = Double.POSITIVE_INFINITY;
        for (int code = 0; code < Math.pow(5, count); code++) {
            int rest = code;
            int[] x = new int[count];
            double cost = model.offset();
            for (int i = 0; i < count; i++) {
                x[i] = rest % 5;
                rest /= 5;
                cost += model.cost(i) * x[i];
            }
            boolean fits = true;
            for (int r = 0; r < rows.length; r++) {
                int sum = 0;
                for (int i = 0; i < count; i++) {
                    sum += rows[r][i] * x[i];
                }
                fits &= sum >= least[r];
            }
            best = fits ? Math.min(best, cost) : best;
        }
        return best;
    }

    @Test
    void aRandomLinearModelHasDualsThatFiniteDifferencesConfirm() {
        Seeds.each(1000, 40, random -> {
            LinearModel model = new LinearModel();
            List<Row> rows = covering(model, random, 6, 4, false);
            LinearSolution solution = solver.solveLinear(model);
            for (Row row : rows) {
                LinearModel more = model.copy();
                double step = 1e-4;
                more.bound(row, model.rowLower(row.index()) + step, Double.POSITIVE_INFINITY);
                LinearModel less = model.copy();
                less.bound(row, model.rowLower(row.index()) - step, Double.POSITIVE_INFINITY);
                double up = (solver.solveLinear(more).objective() - solution.objective()) / step;
                double down = (solution.objective() - solver.solveLinear(less).objective()) / step;
                assertThat(solution.dual(row)).isBetween(down - 1e-6, up + 1e-6);
            }
        });
    }

    private static List<Row> covering(LinearModel model, Random random, int columns, int rows, boolean whole) {
        LinearSum cost = new LinearSum();
        List<Variable> variables = new ArrayList<>();
        for (int i = 0; i < columns; i++) {
            variables.add(whole ? model.integer("x" + i, 0, 50) : model.continuous("x" + i, 0, 50));
            cost.plus(1 + random.nextDouble(), variables.get(i));
        }
        model.minimise(cost);
        List<Row> made = new ArrayList<>();
        for (int r = 0; r < rows; r++) {
            LinearSum sum = new LinearSum();
            for (Variable variable : variables) {
                sum.plus(0.1 + random.nextDouble(), variable);
            }
            made.add(model.atLeast("r" + r, sum, 1 + random.nextInt(20)));
        }
        return made;
    }

    @Test
    void aModelWithoutVariablesCostsItsConstant() {
        LinearModel model = new LinearModel();
        model.minimise(new LinearSum().plus(12.5));
        assertThat(solver.solveLinear(model).objective()).isEqualTo(12.5);
    }

    @Test
    void aModelWithoutAnswerIsInfeasible() {
        LinearModel model = new LinearModel();
        Variable x = model.integer("x", 0, 10);
        model.atLeast("low", LinearSum.of(2, x), 3);
        model.atMost("high", LinearSum.of(2, x), 3.5);
        assertThat(solver.solve(model, SolveOptions.exact()).outcome()).isEqualTo(Outcome.INFEASIBLE);
    }

    @Test
    void aRowWithoutVariablesThatAsksForSomethingIsInfeasible() {
        LinearModel model = new LinearModel();
        model.equal("nobody", new LinearSum(), 1);
        assertThat(solver.solve(model, SolveOptions.exact()).outcome()).isEqualTo(Outcome.INFEASIBLE);
        model.integer("x", 0, 1);
        assertThat(solver.solve(model, SolveOptions.exact()).outcome()).isEqualTo(Outcome.INFEASIBLE);
    }

    @Test
    void aModelWithoutLimitIsUnbounded() {
        LinearModel model = new LinearModel();
        Variable x = model.continuous("x", 0, Double.POSITIVE_INFINITY);
        Variable y = model.integer("y", 0, 3);
        model.atLeast("row", LinearSum.of(1, x).plus(1, y), 1);
        model.minimise(LinearSum.of(-1, x));
        assertThat(solver.solve(model, SolveOptions.exact()).outcome()).isEqualTo(Outcome.UNBOUNDED);
        assertThat(solver.solveLinear(model.relaxed(null)).outcome()).isEqualTo(Outcome.UNBOUNDED);
    }

    @Test
    void aModelWithoutRowsIsSolved() {
        LinearModel model = new LinearModel();
        Variable x = model.integer("x", -3, 10);
        model.minimise(LinearSum.of(2, x).plus(1));
        assertThat(solver.solve(model, SolveOptions.exact()).objective()).isCloseTo(-5, within(1e-9));
    }

    @Test
    void theTimeLimitGivesTheBestSoFarWithAnHonestBound() {
        LinearModel model = hard();
        MixedIntegerSolution solution = solver.solve(model, SolveOptions.withGap(0, 0.5));
        assertThat(solution.outcome()).isIn(Outcome.FEASIBLE, Outcome.OPTIMAL);
        assertThat(solution.bound()).isLessThanOrEqualTo(solution.objective() + 1e-9);
        assertThat(Certificate.of(model, solution).holds()).isTrue();
    }

    @Test
    void progressIsToldAndNeverAboveTheBest() {
        AtomicInteger reports = new AtomicInteger();
        solver.solve(hard(), SolveOptions.withGap(0, 0.5).tellingProgress((seconds, best, bound) -> {
            reports.incrementAndGet();
            assertThat(bound).isLessThanOrEqualTo(best + 1e-6);
        }));
        assertThat(reports.get()).isPositive();
    }

    @Test
    void aListenerThatThrowsFailsTheSearchAndNotTheProcess() {
        SolveOptions options = SolveOptions.withGap(0, 0.5).tellingProgress((seconds, best, bound) -> {
            throw new IllegalStateException("deliberate");
        });
        assertThatThrownBy(() -> solver.solve(hard(), options))
                .isInstanceOf(SolverException.class)
                .hasMessageContaining("deliberate");
    }

    /** A market-split instance: notoriously slow to close. */
    private static LinearModel hard() {
        LinearModel model = new LinearModel();
        Random random = new Random(5);
        List<Variable> variables = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            variables.add(model.binary("x" + i));
        }
        LinearSum slack = new LinearSum();
        for (int r = 0; r < 5; r++) {
            LinearSum sum = new LinearSum();
            int total = 0;
            for (Variable variable : variables) {
                int weight = random.nextInt(100);
                total += weight;
                sum.plus(weight, variable);
            }
            Variable over = model.continuous("over" + r, 0, 1e6);
            Variable under = model.continuous("under" + r, 0, 1e6);
            model.equal("r" + r, sum.plus(-1, over).plus(1, under), Math.floor(total / 2.0));
            slack.plus(1, over).plus(1, under);
        }
        model.minimise(slack);
        return model;
    }

    @Test
    void aGoodStartIsKeptWhenThereIsNoTimeForMore() {
        LinearModel model = new LinearModel();
        covering(model, new Random(3), 30, 20, true);
        MixedIntegerSolution best = solver.solve(model, SolveOptions.exact());
        MixedIntegerSolution again =
                solver.solve(model, SolveOptions.withGap(0.5, 10).startingFrom(best.values()));
        assertThat(again.objective()).isLessThanOrEqualTo(best.objective() * 1.5);
        assertThat(again.outcome()).isEqualTo(Outcome.OPTIMAL);
    }

    @Test
    void theSameModelGivesTheSameAnswerTwice() {
        LinearModel model = new LinearModel();
        covering(model, new Random(11), 25, 15, true);
        assertThat(solver.solve(model, SolveOptions.exact()).values())
                .containsExactly(solver.solve(model, SolveOptions.exact()).values());
    }

    @Test
    void aForgedAnswerFailsItsCertificate() {
        LinearModel model = new LinearModel();
        covering(model, new Random(17), 8, 5, true);
        MixedIntegerSolution good = solver.solve(model, SolveOptions.exact());
        assertThat(Certificate.of(model, good).holds()).isTrue();

        double[] less = good.values().clone();
        int used = 0;
        while (less[used] == 0) {
            used++;
        }
        less[used] -= 1;
        assertThat(Certificate.of(model, forged(good, good.objective(), good.bound(), less))
                        .holds())
                .isFalse();
        double[] broken = good.values().clone();
        broken[used] += 0.5;
        assertThat(Certificate.of(model, forged(good, good.objective(), good.bound(), broken))
                        .holds())
                .isFalse();
        assertThat(Certificate.of(model, forged(good, good.objective() * 0.9, 0, good.values()))
                        .holds())
                .isFalse();
        assertThat(Certificate.of(model, forged(good, good.objective(), good.objective() * 1.1, good.values()))
                        .holds())
                .isFalse();
    }

    private static MixedIntegerSolution forged(
            MixedIntegerSolution of, double objective, double bound, double[] values) {
        return new MixedIntegerSolution(of.outcome(), objective, bound, values);
    }

    @Test
    void forgedDualsFailTheirCertificate() {
        LinearModel model = new LinearModel();
        covering(model, new Random(23), 8, 5, false);
        LinearSolution good = solver.solveLinear(model);
        assertThat(Certificate.of(model, good).holds()).isTrue();
        // Row activity in place of duals: what a broken bridge to this solver is known to return.
        double[] activity = new double[model.rowCount()];
        for (Row row : model.rows()) {
            activity[row.index()] = model.rowLower(row.index());
        }
        LinearSolution wrong =
                new LinearSolution(good.outcome(), good.objective(), good.values(), activity, good.reducedCosts());
        assertThatThrownBy(() -> Certificate.of(model, wrong).require("a solver"))
                .isInstanceOf(SolverException.class)
                .hasMessageContaining("fails its proof");
    }

    /** Market splits (Cornuejols and Dawande) have few answers, far from the relaxation, so no search of one node has them. */
    @Test
    void aSearchThatRanOutOfNodesIsUndecided() {
        Random random = new Random(5);
        LinearModel model = new LinearModel();
        List<Variable> choices = new ArrayList<>();
        for (int i = 0; i < 30; i++) {
            choices.add(model.integer("choice " + i, 0, 1));
        }
        for (int row = 0; row < 4; row++) {
            LinearSum sum = new LinearSum();
            int half = 0;
            for (Variable choice : choices) {
                int weight = random.nextInt(100);
                sum.plus(weight, choice);
                half += weight;
            }
            double target = Math.floorDiv(half, 2);
            model.between("market " + row, target, sum, target);
        }
        model.minimise(LinearSum.of(1, choices.getFirst()));

        MixedIntegerSolution found =
                solver.solve(model, SolveOptions.withGap(0, 60).withNodeLimit(1));

        assertThat(found.outcome()).isEqualTo(Outcome.UNDECIDED);
    }
}
