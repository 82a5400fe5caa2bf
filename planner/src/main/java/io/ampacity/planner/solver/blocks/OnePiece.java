package io.ampacity.planner.solver.blocks;

import io.ampacity.planner.solver.Deadline;
import io.ampacity.planner.solver.LinearModel;
import io.ampacity.planner.solver.LinearSolution;
import io.ampacity.planner.solver.LinearSum;
import io.ampacity.planner.solver.Outcome;
import io.ampacity.planner.solver.Solver;
import io.ampacity.planner.solver.SolverException;
import io.ampacity.planner.solver.Variable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The relaxation of some blocks with all binding variables, solved in one piece. For the blocks of one future that is sooner done
 * than learning of thousands of orders by cuts; its duals give one cut a block that together say all of it.
 *
 * @param binding values of the binding variables
 * @param cuts of the blocks, in their order
 */
@SuppressWarnings("ArrayRecordComponent") // a table, never compared
record OnePiece(double[] binding, List<RelaxedBlock.Cut> cuts) {

    /**
     * Solves it.
     *
     * @param weight with which each block counts
     * @param unit of money
     * @return null when time ran out or the solver finds no answer
     */
    static @Nullable OnePiece of(
            Solver solver,
            LinearModel binding,
            List<RelaxedBlock> blocks,
            double weight,
            double unit,
            Deadline deadline) {
        LinearModel model = new LinearModel();
        LinearSum cost = new LinearSum().plus(binding.offset() / unit);
        for (Variable variable : binding.variables()) {
            int i = variable.index();
            cost.plus(binding.cost(i) / unit, model.continuous(variable.name(), binding.lower(i), binding.upper(i)));
        }
        model.minimise(cost);
        List<Variable> binders = List.copyOf(model.variables());
        for (int row = 0; row < binding.rowCount(); row++) {
            LinearSum sum = new LinearSum();
            for (int k = 0; k < binding.rowIndices(row).length; k++) {
                sum.plus(binding.rowCoefficients(row)[k], binders.get(binding.rowIndices(row)[k]));
            }
            model.between(binding.rows().get(row).name(), binding.rowLower(row), sum, binding.rowUpper(row));
        }
        int[] firstRows = new int[blocks.size()];
        for (int b = 0; b < firstRows.length; b++) {
            firstRows[b] = model.rowCount();
            blocks.get(b).addTo(model, binders, weight / unit);
        }
        LinearSolution solution;
        try {
            solution = solver.solveLinear(model, deadline);
        } catch (SolverException numbersTooFarApart) {
            return null;
        }
        if (solution.outcome() != Outcome.OPTIMAL) {
            return null;
        }
        List<RelaxedBlock.Cut> cuts = new ArrayList<>();
        for (int b = 0; b < firstRows.length; b++) {
            int end = b + 1 < firstRows.length ? firstRows[b + 1] : model.rowCount();
            double[] duals = Arrays.copyOfRange(solution.duals(), firstRows[b], end);
            for (int row = 0; row < duals.length; row++) {
                duals[row] *= unit / weight;
            }
            cuts.add(blocks.get(b).cut(duals));
        }
        return new OnePiece(Arrays.copyOf(solution.values(), binders.size()), cuts);
    }
}
