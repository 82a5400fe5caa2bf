package io.ampacity.planner.model;

import io.ampacity.planner.solver.LinearModel;
import io.ampacity.planner.solver.Variable;
import java.util.Map;
import java.util.TreeMap;

/**
 * The orders of commitments, one variable for each offer and period. Models of several futures share them, since an order is
 * placed before one knows which future comes.
 */
public final class Orders {

    private final Map<String, Variable> blocks = new TreeMap<>();

    /** The blocks of an offer ordered in a period; its bound grows to what any future may want. */
    Variable blocks(LinearModel model, Terms terms, int period, double most) {
        String name = "blocks[" + terms.id() + "," + period + "]";
        Variable variable = blocks.computeIfAbsent(name, absent -> model.integer(absent, 0, most));
        if (model.upper(variable.index()) < most) {
            model.widen(variable, most);
        }
        return variable;
    }
}
