package io.ampacity.planner.model;

import io.ampacity.planner.solver.LinearModel;
import io.ampacity.planner.solver.Variable;
import io.ampacity.scenario.Programme;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * The orders of commitments, one variable for each offer and period, and the starts of projects. Models of several futures
 * share them, since an order is placed before one knows which future comes; those of periods in which one knows are each
 * future's own. From the first period in which it can have shown itself that a programme fails, futures in which it does have
 * orders of offers of their own, which {@code FailuresBecomeKnown} binds to the others' until it has.
 */
public final class Orders {

    private final Map<String, Variable> variables;
    private final Set<String> rows;
    private final String future;
    private final int knownFrom;
    private final String failing;
    private final int failingFrom;

    /** Orders of a model, none yet, that are the same in all futures. */
    public Orders() {
        this(new TreeMap<>(), new HashSet<>(), "", Integer.MAX_VALUE, "", Integer.MAX_VALUE);
    }

    private Orders(
            Map<String, Variable> variables,
            Set<String> rows,
            String future,
            int knownFrom,
            String failing,
            int failingFrom) {
        this.variables = variables;
        this.rows = rows;
        this.future = future;
        this.knownFrom = knownFrom;
        this.failing = failing;
        this.failingFrom = failingFrom;
    }

    /**
     * The same orders as a future sees them that is known from a period on.
     *
     * @param failures which programmes fail in it; empty for none
     * @param failuresFrom the first period in which that can be known
     */
    Orders in(String name, int known, String failures, int failuresFrom) {
        return new Orders(variables, rows, name, known, failures, failuresFrom);
    }

    /** The blocks of an offer ordered in a period; its bound grows to what any future may want. */
    Variable blocks(LinearModel model, Terms terms, int period, double most) {
        boolean own = !failing.isEmpty() && period >= failingFrom && Programme.idOf(terms.contract()) == null;
        String name = "blocks[" + terms.id() + "," + period + "]";
        return decision(model, own ? name + "~" + failing : name, period, most);
    }

    /** A whole number from 0 to {@code most} that is decided in a period. */
    Variable decision(LinearModel model, String name, int period, double most) {
        String full = period < knownFrom ? name : name + "@" + future;
        Variable variable = variables.computeIfAbsent(full, absent -> model.integer(absent, 0, most));
        if (model.upper(variable.index()) < most) {
            model.widen(variable, most);
        }
        return variable;
    }

    /** Whether this is the first part of a model to ask; rows about shared orders alone are added once. */
    boolean isFirst(String what) {
        return rows.add(knownFrom == Integer.MAX_VALUE ? what : what + "@" + future);
    }
}
