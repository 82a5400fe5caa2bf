package io.ampacity.planner.limits;

import io.ampacity.planner.model.Limit;
import io.ampacity.planner.model.PlanModel;
import io.ampacity.planner.solver.LinearSum;
import io.ampacity.planner.solver.Row;
import io.ampacity.scenario.Policy;
import io.ampacity.units.Money;
import org.jspecify.annotations.Nullable;

/**
 * Money spent stays within the budget, in every period and over the horizon. Capacity and energy count, undiscounted;
 * commitments count in the periods they are used in; the price of carbon is no spending.
 */
final class BudgetHolds implements LimitFamily {

    @Override
    public void addTo(PlanModel model) {
        Policy policy = model.market().scenario().policy();
        Money perPeriod = policy.budget().perPeriod();
        LinearSum all = new LinearSum();
        for (int p = 0; p < model.periods(); p++) {
            LinearSum spent = model.amounts().spent(p);
            all.plus(1, spent);
            if (perPeriod != null) {
                addTo(model, "policy.budget-per-period", p, spent, perPeriod.usd());
            }
        }
        Money total = policy.budget().total();
        if (total != null) {
            addTo(model, "policy.budget-total", null, all, total.usd());
        }
    }

    private static void addTo(PlanModel model, String name, @Nullable Integer period, LinearSum spent, double usd) {
        Limit limit = new Limit(name, period, "USD", usd, "raise the budget");
        double size = Math.max(usd, 1);
        LinearSum give = model.give(limit, model.excess(spent, usd));
        LinearSum scaled = new LinearSum().plus(1 / size, spent).plus(-1 / size, give);
        String row = "budget[" + (period == null ? "total" : period.toString()) + "]";
        Row added = model.linear().atMost(row, scaled, usd / size);
        model.price(limit, added, 1 / size);
    }
}
