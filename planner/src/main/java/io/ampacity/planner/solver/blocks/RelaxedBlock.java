package io.ampacity.planner.solver.blocks;

import io.ampacity.planner.solver.Deadline;
import io.ampacity.planner.solver.LinearModel;
import io.ampacity.planner.solver.LinearSolution;
import io.ampacity.planner.solver.LinearSum;
import io.ampacity.planner.solver.Outcome;
import io.ampacity.planner.solver.Solver;
import io.ampacity.planner.solver.Standing;
import io.ampacity.planner.solver.Variable;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The linear relaxation of a block, made small, kept in the solver, and answered for one vector of binding values after
 * the other. Confined to one thread.
 *
 * <p>Made small: where a row says a·x ≤ b·n with n ≥ 0, n is replaced by (a·x + s)/b with s ≥ 0, which takes a row and leaves
 * n's upper bound out. Rows with binding variables may give way at a price, so that there is an answer whatever they are.
 * Both only lower the cost, so bounds stay bounds.
 *
 * <p>A cut is reckoned from the duals y by weak duality, Σ y·(bounds of rows) + Σ min over the box of (reduced cost)·x, with
 * the reduced costs computed here. It is a bound whatever the duals are, however the solver rounds.
 */
final class RelaxedBlock implements AutoCloseable {

    private final Block block;
    private final int number;
    private final Shifts shifts;
    private final LinearModel compact;
    private final int[] rowOf;
    private final int[] boundRows;
    private final Standing standing;
    private final int slacks;
    private final LinearSum[] stands;
    private double[] last = new double[0];
    private double[] lastDuals = new double[0];
    private double[] lastReduced = new double[0];

    /**
     * A lower bound on the block's cost as a linear function of {@link Shifts sums of binding values}.
     *
     * @param value the cost at the values asked for, what gave way included
     * @param constant of the bound
     * @param indices of sums
     * @param slopes of the bound by them
     * @param given what gave way in sum
     */
    @SuppressWarnings("ArrayRecordComponent") // a table, never compared
    record Cut(double value, double constant, int[] indices, double[] slopes, double given) {

        /** The bound at values of the model of sums. */
        double at(double[] values) {
            double sum = constant;
            for (int k = 0; k < indices.length; k++) {
                sum += slopes[k] * values[indices[k]];
            }
            return sum;
        }
    }

    RelaxedBlock(Block block, int number, Shifts shifts, boolean[] needless, Solver solver, double pricePerCost) {
        this.block = block;
        this.number = number;
        this.shifts = shifts;
        Compacting compacting = new Compacting(block, needless);
        compact = compacting.compact;
        rowOf = compacting.rowOf;
        stands = new LinearSum[block.variables().length];
        for (int i = 0; i < stands.length; i++) {
            stands[i] = compacting.stand(i);
        }
        double dearest = 1e-6;
        for (int i = 0; i < compact.variableCount(); i++) {
            dearest = Math.max(dearest, Math.abs(compact.cost(i)));
        }
        boundRows = block.boundRows();
        slacks = compact.variableCount();
        LinearModel elastic = elastic(dearest * pricePerCost);
        standing = solver.standing(elastic);
        this.elastic = elastic;
    }

    private final LinearModel elastic;

    /** The compact model whose rows with binding variables may give way. */
    private LinearModel elastic(double price) {
        LinearModel model = new LinearModel();
        for (Variable variable : compact.variables()) {
            int i = variable.index();
            model.continuous(variable.name(), compact.lower(i), compact.upper(i));
        }
        Variable[] below = new Variable[compact.rowCount()];
        Variable[] above = new Variable[compact.rowCount()];
        for (int row : boundRows) {
            int mine = rowOf[row];
            if (Double.isFinite(compact.rowUpper(mine))) {
                above[mine] = model.continuous("above[" + row + "]", 0, 1e7);
            }
            if (Double.isFinite(compact.rowLower(mine))) {
                below[mine] = model.continuous("below[" + row + "]", 0, 1e7);
            }
        }
        LinearSum cost = new LinearSum().plus(compact.offset());
        for (int i = 0; i < compact.variableCount(); i++) {
            cost.plus(compact.cost(i), model.variables().get(i));
        }
        for (int row = 0; row < compact.rowCount(); row++) {
            LinearSum sum = new LinearSum();
            int[] indices = compact.rowIndices(row);
            for (int k = 0; k < indices.length; k++) {
                sum.plus(compact.rowCoefficients(row)[k], model.variables().get(indices[k]));
            }
            Variable over = above[row];
            Variable under = below[row];
            if (over != null) {
                sum.plus(-1, over);
                cost.plus(price, over);
            }
            if (under != null) {
                sum.plus(1, under);
                cost.plus(price, under);
            }
            model.between(compact.rows().get(row).name(), compact.rowLower(row), sum, compact.rowUpper(row));
        }
        model.minimise(cost);
        return model;
    }

    /** The cost and a bound on it around some binding values; null when time ran out. */
    @Nullable Cut at(double[] binding, Deadline deadline) {
        int[] rows = new int[boundRows.length];
        double[] lower = new double[rows.length];
        double[] upper = new double[rows.length];
        for (int k = 0; k < rows.length; k++) {
            int row = rowOf[boundRows[k]];
            double shift = block.shift(boundRows[k], binding);
            rows[k] = row;
            lower[k] = compact.rowLower(row) - shift;
            upper[k] = compact.rowUpper(row) - shift;
        }
        standing.boundRows(rows, lower, upper);
        LinearSolution solution = standing.solve(deadline);
        if (solution.outcome() != Outcome.OPTIMAL) {
            return null;
        }
        last = solution.values();
        lastDuals = solution.duals();
        lastReduced = solution.reducedCosts();
        return cut(solution);
    }

    /** Whether there ever was an answer. */
    boolean isKnown() {
        return last.length > 0;
    }

    /** Duals of the block's own rows in the last answer; 0 for those that were worked into others, and without any answer. */
    double[] lastDuals() {
        double[] duals = new double[rowOf.length];
        for (int row = 0; row < duals.length && isKnown(); row++) {
            duals[row] = rowOf[row] < 0 ? 0 : lastDuals[rowOf[row]];
        }
        return duals;
    }

    /** Whether a variable of the block follows others in the relaxation, as replicas follow what they carry. */
    boolean follows(int variable) {
        return stands[variable].size() > 1;
    }

    /**
     * What the first of a variable that follows others and stood at 0 would have added to the cost of the last answer: that of the
     * cheapest it can follow.
     */
    double opening(int variable) {
        double[] cheapest = {Double.POSITIVE_INFINITY};
        stands[variable].forEach((followed, each) ->
                cheapest[0] = Math.min(cheapest[0], Math.max(0, lastReduced[followed.index()]) / each));
        return cheapest[0];
    }

    /** Values of the block's own variables in the last answer; 0 without any. */
    double[] lastValues() {
        double[] values = new double[stands.length];
        for (int i = 0; i < values.length && isKnown(); i++) {
            values[i] = stands[i].value(last);
        }
        return values;
    }

    /** Adds the relaxed block to a model of all binding variables, its rows in their order. */
    void addTo(LinearModel model, List<Variable> binders, double price) {
        Variable[] mine = new Variable[compact.variableCount()];
        LinearSum cost = new LinearSum().plus(price * compact.offset());
        for (int i = 0; i < mine.length; i++) {
            if (compact.lower(i) != 0 || compact.upper(i) != 0) {
                String name = compact.variables().get(i).name();
                mine[i] = model.continuous(name, compact.lower(i), compact.upper(i));
                cost.plus(price * compact.cost(i), mine[i]);
            }
        }
        model.minimise(cost);
        int[] from = new int[compact.rowCount()];
        for (int row = 0; row < rowOf.length; row++) {
            if (rowOf[row] >= 0) {
                from[rowOf[row]] = row;
            }
        }
        for (int row = 0; row < from.length; row++) {
            LinearSum sum = new LinearSum();
            int[] indices = compact.rowIndices(row);
            for (int k = 0; k < indices.length; k++) {
                if (mine[indices[k]] != null) {
                    sum.plus(compact.rowCoefficients(row)[k], mine[indices[k]]);
                }
            }
            int[] binding = block.binders()[from[row]];
            for (int k = 0; k < binding.length; k++) {
                sum.plus(block.weights()[from[row]][k], binders.get(binding[k]));
            }
            model.between(compact.rows().get(row).name(), compact.rowLower(row), sum, compact.rowUpper(row));
        }
    }

    /** The bound that duals of the rows give, whatever they are; its value is unknown. */
    Cut cut(double[] duals) {
        return cut(Double.NaN, duals, Double.NaN);
    }

    private Cut cut(LinearSolution solution) {
        double given = 0;
        for (int i = slacks; i < elastic.variableCount(); i++) {
            given += solution.values()[i];
        }
        return cut(solution.objective(), solution.duals(), given);
    }

    private Cut cut(double value, double[] duals, double given) {
        double[] reduced = new double[elastic.variableCount()];
        for (int i = 0; i < reduced.length; i++) {
            reduced[i] = elastic.cost(i);
        }
        double constant = elastic.offset();
        for (int row = 0; row < elastic.rowCount(); row++) {
            double dual = duals[row];
            double bound = dual > 0 ? elastic.rowLower(row) : elastic.rowUpper(row);
            if (dual == 0 || Double.isInfinite(bound)) {
                continue; // pressing against nothing is rounding: the row counts for nothing then
            }
            constant += dual * bound;
            int[] indices = elastic.rowIndices(row);
            double[] coefficients = elastic.rowCoefficients(row);
            for (int k = 0; k < indices.length; k++) {
                reduced[indices[k]] -= dual * coefficients[k];
            }
        }
        for (int i = 0; i < reduced.length; i++) {
            constant += Math.min(reduced[i] * elastic.lower(i), reduced[i] * elastic.upper(i));
        }
        java.util.TreeMap<Integer, Double> slopes = new java.util.TreeMap<>();
        for (int row : boundRows) {
            double dual = duals[rowOf[row]];
            double bound = dual > 0 ? elastic.rowLower(rowOf[row]) : elastic.rowUpper(rowOf[row]);
            if (dual == 0 || Double.isInfinite(bound)) {
                continue;
            }
            slopes.merge(shifts.sum(number, row), -dual * shifts.factor(number, row), Double::sum);
        }
        int[] indices = slopes.keySet().stream().mapToInt(Integer::intValue).toArray();
        double[] values =
                slopes.values().stream().mapToDouble(Double::doubleValue).toArray();
        return new Cut(value, constant, indices, values, given);
    }

    @Override
    public void close() {
        standing.close();
    }

    /** The work of making a block small. */
    private static final class Compacting {
        final LinearModel compact = new LinearModel();
        final int[] rowOf;
        private final @Nullable LinearSum[] stands;

        Compacting(Block block, boolean[] needless) {
            LinearModel from = block.linear();
            int[] replacing = replacing(block, needless);
            stands = new @Nullable LinearSum[from.variableCount()];
            for (Variable variable : from.variables()) {
                int i = variable.index();
                if (replacing[i] < 0) {
                    double upper = needless[i] ? from.lower(i) : from.upper(i);
                    stands[i] = LinearSum.of(1, compact.continuous(variable.name(), from.lower(i), upper));
                }
            }
            boolean[] gone = new boolean[from.rowCount()];
            for (int n = 0; n < replacing.length; n++) {
                if (replacing[n] >= 0) {
                    int row = replacing[n];
                    gone[row] = true;
                    int x = other(from, row, n);
                    double a = coefficient(from, row, x);
                    double b = -coefficient(from, row, n);
                    Variable rest = compact.continuous(
                            "rest[" + from.variables().get(n).name() + "]", 0, needless[n] ? 0 : b * from.upper(n));
                    stands[n] = new LinearSum().plus(a / b, stand(x)).plus(1 / b, rest);
                }
            }
            LinearSum cost = new LinearSum().plus(from.offset());
            for (int i = 0; i < from.variableCount(); i++) {
                cost.plus(from.cost(i), stand(i));
            }
            compact.minimise(cost);
            rowOf = new int[from.rowCount()];
            for (int row = 0; row < from.rowCount(); row++) {
                rowOf[row] = -1;
                if (!gone[row]) {
                    LinearSum sum = new LinearSum();
                    int[] indices = from.rowIndices(row);
                    for (int k = 0; k < indices.length; k++) {
                        sum.plus(from.rowCoefficients(row)[k], stand(indices[k]));
                    }
                    rowOf[row] = compact.between(
                                    from.rows().get(row).name(), from.rowLower(row), sum, from.rowUpper(row))
                            .index();
                }
            }
        }

        private LinearSum stand(int variable) {
            LinearSum stand = stands[variable];
            if (stand == null) {
                throw new IllegalStateException("variable " + variable + " is replaced by one that is replaced itself");
            }
            return stand;
        }

        /** By variable the row that replaces it; -1 when it stays. */
        private static int[] replacing(Block block, boolean[] needless) {
            LinearModel from = block.linear();
            int[] replacing = new int[from.variableCount()];
            java.util.Arrays.fill(replacing, -1);
            boolean[] kept = new boolean[from.variableCount()];
            for (int row = 0; row < from.rowCount(); row++) {
                int[] indices = from.rowIndices(row);
                if (indices.length != 2
                        || block.binders()[row].length > 0
                        || from.rowUpper(row) != 0
                        || !Double.isInfinite(from.rowLower(row))) {
                    continue;
                }
                double[] coefficients = from.rowCoefficients(row);
                int n = coefficients[0] < 0 ? 0 : 1;
                int x = indices[1 - n];
                boolean fits = coefficients[n] < 0
                        && coefficients[1 - n] > 0
                        && from.lower(indices[n]) == 0
                        && replacing[indices[n]] < 0
                        && replacing[x] < 0
                        && !kept[indices[n]]
                        && needless[indices[n]] == needless[x];
                if (fits) {
                    replacing[indices[n]] = row;
                    kept[x] = true;
                }
            }
            return replacing;
        }

        private static int other(LinearModel from, int row, int variable) {
            int[] indices = from.rowIndices(row);
            return indices[0] == variable ? indices[1] : indices[0];
        }

        private static double coefficient(LinearModel from, int row, int variable) {
            int[] indices = from.rowIndices(row);
            return from.rowCoefficients(row)[indices[0] == variable ? 0 : 1];
        }
    }
}
