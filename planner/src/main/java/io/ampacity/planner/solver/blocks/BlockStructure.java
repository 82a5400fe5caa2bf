package io.ampacity.planner.solver.blocks;

import io.ampacity.planner.solver.LinearModel;
import io.ampacity.planner.solver.LinearSum;
import io.ampacity.planner.solver.Variable;
import java.util.ArrayList;
import java.util.List;

/**
 * A model cut into blocks that only a few binding variables hold together.
 *
 * <p>A row over one block and binding variables stays with the block. A row over several blocks is split: each block gets a part
 * z of what the row allows, and the parts, which are binding variables too, keep the row (resource-directive decomposition,
 * Geoffrion 1970).
 */
final class BlockStructure {

    /** Bounds of parts are kept away from infinity, so that a first guess of them stays within reason. */
    private static final double FAR = 1e9;

    private final LinearModel whole;
    private final int[] blockOf;
    /** Binding variables with the rows that are about them alone; costs included. */
    private final LinearModel binding = new LinearModel();
    /** By binding variable the index in the whole model; -1 for a part of a split row. */
    private final List<Integer> bindingVariables = new ArrayList<>();

    private final List<Block> blocks = new ArrayList<>();
    private final Shifts shifts;

    private final int[] place;
    /** By row of the whole model, its block (-1 for the binding rows) and its index there. */
    private final int[] rowBlock;

    private final int[] rowPlace;
    private final List<Draft> drafts = new ArrayList<>();

    /** A block under construction. */
    private static final class Draft {
        final List<Integer> variables = new ArrayList<>();
        final LinearModel linear = new LinearModel();
        final List<Variable> mine = new ArrayList<>();
        final List<int[]> binders = new ArrayList<>();
        final List<double[]> weights = new ArrayList<>();

        void add(String name, double lower, LinearSum sum, double upper, int[] binder, double[] weight) {
            linear.between(name, lower, sum, upper);
            binders.add(binder);
            weights.add(weight);
        }

        Block block() {
            return new Block(
                    variables.stream().mapToInt(Integer::intValue).toArray(),
                    linear,
                    binders.toArray(int[][]::new),
                    weights.toArray(double[][]::new));
        }
    }

    /**
     * Cuts a model.
     *
     * @param blockOf by variable its block from 0; -1 for a binding variable
     */
    BlockStructure(LinearModel whole, int[] blockOf) {
        this.whole = whole;
        this.blockOf = blockOf;
        this.place = new int[blockOf.length];
        this.rowBlock = new int[whole.rowCount()];
        this.rowPlace = new int[whole.rowCount()];
        int count = 0;
        for (int block : blockOf) {
            count = Math.max(count, block + 1);
        }
        for (int b = 0; b < count; b++) {
            drafts.add(new Draft());
        }
        placeVariables();
        for (int row = 0; row < whole.rowCount(); row++) {
            placeRow(row);
        }
        binding.minimise(new LinearSum().plus(whole.offset()));
        for (Draft draft : drafts) {
            blocks.add(draft.block());
        }
        drafts.clear();
        shifts = new Shifts(binding, blocks);
    }

    private void placeVariables() {
        for (Variable variable : whole.variables()) {
            int i = variable.index();
            double lower = whole.lower(i);
            double upper = whole.upper(i);
            boolean binds = blockOf[i] < 0;
            LinearModel home = binds ? binding : drafts.get(blockOf[i]).linear;
            Variable mine = whole.isInteger(i)
                    ? home.integer(variable.name(), lower, upper)
                    : home.continuous(variable.name(), lower, upper);
            place[i] = mine.index();
            home.minimise(LinearSum.of(whole.cost(i), mine));
            if (binds) {
                bindingVariables.add(i);
            } else {
                drafts.get(blockOf[i]).variables.add(i);
                drafts.get(blockOf[i]).mine.add(mine);
            }
        }
    }

    private void placeRow(int row) {
        int[] indices = whole.rowIndices(row);
        int only = -1;
        boolean several = false;
        for (int i : indices) {
            if (blockOf[i] >= 0) {
                several |= only >= 0 && only != blockOf[i];
                only = blockOf[i];
            }
        }
        rowBlock[row] = several ? -1 : only;
        rowPlace[row] =
                rowBlock[row] < 0 ? binding.rowCount() : drafts.get(only).linear.rowCount();
        if (several) {
            split(row);
        } else if (only < 0) {
            LinearSum sum = new LinearSum();
            for (int k = 0; k < indices.length; k++) {
                sum.plus(whole.rowCoefficients(row)[k], binding.variables().get(place[indices[k]]));
            }
            binding.between(name(row), whole.rowLower(row), sum, whole.rowUpper(row));
        } else {
            into(drafts.get(only), row);
        }
    }

    private String name(int row) {
        return whole.rows().get(row).name();
    }

    private void into(Draft draft, int row) {
        int[] indices = whole.rowIndices(row);
        double[] coefficients = whole.rowCoefficients(row);
        LinearSum sum = new LinearSum();
        int count = 0;
        for (int i : indices) {
            count += blockOf[i] < 0 ? 1 : 0;
        }
        int[] binders = new int[count];
        double[] weights = new double[count];
        int next = 0;
        for (int k = 0; k < indices.length; k++) {
            if (blockOf[indices[k]] < 0) {
                binders[next] = place[indices[k]];
                weights[next++] = coefficients[k];
            } else {
                sum.plus(coefficients[k], draft.mine.get(place[indices[k]]));
            }
        }
        draft.add(name(row), whole.rowLower(row), sum, whole.rowUpper(row), binders, weights);
    }

    private void split(int row) {
        int[] indices = whole.rowIndices(row);
        double[] coefficients = whole.rowCoefficients(row);
        boolean above = Double.isFinite(whole.rowLower(row));
        boolean below = Double.isFinite(whole.rowUpper(row));
        LinearSum[] sums = new LinearSum[drafts.size()];
        LinearSum together = new LinearSum();
        for (int k = 0; k < indices.length; k++) {
            int block = blockOf[indices[k]];
            if (block < 0) {
                together.plus(coefficients[k], binding.variables().get(place[indices[k]]));
            } else {
                if (sums[block] == null) {
                    sums[block] = new LinearSum();
                }
                sums[block].plus(coefficients[k], drafts.get(block).mine.get(place[indices[k]]));
            }
        }
        for (int b = 0; b < sums.length; b++) {
            if (sums[b] != null) {
                double[] range = range(drafts.get(b).linear, sums[b]);
                Variable part = binding.continuous("part[" + name(row) + "," + b + "]", range[0], range[1]);
                bindingVariables.add(-1);
                together.plus(1, part);
                drafts.get(b)
                        .add(
                                name(row),
                                above ? 0 : Double.NEGATIVE_INFINITY,
                                sums[b],
                                below ? 0 : Double.POSITIVE_INFINITY,
                                new int[] {part.index()},
                                new double[] {-1});
            }
        }
        binding.between(name(row), whole.rowLower(row), together, whole.rowUpper(row));
    }

    private static double[] range(LinearModel model, LinearSum sum) {
        double[] range = {sum.constant(), sum.constant()};
        sum.forEach((variable, coefficient) -> {
            double a = coefficient * model.lower(variable.index());
            double b = coefficient * model.upper(variable.index());
            range[0] += Math.min(a, b);
            range[1] += Math.max(a, b);
        });
        return new double[] {Math.max(range[0], -FAR), Math.min(range[1], FAR)};
    }

    LinearModel binding() {
        return binding;
    }

    List<Block> blocks() {
        return blocks;
    }

    /** What binding variables come to in rows of blocks. */
    Shifts shifts() {
        return shifts;
    }

    /** By binding variable the index in the whole model; -1 for a part of a split row. */
    int bindingVariable(int index) {
        return bindingVariables.get(index);
    }

    /** The duals of the binding rows and of each block as duals of the whole model. */
    double[] joinedDuals(double[] bindingDuals, List<double[]> blockDuals) {
        double[] duals = new double[whole.rowCount()];
        for (int row = 0; row < duals.length; row++) {
            duals[row] = (rowBlock[row] < 0 ? bindingDuals : blockDuals.get(rowBlock[row]))[rowPlace[row]];
        }
        return duals;
    }

    /** The values of binding variables and blocks as values of the whole model. */
    double[] joined(double[] bindingValues, List<double[]> blockValues) {
        double[] values = new double[whole.variableCount()];
        for (int i = 0; i < bindingVariables.size(); i++) {
            if (bindingVariables.get(i) >= 0) {
                values[bindingVariables.get(i)] = bindingValues[i];
            }
        }
        for (int b = 0; b < blocks.size(); b++) {
            int[] variables = blocks.get(b).variables();
            for (int i = 0; i < variables.length; i++) {
                values[variables[i]] = blockValues.get(b)[i];
            }
        }
        return values;
    }
}
