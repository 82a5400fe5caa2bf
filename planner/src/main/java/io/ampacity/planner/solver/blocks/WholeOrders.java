package io.ampacity.planner.solver.blocks;

import io.ampacity.planner.solver.Deadline;
import io.ampacity.planner.solver.LinearModel;
import io.ampacity.planner.solver.LinearSum;
import io.ampacity.planner.solver.MixedIntegerSolution;
import io.ampacity.planner.solver.SolveOptions;
import io.ampacity.planner.solver.Solver;
import io.ampacity.planner.solver.Variable;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.DoubleUnaryOperator;
import org.jspecify.annotations.Nullable;

/** Makes binding variables whole, and changes them where a block finds no answer under them. */
final class WholeOrders {

    private static final double KEPT = 1e-7;
    private static final double WHOLE_SECONDS = 10;
    private static final double REPAIR_SECONDS = 2;
    private static final double CLOSE = 0.01;

    private final Solver solver;
    private final LinearModel binding;

    WholeOrders(Solver solver, LinearModel binding) {
        this.solver = solver;
        this.binding = binding;
    }

    /** The nearest whole point that keeps the rows among binding variables, such as those of projects; null when none is found. */
    double @Nullable [] of(double[] values, DoubleUnaryOperator rounding, Deadline deadline) {
        double[] rounded = values.clone();
        for (int i = 0; i < rounded.length; i++) {
            if (binding.isInteger(i)) {
                rounded[i] = rounding.applyAsDouble(values[i]);
            }
        }
        if (keepsRows(rounded)) {
            return rounded;
        }
        LinearModel near = new LinearModel();
        for (Variable variable : binding.variables()) {
            add(near, binding, variable.index());
        }
        for (int row = 0; row < binding.rowCount(); row++) {
            near.between("row" + row, binding.rowLower(row), sum(binding, row, near), binding.rowUpper(row));
        }
        for (int i = 0; i < values.length; i++) {
            stayNear(near, near.variables().get(i), values[i]);
        }
        MixedIntegerSolution found = solver.solve(
                near, SolveOptions.withGap(CLOSE, deadline.orIn(WHOLE_SECONDS).limit()));
        return found.hasValues() ? Arrays.copyOf(found.values(), values.length) : null;
    }

    /**
     * What binding variables a block wants changed so that it has an answer: by index what to add, as little as does; null
     * when none is found.
     */
    @Nullable Map<Integer, Double> wantedBy(Block block, double[] values, Deadline deadline) {
        LinearModel model = new LinearModel();
        for (Variable variable : block.linear().variables()) {
            add(model, block.linear(), variable.index());
        }
        Map<Integer, Variable> binders = new TreeMap<>();
        for (int row : block.boundRows()) {
            for (int binder : block.binders()[row]) {
                binders.computeIfAbsent(binder, absent -> add(model, binding, absent));
            }
        }
        for (int row = 0; row < block.linear().rowCount(); row++) {
            LinearSum sum = sum(block.linear(), row, model);
            for (int k = 0; k < block.binders()[row].length; k++) {
                Variable binder = binders.get(block.binders()[row][k]);
                if (binder != null) {
                    sum.plus(block.weights()[row][k], binder);
                }
            }
            model.between(
                    "row" + row,
                    block.linear().rowLower(row),
                    sum,
                    block.linear().rowUpper(row));
        }
        binders.forEach((index, variable) -> stayNear(model, variable, values[index]));
        MixedIntegerSolution found = solver.solve(
                model, SolveOptions.withGap(0.1, deadline.orIn(REPAIR_SECONDS).limit()));
        if (!found.hasValues()) {
            return null;
        }
        Map<Integer, Double> wanted = new TreeMap<>();
        binders.forEach((index, variable) -> {
            double more = found.values()[variable.index()] - values[index];
            if (Math.abs(more) > KEPT) {
                wanted.put(index, more);
            }
        });
        return wanted;
    }

    private boolean keepsRows(double[] values) {
        for (int row = 0; row < binding.rowCount(); row++) {
            double sum = 0;
            for (int k = 0; k < binding.rowIndices(row).length; k++) {
                sum += binding.rowCoefficients(row)[k] * values[binding.rowIndices(row)[k]];
            }
            if (sum < binding.rowLower(row) - KEPT || sum > binding.rowUpper(row) + KEPT) {
                return false;
            }
        }
        return true;
    }

    private static Variable add(LinearModel to, LinearModel from, int index) {
        String name = from.variables().get(index).name();
        return from.isInteger(index)
                ? to.integer(name, from.lower(index), from.upper(index))
                : to.continuous(name, from.lower(index), from.upper(index));
    }

    private static LinearSum sum(LinearModel from, int row, LinearModel to) {
        LinearSum sum = new LinearSum();
        for (int k = 0; k < from.rowIndices(row).length; k++) {
            sum.plus(from.rowCoefficients(row)[k], to.variables().get(from.rowIndices(row)[k]));
        }
        return sum;
    }

    /** Adds how far a variable is from a value to what is minimised. */
    private static void stayNear(LinearModel model, Variable variable, double value) {
        // Projects are yes or no and carry the rest: to turn one round is as far as to move many orders.
        double weight = model.upper(variable.index()) - model.lower(variable.index()) <= 1 ? 100 : 1;
        Variable off = model.continuous("off " + variable.name(), 0, Double.POSITIVE_INFINITY);
        model.atMost("above " + variable.name(), LinearSum.of(1, variable).plus(-1, off), value);
        model.atLeast("below " + variable.name(), LinearSum.of(1, variable).plus(1, off), value);
        model.minimise(LinearSum.of(weight, off));
    }
}
