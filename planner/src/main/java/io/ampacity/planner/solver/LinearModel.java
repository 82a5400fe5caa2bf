package io.ampacity.planner.solver;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A mixed-integer linear programme under construction: what to minimise, and within which rows.
 *
 * <p>Variables and rows keep the order they are added in, so the same calls give the same model. Bounds may be
 * infinite; nothing may be NaN. Not thread-safe while it grows.
 */
public final class LinearModel {

    /** What is left of a difference of two amounts near 1 that should be equal. */
    private static final double ROUNDING = 1e-9;

    private final List<Variable> variables = new ArrayList<>();
    private final List<Row> rows = new ArrayList<>();
    private final DoubleList lower = new DoubleList();
    private final DoubleList upper = new DoubleList();
    private final DoubleList cost = new DoubleList();
    private final BitSet whole = new BitSet();
    private final DoubleList rowLower = new DoubleList();
    private final DoubleList rowUpper = new DoubleList();
    private final List<int[]> rowIndices = new ArrayList<>();
    private final List<double[]> rowCoefficients = new ArrayList<>();
    private double offset;

    /** Adds a variable that may take any value in its bounds. */
    public Variable continuous(String name, double lower, double upper) {
        return add(name, lower, upper, false);
    }

    /** Adds a variable that takes whole values in its bounds. */
    public Variable integer(String name, double lower, double upper) {
        return add(name, Math.ceil(lower), Math.floor(upper), true);
    }

    /** Adds a variable that is 0 or 1. */
    public Variable binary(String name) {
        return add(name, 0, 1, true);
    }

    private Variable add(String name, double low, double high, boolean integral) {
        if (Double.isNaN(low) || Double.isNaN(high) || low > high) {
            throw new IllegalArgumentException("variable " + name + " has the bounds " + low + " to " + high);
        }
        Variable variable = new Variable(variables.size(), name);
        variables.add(variable);
        lower.add(low);
        upper.add(high);
        cost.add(0);
        whole.set(variable.index(), integral);
        return variable;
    }

    /** Adds the row {@code sum ≤ most}. */
    public Row atMost(String name, LinearSum sum, double most) {
        return between(name, Double.NEGATIVE_INFINITY, sum, most);
    }

    /** Adds the row {@code sum ≥ least}. */
    public Row atLeast(String name, LinearSum sum, double least) {
        return between(name, least, sum, Double.POSITIVE_INFINITY);
    }

    /** Adds the row {@code sum = amount}. */
    public Row equal(String name, LinearSum sum, double amount) {
        return between(name, amount, sum, amount);
    }

    /** Adds the row {@code least ≤ sum ≤ most}; the sum's constant moves into the bounds. */
    public Row between(String name, double least, LinearSum sum, double most) {
        double low = least - sum.constant();
        double high = most - sum.constant();
        if (Double.isNaN(low) || Double.isNaN(high) || low > high) {
            throw new IllegalArgumentException("row " + name + " has the bounds " + low + " to " + high);
        }
        int[] indices = new int[sum.size()];
        double[] coefficients = new double[sum.size()];
        int[] next = {0};
        sum.forEach((variable, coefficient) -> {
            indices[next[0]] = variable.index();
            coefficients[next[0]++] = coefficient;
        });
        Row row = new Row(rows.size(), name);
        rows.add(row);
        rowLower.add(low);
        rowUpper.add(high);
        rowIndices.add(indices);
        rowCoefficients.add(coefficients);
        return row;
    }

    /** Adds a sum to what is minimised. */
    public void minimise(LinearSum sum) {
        sum.forEach((variable, coefficient) -> cost.set(variable.index(), cost.at(variable.index()) + coefficient));
        offset += sum.constant();
    }

    /** Raises the upper bound of a variable. */
    public void widen(Variable variable, double most) {
        upper.set(variable.index(), whole.get(variable.index()) ? Math.floor(most) : most);
    }

    /** Replaces the bounds of a variable. */
    public void bound(Variable variable, double least, double most) {
        lower.set(variable.index(), least);
        upper.set(variable.index(), most);
    }

    /** Replaces the bounds of a row by others, given without any constant. */
    public void bound(Row row, double least, double most) {
        rowLower.set(row.index(), least);
        rowUpper.set(row.index(), most);
    }

    public int variableCount() {
        return variables.size();
    }

    public int rowCount() {
        return rows.size();
    }

    /** Non-zero coefficients of all rows. */
    public int entryCount() {
        return rowIndices.stream().mapToInt(indices -> indices.length).sum();
    }

    public List<Variable> variables() {
        return Collections.unmodifiableList(variables);
    }

    public List<Row> rows() {
        return Collections.unmodifiableList(rows);
    }

    public double lower(int variable) {
        return lower.at(variable);
    }

    public double upper(int variable) {
        return upper.at(variable);
    }

    public double cost(int variable) {
        return cost.at(variable);
    }

    public boolean isInteger(int variable) {
        return whole.get(variable);
    }

    public boolean hasIntegers() {
        return !whole.isEmpty();
    }

    public double offset() {
        return offset;
    }

    public double rowLower(int row) {
        return rowLower.at(row);
    }

    public double rowUpper(int row) {
        return rowUpper.at(row);
    }

    /** A lower bound of the objective by the bounds of variables alone; may be minus infinity. */
    public double leastObjective() {
        double sum = offset;
        for (int i = 0; i < variableCount(); i++) {
            double price = cost.at(i);
            sum += price == 0 ? 0 : price * (price > 0 ? lower.at(i) : upper.at(i));
        }
        return sum;
    }

    /** What a vector of values costs. */
    public double objective(double[] values) {
        double sum = offset;
        for (int i = 0; i < variableCount(); i++) {
            sum += cost.at(i) * values[i];
        }
        return sum;
    }

    /** Whether some row without any variable asks for something: then there is no answer, whatever the solver says. */
    public boolean asksTheImpossible() {
        for (int row = 0; row < rowCount(); row++) {
            if (rowIndices.get(row).length == 0 && (rowLower.at(row) > ROUNDING || rowUpper.at(row) < -ROUNDING)) {
                return true;
            }
        }
        return false;
    }

    /** Indices of the variables of a row, ascending; not to be written to. */
    public int[] rowIndices(int row) {
        return rowIndices.get(row);
    }

    /** Coefficients in the order of {@link #rowIndices(int)}; not to be written to. */
    public double[] rowCoefficients(int row) {
        return rowCoefficients.get(row);
    }

    /** The matrix by rows, the form solvers take. */
    public Matrix matrix() {
        int[] starts = new int[rowCount()];
        int[] indices = new int[entryCount()];
        double[] values = new double[indices.length];
        int next = 0;
        for (int row = 0; row < rowCount(); row++) {
            starts[row] = next;
            int[] from = rowIndices.get(row);
            System.arraycopy(from, 0, indices, next, from.length);
            System.arraycopy(rowCoefficients.get(row), 0, values, next, from.length);
            next += from.length;
        }
        return new Matrix(starts, indices, values);
    }

    /** A sparse matrix by rows: row i has the entries from {@code starts[i]} to before {@code starts[i + 1]}. */
    @SuppressWarnings("ArrayRecordComponent") // handed straight to native memory, never compared
    public record Matrix(int[] starts, int[] indices, double[] values) {}

    /** A copy whose integers may be fractions, or, when values are given, are fixed at the nearest whole number. */
    public LinearModel relaxed(double @Nullable [] fixedAt) {
        LinearModel copy = copy();
        for (int i = 0; i < variableCount(); i++) {
            if (whole.get(i)) {
                copy.whole.set(i, false);
                if (fixedAt != null) {
                    double value = Math.rint(fixedAt[i]);
                    copy.lower.set(i, value);
                    copy.upper.set(i, value);
                }
            }
        }
        return copy;
    }

    /** A copy whose integers of earlier stages are fixed at the values given and of later stages may be fractions. */
    LinearModel partlyRelaxed(int[] stageOf, int stage, double[] values) {
        LinearModel copy = copy();
        for (int i = 0; i < variableCount(); i++) {
            if (whole.get(i) && stageOf[i] != stage) {
                copy.whole.set(i, false);
                if (stageOf[i] < stage) {
                    double value = Math.rint(values[i]);
                    copy.lower.set(i, value);
                    copy.upper.set(i, value);
                }
            }
        }
        return copy;
    }

    /** A copy that grows apart from this model. */
    public LinearModel copy() {
        LinearModel copy = new LinearModel();
        copy.variables.addAll(variables);
        copy.rows.addAll(rows);
        copy.lower.addAll(lower);
        copy.upper.addAll(upper);
        copy.cost.addAll(cost);
        copy.whole.or(whole);
        copy.rowLower.addAll(rowLower);
        copy.rowUpper.addAll(rowUpper);
        copy.rowIndices.addAll(rowIndices);
        copy.rowCoefficients.addAll(rowCoefficients);
        copy.offset = offset;
        return copy;
    }

    /** A list of plain doubles. */
    private static final class DoubleList {
        private double[] items = new double[64];
        private int size;

        void add(double item) {
            if (size == items.length) {
                items = Arrays.copyOf(items, size * 2);
            }
            items[size++] = item;
        }

        void addAll(DoubleList other) {
            items = Arrays.copyOf(other.items, other.items.length);
            size = other.size;
        }

        double at(int index) {
            return items[index];
        }

        void set(int index, double item) {
            items[index] = item;
        }
    }
}
