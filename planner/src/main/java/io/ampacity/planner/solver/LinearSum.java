package io.ampacity.planner.solver;

import java.util.Arrays;
import java.util.function.ObjDoubleConsumer;
import org.jspecify.annotations.Nullable;

/**
 * A growing sum Σ coefficient · variable + constant. A variable added twice has its coefficients added.
 *
 * <p>Terms are only noted as they come, and put in the order of their variables, equal ones added up in the order they came,
 * when they are first looked at: most sums are looked at once, and large models are made of millions of them.
 */
public final class LinearSum {

    private @Nullable Variable[] variables = new @Nullable Variable[8];
    private double[] coefficients = new double[8];
    private int size;
    private boolean ordered = true;
    private double constant;

    public static LinearSum of(double coefficient, Variable variable) {
        return new LinearSum().plus(coefficient, variable);
    }

    public LinearSum plus(double coefficient, Variable variable) {
        if (!Double.isFinite(coefficient)) {
            throw new IllegalArgumentException("the coefficient of " + variable.name() + " is " + coefficient);
        }
        if (coefficient != 0) {
            if (size == coefficients.length) {
                variables = Arrays.copyOf(variables, size * 2);
                coefficients = Arrays.copyOf(coefficients, size * 2);
            }
            ordered &= size == 0 || variable(size - 1).index() < variable.index();
            variables[size] = variable;
            coefficients[size++] = coefficient;
        }
        return this;
    }

    public LinearSum plus(double amount) {
        if (!Double.isFinite(amount)) {
            throw new IllegalArgumentException("a constant of a sum is " + amount);
        }
        constant += amount;
        return this;
    }

    /** Adds {@code factor} times another sum. */
    public LinearSum plus(double factor, LinearSum other) {
        other.order();
        int count = other.size; // the other may be this one
        for (int i = 0; i < count; i++) {
            plus(factor * other.coefficients[i], other.variable(i));
        }
        return plus(factor * other.constant);
    }

    public double constant() {
        return constant;
    }

    /** Whether no variable is in it. */
    public boolean isConstant() {
        return size == 0;
    }

    public int size() {
        order();
        return size;
    }

    /** Visits the terms in the order of their variables. */
    public void forEach(ObjDoubleConsumer<Variable> visitor) {
        order();
        for (int i = 0; i < size; i++) {
            visitor.accept(variable(i), coefficients[i]);
        }
    }

    /** Its amount when the variables take these values. */
    public double value(double[] values) {
        order();
        double sum = constant;
        for (int i = 0; i < size; i++) {
            sum += coefficients[i] * values[variable(i).index()];
        }
        return sum;
    }

    private Variable variable(int i) {
        Variable variable = variables[i];
        if (variable == null) {
            throw new IllegalStateException("term " + i + " of " + size + " is missing");
        }
        return variable;
    }

    /** Sorts by variable and adds equal ones up; the order of arrival breaks ties, so sums never depend on the sort. */
    private void order() {
        if (ordered) {
            return;
        }
        long[] keys = new long[size];
        for (int i = 0; i < size; i++) {
            keys[i] = (long) variable(i).index() << 32 | i;
        }
        Arrays.sort(keys);
        @Nullable Variable[] sortedVariables = new @Nullable Variable[size];
        double[] sortedCoefficients = new double[size];
        int last = -1;
        long lastIndex = -1;
        for (long key : keys) {
            int from = (int) key;
            if (key >>> 32 == lastIndex) {
                sortedCoefficients[last] += coefficients[from];
            } else {
                last++;
                lastIndex = key >>> 32;
                sortedVariables[last] = variables[from];
                sortedCoefficients[last] = coefficients[from];
            }
        }
        variables = sortedVariables;
        coefficients = sortedCoefficients;
        size = last + 1;
        ordered = true;
    }
}
