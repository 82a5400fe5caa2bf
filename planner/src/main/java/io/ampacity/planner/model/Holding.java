package io.ampacity.planner.model;

import io.ampacity.planner.solver.LinearModel;
import io.ampacity.planner.solver.LinearSum;
import io.ampacity.planner.solver.Variable;
import org.jspecify.annotations.Nullable;

/**
 * How much is taken of one offer: a whole number of blocks in each period.
 *
 * <p>For a flexible offer the variable of a period counts the blocks held in it, otherwise those ordered in it; null
 * where an order would come too late to be of use. Of bought chips that can be sold, another variable counts for each order and
 * later period the blocks sold at its start.
 */
public final class Holding {

    private final Terms terms;
    private final @Nullable Variable[] blocks;
    private final @Nullable Variable[][] sold;

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
        sold = new @Nullable Variable[periods][periods];
        for (int ordered = 0; ordered < periods; ordered++) {
            addSales(model, ordered, most);
        }
    }

    private void addSales(LinearModel model, int ordered, double most) {
        Variable bought = blocks[ordered];
        LinearSum sales = new LinearSum();
        for (int p = ordered + 1; p < blocks.length; p++) {
            if (bought != null && terms.canBeSold(ordered, p)) {
                Variable sale = model.integer("sold[" + terms.id() + "," + ordered + "," + p + "]", 0, most);
                sold[ordered][p] = sale;
                sales.plus(1, sale);
            }
        }
        if (bought != null && !sales.isConstant()) {
            model.atMost("sold[" + terms.id() + "," + ordered + "]", sales.plus(-1, bought), 0);
        }
    }

    /** The blocks ordered in one period that are sold at the start of another; null where they cannot be. */
    public @Nullable Variable sold(int ordered, int period) {
        return sold[ordered][period];
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
                addSold(sum, ordered, period, factor, cost);
            }
        }
    }

    /** Takes away what of an order was sold by a period, and adds what a sale in it costs. */
    private void addSold(LinearSum sum, int ordered, int period, double factor, boolean cost) {
        for (int p = ordered + 1; p <= period; p++) {
            Variable sale = sold[ordered][p];
            if (sale != null) {
                double weight = cost ? terms.levelCost()[ordered] : 1;
                double onSale = cost && p == period ? terms.onSale()[ordered][p] : 0;
                sum.plus(factor * (onSale - weight) * terms.block(), sale);
            }
        }
    }
}
