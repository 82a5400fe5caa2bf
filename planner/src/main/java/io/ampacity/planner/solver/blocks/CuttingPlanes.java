package io.ampacity.planner.solver.blocks;

import io.ampacity.planner.solver.Deadline;
import io.ampacity.planner.solver.LinearModel;
import io.ampacity.planner.solver.LinearSolution;
import io.ampacity.planner.solver.LinearSum;
import io.ampacity.planner.solver.Outcome;
import io.ampacity.planner.solver.Solver;
import io.ampacity.planner.solver.SolverException;
import io.ampacity.planner.solver.Standing;
import io.ampacity.planner.solver.Variable;
import java.util.Arrays;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.DoubleConsumer;
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
    private final DoubleConsumer listener;
    /** The small model counts money in so much of it, so that its numbers stay near those of orders. */
    private final double unit;

    /**
     * The small model.
     *
     * @param some blocks that count
     * @param weight with which each of them counts
     * @param learnt by block, the cuts that are known; those found are added
     * @param start a point to begin at; null for where the small model wants to go
     * @param listener hears the bound of each round
     */
    CuttingPlanes(
            Solver solver,
            BlockStructure structure,
            int[] some,
            double weight,
            List<List<RelaxedBlock.Cut>> learnt,
            double @Nullable [] start,
            DoubleConsumer listener) {
        this.listener = listener;
        this.structure = structure;
        this.some = some;
        this.weight = weight;
        this.learnt = learnt;
        this.start = start;
        unit = unit(structure.binding());
        LinearModel small = structure.shifts().model(1 / unit);
        costs = new Variable[some.length];
        for (int i = 0; i < some.length; i++) {
            double least = structure.blocks().get(some[i]).linear().leastObjective();
            costs[i] = small.continuous("cost[" + some[i] + "]", least / unit, Double.POSITIVE_INFINITY);
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
     * @param blocks the cuts of blocks at a point, null for those that time ran out for
     */
    Bounded solve(
            BiFunction<int[], double[], List<RelaxedBlock.@Nullable Cut>> blocks, double tolerance, Deadline deadline) {
        int count = structure.binding().variableCount();
        double[] best = new double[count];
        double upper = Double.POSITIVE_INFINITY;
        double lower = least();
        double step = STEP;
        int round = 0;
        double[] duals = new double[structure.binding().rowCount()];
        for (; round < MOST_ROUNDS; round++) {
            LinearSolution wanted;
            try {
                wanted = standing.solve(deadline);
            } catch (SolverException numbersTooFarApart) {
                if (!Double.isFinite(upper)) {
                    throw numbersTooFarApart;
                }
                break; // the bound and the point that are known stay true
            }
            if (wanted.outcome() != Outcome.OPTIMAL) {
                break; // no time left
            }
            lower = Math.max(lower, wanted.objective() * unit);
            listener.accept(lower);
            duals = Arrays.copyOf(wanted.duals(), structure.binding().rowCount());
            for (int row = 0; row < duals.length; row++) {
                duals[row] *= unit;
            }
            boolean known = Double.isFinite(upper);
            if (known && (upper - lower <= tolerance * Math.abs(upper) || deadline.isOver())) {
                break;
            }
            double[] outer = Arrays.copyOf(wanted.values(), count);
            double[] point = known ? between(best, outer, step) : start == null ? outer : start;
            List<RelaxedBlock.@Nullable Cut> cuts = blocks.apply(some, point);
            double cost = structure.binding().objective(point);
            boolean learns = false;
            for (int i = 0; i < some.length; i++) {
                RelaxedBlock.Cut cut = cuts.get(i);
                if (cut == null) {
                    cost = Double.POSITIVE_INFINITY;
                    continue;
                }
                cost += weight * cut.value();
                double believed = wanted.values()[costs[i].index()] * unit;
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

    /** The power of two next to the dearest order; 1 where orders cost nothing. */
    static double unit(LinearModel binding) {
        double dearest = 0;
        for (int i = 0; i < binding.variableCount(); i++) {
            dearest = Math.max(dearest, Math.abs(binding.cost(i)));
        }
        return dearest == 0 ? 1 : Math.scalb(1.0, Math.getExponent(dearest));
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
            coefficients[k] = -cut.slopes()[k] / unit;
        }
        variables[count] = cost.index();
        coefficients[count] = 1;
        standing.addRow(cut.constant() / unit, Double.POSITIVE_INFINITY, variables, coefficients);
    }

    /** What all of it costs at least, by the bounds of variables alone. */
    private double least() {
        double sum = structure.binding().leastObjective();
        for (int block : some) {
            sum += weight * structure.blocks().get(block).linear().leastObjective();
        }
        return sum;
    }

    @Override
    public void close() {
        standing.close();
    }
}
