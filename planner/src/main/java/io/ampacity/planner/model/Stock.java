package io.ampacity.planner.model;

import io.ampacity.planner.solver.LinearModel;
import io.ampacity.planner.solver.LinearSum;
import io.ampacity.planner.solver.Variable;
import java.util.List;

/**
 * Chips of one seller in one pool, taken in equal blocks under whatever contracts: what work can be put on.
 *
 * <p>Work uses blocks of the stock; contracts supply them. So the search branches on what is used before it branches on
 * how that is paid for, and periods are bound together by contracts that last and nothing else.
 */
public final class Stock {

    private final List<Holding> holdings;
    private final Variable[] used;

    /** A stock supplied by holdings that have seller, pool and block in common. */
    Stock(LinearModel model, String name, List<Holding> holdings, int periods, double mostChips) {
        this.holdings = List.copyOf(holdings);
        used = new Variable[periods];
        double most = Math.ceil(mostChips / block());
        for (int p = 0; p < periods; p++) {
            used[p] = model.integer("used[" + name + "," + p + "]", 0, most);
            LinearSum supplied = new LinearSum();
            for (Holding holding : holdings) {
                holding.addHeld(supplied, p, 1.0 / block());
            }
            model.atMost(
                    "supplied[" + name + "," + p + "]", LinearSum.of(1, used[p]).plus(-1, supplied), 0);
        }
    }

    public String supplier() {
        return holdings.getFirst().terms().supplier();
    }

    public Pool pool() {
        return holdings.getFirst().terms().pool();
    }

    public int block() {
        return holdings.getFirst().terms().block();
    }

    /** Blocks that work is put on in a period, at most those that are held. */
    public Variable used(int period) {
        return used[period];
    }
}
