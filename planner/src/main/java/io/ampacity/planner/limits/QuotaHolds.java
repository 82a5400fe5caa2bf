package io.ampacity.planner.limits;

import io.ampacity.planner.model.Holding;
import io.ampacity.planner.model.Limit;
import io.ampacity.planner.model.PlanModel;
import io.ampacity.planner.model.Stock;
import io.ampacity.planner.model.Terms;
import io.ampacity.planner.solver.LinearSum;
import io.ampacity.planner.solver.Row;
import io.ampacity.scenario.Supplier;
import io.ampacity.scenario.Supplier.Quota;
import java.util.Comparator;
import java.util.Map;
import java.util.TreeMap;

/** No supplier is asked for more chips than it gives: Σ H over its offers that a quota is about ≤ quota. */
final class QuotaHolds implements LimitFamily {

    private record About(String chip, String site) {}

    private static final Comparator<About> ORDER =
            Comparator.comparing(About::chip).thenComparing(About::site);
    private static final String ALL = "";

    @Override
    public void addTo(PlanModel model) {
        for (Supplier supplier : model.market().suppliers()) {
            for (int p = 0; p < model.periods(); p++) {
                for (Map.Entry<About, Quota> entry : inForce(supplier, p).entrySet()) {
                    addTo(model, supplier, entry.getKey(), entry.getValue(), p);
                }
            }
        }
    }

    /** The quota that holds in a period for each chip and site: the latest started; of two that start together the smaller. */
    private static Map<About, Quota> inForce(Supplier supplier, int period) {
        Map<About, Quota> latest = new TreeMap<>(ORDER);
        for (Quota quota : supplier.quotas()) {
            if (quota.fromPeriod() <= period) {
                String chip = quota.chip();
                String site = quota.site();
                latest.merge(new About(chip == null ? ALL : chip, site == null ? ALL : site), quota, (a, b) -> {
                    if (a.fromPeriod() != b.fromPeriod()) {
                        return a.fromPeriod() > b.fromPeriod() ? a : b;
                    }
                    return a.chips() <= b.chips() ? a : b;
                });
            }
        }
        return latest;
    }

    private static void addTo(PlanModel model, Supplier supplier, About about, Quota quota, int period) {
        LinearSum held = new LinearSum();
        for (Holding holding : model.holdings()) {
            Terms terms = holding.terms();
            if (terms.supplier().equals(supplier.id())
                    && (about.chip.equals(ALL) || about.chip.equals(terms.pool().chip()))
                    && (about.site.equals(ALL) || about.site.equals(terms.pool().site()))) {
                holding.addHeld(held, period, 1);
            }
        }
        if (held.isConstant()) {
            return;
        }
        // The same for the blocks that work uses: it follows, and is tighter where blocks are fractions.
        LinearSum used = new LinearSum();
        for (Stock stock : model.stocks()) {
            if (stock.supplier().equals(supplier.id())
                    && (about.chip.equals(ALL) || about.chip.equals(stock.pool().chip()))
                    && (about.site.equals(ALL) || about.site.equals(stock.pool().site()))) {
                used.plus(stock.block(), stock.used(period));
            }
        }
        String what =
                (about.chip.equals(ALL) ? "" : " " + about.chip) + (about.site.equals(ALL) ? "" : " at " + about.site);
        Limit limit = new Limit(
                "suppliers." + supplier.id() + ".quotas["
                        + (about.chip.equals(ALL) ? "*" : about.chip) + ","
                        + (about.site.equals(ALL) ? "*" : about.site) + "]",
                period,
                "chip",
                quota.chips(),
                "raise the quota of " + supplier.id() + (what.isEmpty() ? "" : " for" + what));
        LinearSum give = model.give(limit, model.excess(held, quota.chips()));
        Row usedRow = model.linear()
                .atMost("quota-used[" + limit.name() + "," + period + "]", used.plus(-1, give), quota.chips());
        Row row =
                model.linear().atMost("quota[" + limit.name() + "," + period + "]", held.plus(-1, give), quota.chips());
        model.price(limit, row, 1);
        model.price(limit, usedRow, 1);
    }
}
