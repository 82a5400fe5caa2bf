package io.ampacity.planner.solver.blocks;

import io.ampacity.planner.solver.LinearModel;
import io.ampacity.planner.solver.LinearSolution;
import io.ampacity.planner.solver.LinearSum;
import io.ampacity.planner.solver.Solver;
import io.ampacity.planner.solver.SolverException;
import io.ampacity.planner.solver.Standing;
import io.ampacity.planner.solver.Variable;
import java.util.Arrays;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The small model of the binding variables, which learns from cuts what its choices cost the blocks.
 *
 * <p>A round asks where the small model wants to go, and has the blocks answer at a point between there and the best point so
 * far. Its optimum bounds every answer from below, the cost at the best point bounds the relaxation from above.
 */
final class CuttingPlanes implements AutoCloseable {

    private static final int MOST_ROUNDS = 300;
    /** Part of the way from the best point to where the small model wants to go. */
    private static final double STEP = 0.4;

    private final BlockStructure structure;
    private final int[] some;
    private final double weight;
    private final List<List<RelaxedBlock.Cut>> learnt;
    private final Standing standing;
    private final Variable[] costs;
    private final double @Nullable [] start;

    /**
     * The small model.
     *
     * @param some blocks that count
     * @param weight with which each of them counts
     * @param learnt by block, the cuts that are known; those found are added
     * @param start a point to begin at; null for where the small model wants to go
     */
    CuttingPlanes(
            Solver solver,
            BlockStructure structure,
            int[] some,
            double weight,
            List<List<RelaxedBlock.Cut>> learnt,
            double @Nullable [] start) {
        this.structure = structure;
        this.some = some;
        this.weight = weight;
        this.learnt = learnt;
        this.start = start;
        LinearModel small = structure.binding().relaxed(null);
        costs = new Variable[some.length];
        for (int i = 0; i < some.length; i++) {
            LinearModel block = structure.blocks().get(some[i]).linear();
            costs[i] = small.continuous("cost[" + some[i] + "]", least(block), Double.POSITIVE_INFINITY);
            small.minimise(LinearSum.of(weight, costs[i]));
        }
        standing = solver.standing(small);
        for (int i = 0; i < some.length; i++) {
            for (RelaxedBlock.Cut cut : learnt.get(some[i])) {
                add(costs[i], cut);
            }
        }
    }

    /**
     * Goes on until bound and cost are within a tolerance or time is up.
     *
     * @param blocks the cuts of blocks at a point
     */
    Bounded solve(
            BiFunction<int[], double[], List<RelaxedBlock.Cut>> blocks, double tolerance, BooleanSupplier timeIsUp) {
        int count = structure.binding().variableCount();
        double[] best = new double[count];
        double upper = Double.POSITIVE_INFINITY;
        double lower = Double.NEGATIVE_INFINITY;
        double step = STEP;
        int round = 0;
        double[] duals = new double[0];
        for (; round < MOST_ROUNDS; round++) {
            LinearSolution wanted;
            try {
                wanted = standing.solve();
            } catch (SolverException numbersTooFarApart) {
                if (!Double.isFinite(upper)) {
                    throw numbersTooFarApart;
                }
                break; // the bound and the point that are known stay true
            }
            lower = Math.max(lower, wanted.objective());
            duals = Arrays.copyOf(wanted.duals(), structure.binding().rowCount());
            boolean known = Double.isFinite(upper);
            if (known && (upper - lower <= tolerance * Math.abs(upper) || timeIsUp.getAsBoolean())) {
                break;
            }
            double[] outer = Arrays.copyOf(wanted.values(), count);
            double[] point = known ? between(best, outer, step) : start == null ? outer : start;
            List<RelaxedBlock.Cut> cuts = blocks.apply(some, point);
            double cost = value(structure.binding(), point);
            boolean learns = false;
            for (int i = 0; i < some.length; i++) {
                RelaxedBlock.Cut cut = cuts.get(i);
                cost += weight * cut.value();
                double believed = wanted.values()[costs[i].index()];
                if (cut.at(wanted.values()) > believed + 1e-9 * Math.abs(believed) + 1e-9) {
                    learns = true;
                    add(costs[i], cut);
                    learnt.get(some[i]).add(cut);
                }
            }
            if (cost < upper) {
                upper = cost;
                best = point;
            }
            step = learns ? STEP : 1;
        }
        return new Bounded(lower, best, duals, upper, round);
    }

    private static double[] between(double[] inner, double[] outer, double step) {
        double[] point = new double[inner.length];
        for (int i = 0; i < point.length; i++) {
            point[i] = inner[i] + step * (outer[i] - inner[i]);
        }
        return point;
    }

    private void add(Variable cost, RelaxedBlock.Cut cut) {
        int count = cut.indices().length;
        int[] variables = Arrays.copyOf(cut.indices(), count + 1);
        double[] coefficients = new double[count + 1];
        for (int k = 0; k < count; k++) {
            coefficients[k] = -cut.slopes()[k];
        }
        variables[count] = cost.index();
        coefficients[count] = 1;
        standing.addRow(cut.constant(), Double.POSITIVE_INFINITY, variables, coefficients);
    }

    private static double least(LinearModel model) {
        double sum = model.offset();
        for (int i = 0; i < model.variableCount(); i++) {
            sum += Math.min(model.cost(i) * model.lower(i), model.cost(i) * model.upper(i));
        }
        return sum;
    }

    static double value(LinearModel model, double[] values) {
        double sum = model.offset();
        for (int i = 0; i < model.variableCount(); i++) {
            sum += model.cost(i) * values[i];
        }
        return sum;
    }

    @Override
    public void close() {
        standing.close();
    }
}
