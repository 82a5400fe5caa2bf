package io.ampacity.planner.model;

import io.ampacity.planner.solver.LinearModel;
import io.ampacity.planner.solver.Variable;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * The orders of commitments, one variable for each offer and period, and the starts of projects. Models of several futures share them, since an order is
 * placed before one knows which future comes.
 */
public final class Orders {

    private final Map<String, Variable> blocks = new TreeMap<>();
    private final Set<String> rows = new HashSet<>();

    /** The blocks of an offer ordered in a period; its bound grows to what any future may want. */
    Variable blocks(LinearModel model, Terms terms, int period, double most) {
        return decision(model, "blocks[" + terms.id() + "," + period + "]", most);
    }

    /** A whole number from 0 to {@code most} that is the same in every future. */
    Variable decision(LinearModel model, String name, double most) {
        Variable variable = blocks.computeIfAbsent(name, absent -> model.integer(absent, 0, most));
        if (model.upper(variable.index()) < most) {
            model.widen(variable, most);
        }
        return variable;
    }

    /** Whether this is the first part of a model to ask; rows about orders alone are added once. */
    boolean isFirst(String what) {
        return rows.add(what);
    }
}
