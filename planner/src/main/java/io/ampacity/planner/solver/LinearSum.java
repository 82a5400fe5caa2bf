package io.ampacity.planner.solver;

import java.util.TreeMap;
import java.util.function.ObjDoubleConsumer;

/** A growing sum Σ coefficient · variable + constant. A variable added twice has its coefficients added. */
public final class LinearSum {

    private final TreeMap<Integer, Term> terms = new TreeMap<>();
    private double constant;

    private record Term(Variable variable, double coefficient) {}

    public static LinearSum of(double coefficient, Variable variable) {
        return new LinearSum().plus(coefficient, variable);
    }

    public LinearSum plus(double coefficient, Variable variable) {
        if (!Double.isFinite(coefficient)) {
            throw new IllegalArgumentException("the coefficient of " + variable.name() + " is " + coefficient);
        }
        if (coefficient != 0) {
            terms.merge(
                    variable.index(),
                    new Term(variable, coefficient),
                    (a, b) -> new Term(variable, a.coefficient + b.coefficient));
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
        other.forEach((variable, coefficient) -> plus(factor * coefficient, variable));
        return plus(factor * other.constant);
    }

    public double constant() {
        return constant;
    }

    /** Whether no variable is in it. */
    public boolean isConstant() {
        return terms.isEmpty();
    }

    public int size() {
        return terms.size();
    }

    /** Visits the terms in the order of their variables. */
    public void forEach(ObjDoubleConsumer<Variable> visitor) {
        for (Term term : terms.values()) {
            visitor.accept(term.variable, term.coefficient);
        }
    }

    /** Its amount when the variables take these values. */
    public double value(double[] values) {
        double sum = constant;
        for (Term term : terms.values()) {
            sum += term.coefficient * values[term.variable.index()];
        }
        return sum;
    }
}
