package io.ampacity.planner.limits;

import io.ampacity.planner.model.Amounts;
import io.ampacity.planner.model.Limit;
import io.ampacity.planner.model.PlanModel;
import io.ampacity.planner.solver.LinearSum;
import io.ampacity.planner.solver.Row;
import io.ampacity.scenario.Budget;
import io.ampacity.scenario.Policy;
import io.ampacity.units.Money;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/**
 * Money stays within its budgets, in every period and over the horizon, undiscounted; the price of carbon is no spending.
 *
 * <p>The budget of all money counts what is bought in the periods it is used in, as the cost that is minimised does. That of
 * capital counts its whole price when it comes, and that of operations counts all that is not capital.
 */
final class BudgetHolds implements LimitFamily {

    @Override
    public void addTo(PlanModel model) {
        Policy policy = model.market().scenario().policy();
        Amounts amounts = model.amounts();
        addTo(model, "budget", policy.budget(), amounts::spent);
        addTo(model, "capital-budget", policy.capital(), amounts::capital);
        addTo(model, "operating-budget", policy.operating(), amounts::operating);
    }

    private static void addTo(PlanModel model, String kind, Budget budget, IntFunction<LinearSum> paid) {
        if (budget.isUnlimited()) {
            return;
        }
        Money perPeriod = budget.perPeriod();
        LinearSum all = new LinearSum();
        for (int p = 0; p < model.periods(); p++) {
            LinearSum now = paid.apply(p);
            all.plus(1, now);
            if (perPeriod != null) {
                addTo(model, kind, p, now, perPeriod.usd());
            }
        }
        Money total = budget.total();
        if (total != null) {
            addTo(model, kind, null, all, total.usd());
        }
    }

    private static void addTo(PlanModel model, String kind, @Nullable Integer period, LinearSum paid, double usd) {
        String name = "policy." + kind + (period == null ? "-total" : "-per-period");
        Limit limit = new Limit(name, period, "USD", usd, "raise the " + kind.replace('-', ' '));
        double size = Math.max(usd, 1);
        LinearSum give = model.give(limit, model.excess(paid, usd));
        LinearSum scaled = new LinearSum().plus(1 / size, paid).plus(-1 / size, give);
        String row = kind + "[" + (period == null ? "total" : period.toString()) + "]";
        Row added = model.linear().atMost(row, scaled, usd / size);
        model.price(limit, added, 1 / size);
    }
}
