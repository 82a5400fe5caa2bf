package io.ampacity.planner.solver.blocks;

import io.ampacity.planner.solver.LinearModel;
import io.ampacity.planner.solver.LinearSum;
import io.ampacity.planner.solver.Variable;
import java.nio.DoubleBuffer;
import java.nio.IntBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What binding variables come to in the rows of blocks, each such sum once: t = Σ weight · binder.
 *
 * <p>Rows of many blocks see the same sum, such as what is held of a pool in a period by whatever was ordered until then. Cuts
 * over sums have a tenth of the entries of cuts over orders, and the small model that they make solves that much sooner.
 */
final class Shifts {

    /** A sum, scaled so that its first weight is 1. */
    private record Key(IntBuffer binders, DoubleBuffer weights) {}

    private final LinearModel binding;
    private final List<Key> sums = new ArrayList<>();
    private final int[][] sumOf;
    private final double[][] factors;

    Shifts(LinearModel binding, List<Block> blocks) {
        this.binding = binding;
        sumOf = new int[blocks.size()][];
        factors = new double[blocks.size()][];
        Map<Key, Integer> known = new HashMap<>();
        for (int b = 0; b < sumOf.length; b++) {
            Block block = blocks.get(b);
            sumOf[b] = new int[block.binders().length];
            factors[b] = new double[block.binders().length];
            for (int row : block.boundRows()) {
                int[] binders = block.binders()[row];
                double first = block.weights()[row][0];
                factors[b][row] = first;
                sumOf[b][row] = binders[0];
                if (binders.length > 1) {
                    double[] scaled = block.weights()[row].clone();
                    for (int k = 0; k < scaled.length; k++) {
                        scaled[k] /= first;
                    }
                    Key key = new Key(IntBuffer.wrap(binders), DoubleBuffer.wrap(scaled));
                    sumOf[b][row] = binding.variableCount()
                            + known.computeIfAbsent(key, absent -> {
                                sums.add(absent);
                                return sums.size() - 1;
                            });
                }
            }
        }
    }

    /** The sum in a row of a block, as an index into the variables of {@link #model}. */
    int sum(int block, int row) {
        return sumOf[block][row];
    }

    /** How many times that sum is in the row. */
    double factor(int block, int row) {
        return factors[block][row];
    }

    /**
     * The relaxed model of the binding variables, and of their sums after them.
     *
     * @param price of a unit of cost
     */
    LinearModel model(double price) {
        LinearModel small = new LinearModel();
        LinearSum cost = new LinearSum().plus(price * binding.offset());
        for (Variable variable : binding.variables()) {
            int i = variable.index();
            Variable mine = small.continuous(variable.name(), binding.lower(i), binding.upper(i));
            cost.plus(price * binding.cost(i), mine);
        }
        small.minimise(cost);
        for (int row = 0; row < binding.rowCount(); row++) {
            LinearSum sum = new LinearSum();
            for (int k = 0; k < binding.rowIndices(row).length; k++) {
                sum.plus(binding.rowCoefficients(row)[k], small.variables().get(binding.rowIndices(row)[k]));
            }
            small.between(binding.rows().get(row).name(), binding.rowLower(row), sum, binding.rowUpper(row));
        }
        for (int k = 0; k < sums.size(); k++) {
            double least = 0;
            double most = 0;
            for (int i = 0; i < sums.get(k).binders.limit(); i++) {
                double weight = sums.get(k).weights.get(i);
                int binder = sums.get(k).binders.get(i);
                least += weight * (weight > 0 ? binding.lower(binder) : binding.upper(binder));
                most += weight * (weight > 0 ? binding.upper(binder) : binding.lower(binder));
            }
            small.continuous("sum[" + k + "]", least, most);
        }
        for (int k = 0; k < sums.size(); k++) {
            Key key = sums.get(k);
            Variable sum = small.variables().get(binding.variableCount() + k);
            LinearSum row = LinearSum.of(-1, sum);
            for (int i = 0; i < key.binders.limit(); i++) {
                row.plus(key.weights.get(i), small.variables().get(key.binders.get(i)));
            }
            small.equal("sum[" + k + "]", row, 0);
        }
        return small;
    }
}
