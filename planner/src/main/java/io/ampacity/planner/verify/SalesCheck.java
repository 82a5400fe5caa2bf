package io.ampacity.planner.verify;

import io.ampacity.facts.Contract;
import io.ampacity.scenario.Plan;
import io.ampacity.scenario.Plan.Capacity;
import io.ampacity.scenario.Plan.Sale;
import io.ampacity.scenario.Resale.Point;
import io.ampacity.scenario.Scenario;
import io.ampacity.scenario.Supplier;
import io.ampacity.scenario.Supplier.SiteOffer;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Checks what is sold: that it was bought, has come, and is sold once and at its price. */
record SalesCheck(Scenario scenario, Plan plan, Findings findings) {

    void run() {
        int months = scenario.horizon().monthsPerPeriod();
        for (Sale sale : plan.sales()) {
            String where = "sales." + sale.site() + "/" + sale.supplier() + "/" + sale.chip();
            Supplier seller = scenario.suppliers().stream()
                    .filter(supplier -> supplier.id().equals(sale.supplier()))
                    .findFirst()
                    .orElse(null);
            SiteOffer offer = seller == null ? null : purchase(seller, sale);
            boolean inRange = sale.ordered() >= 0
                    && sale.period() < scenario.horizon().periods()
                    && sale.count() > 0
                    && scenario.resale().curves().containsKey(sale.chip());
            var price = offer == null ? null : offer.offer().purchasePrice();
            if (seller == null
                    || offer == null
                    || price == null
                    || !inRange
                    || !(offer.offer().contract() instanceof Contract.Purchase(int life, int lead))) {
                findings.add(where, sale.period(), "sells what cannot be bought and sold");
                continue;
            }
            int delivered = sale.ordered() + (int) Math.ceil(lead / (double) months);
            int end = delivered + Math.max(1, (int) Math.floor(life / (double) months));
            if (sale.period() <= delivered || sale.period() >= end) {
                findings.add(where, sale.period(), "is sold before it came or after its life");
            }
            double paid = price.value() * (1 - seller.discount().value());
            double share = share(scenario, sale.chip(), (sale.period() - delivered) * (double) months);
            findings.same(where, sale.period(), "proceeds in USD", sale.proceedsUsd(), sale.count() * paid * share);
            findings.same(where, sale.period(), "part of a block", sale.count() % offer.block(), 0);
            int bought = 0;
            for (Capacity line : plan.capacity()) {
                boolean same = line.period() == sale.ordered()
                        && line.site().equals(sale.site())
                        && line.supplier().equals(sale.supplier())
                        && line.chip().equals(sale.chip())
                        && line.contract().equals(sale.contract());
                bought += same ? line.added() : 0;
            }
            int sold = sold(sale.site(), sale.supplier(), sale.chip(), sale.ordered(), 0, Integer.MAX_VALUE);
            findings.atMost(where, sale.period(), "chips sold of an order", sold, bought);
        }
    }

    private static @Nullable SiteOffer purchase(Supplier seller, Sale sale) {
        return seller.offers().stream()
                .filter(each -> each.site().equals(sale.site())
                        && each.offer().chip().equals(sale.chip())
                        && each.offer().contract().id().equals(sale.contract()))
                .findFirst()
                .orElse(null);
    }

    /** Chips of an order that are sold from one period to another, both included. */
    int sold(String site, String supplier, String chip, int ordered, int first, int last) {
        int sum = 0;
        for (Sale sale : plan.sales()) {
            boolean same = sale.site().equals(site)
                    && sale.supplier().equals(supplier)
                    && sale.chip().equals(chip)
                    && sale.ordered() == ordered;
            sum += same && sale.period() >= first && sale.period() <= last ? sale.count() : 0;
        }
        return sum;
    }

    /** The share of its price that a chip brings at an age, by its curve. */
    static double share(Scenario scenario, String chip, double months) {
        List<Point> points = scenario.resale().curves().getOrDefault(chip, List.of());
        double share = points.isEmpty() ? 0 : points.getLast().share();
        for (int i = points.size() - 1; i >= 0; i--) {
            Point older = points.get(i);
            double from = i == 0 ? 0 : points.get(i - 1).ageMonths();
            double worth = i == 0 ? 1 : points.get(i - 1).share();
            if (months <= older.ageMonths()) {
                double way = (months - from) / (older.ageMonths() - from);
                share = worth * (1 - way) + older.share() * way;
            }
        }
        return share;
    }
}
