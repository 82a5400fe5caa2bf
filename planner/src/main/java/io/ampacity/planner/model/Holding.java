package io.ampacity.planner.model;

import io.ampacity.planner.solver.LinearModel;
import io.ampacity.planner.solver.LinearSum;
import io.ampacity.planner.solver.Variable;
import org.jspecify.annotations.Nullable;

/**
 * How much is taken of one offer: a whole number of blocks in each period.
 *
 * <p>For a flexible offer the variable of a period counts the blocks held in it, otherwise those ordered in it; null
 * where an order would come too late to be of use.
 */
public final class Holding {

    private final Terms terms;
    private final @Nullable Variable[] blocks;

    Holding(LinearModel model, Orders orders, Terms terms, int periods, double mostChips) {
        this.terms = terms;
        blocks = new @Nullable Variable[periods];
        double most = Math.ceil(mostChips / terms.block());
        for (int p = 0; p < periods; p++) {
            if (!Double.isNaN(terms.levelCost()[p])) {
                blocks[p] = terms.flexible()
                        ? model.integer("blocks[" + terms.id() + "," + p + "]", 0, most)
                        : orders.blocks(model, terms, p, most);
            }
        }
    }

    public Terms terms() {
        return terms;
    }

    /** The variable of a period; null where an order is pointless. */
    public @Nullable Variable blocks(int period) {
        return blocks[period];
    }

    /** Adds {@code factor} × chips in use in a period to a sum. */
    public void addHeld(LinearSum sum, int period, double factor) {
        addWeighted(sum, period, factor, false);
    }

    /** Adds the cost in USD of what is in use in a period to a sum. */
    public void addCost(LinearSum sum, int period, double factor) {
        addWeighted(sum, period, factor, true);
    }

    /** Adds what is paid in USD for chips that are bought and come in a period. */
    void addPaidOnDelivery(LinearSum sum, int period) {
        int ordered = period - terms.lead();
        Variable variable = ordered < 0 || !terms.bought() ? null : blocks[ordered];
        if (variable != null) {
            sum.plus(terms.price() * terms.block(), variable);
        }
    }

    private void addWeighted(LinearSum sum, int period, double factor, boolean cost) {
        for (int ordered = 0; ordered <= period; ordered++) {
            Variable variable = blocks[ordered];
            boolean inUse = terms.flexible() ? ordered == period : terms.inUse(ordered, period);
            if (variable != null && inUse) {
                double weight = cost ? terms.levelCost()[ordered] : 1;
                sum.plus(factor * weight * terms.block(), variable);
            }
        }
    }
}
