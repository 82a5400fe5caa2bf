package io.ampacity.planner.limits;

import io.ampacity.planner.model.Limit;
import io.ampacity.planner.model.PlanModel;
import io.ampacity.planner.solver.LinearSum;
import io.ampacity.planner.solver.Row;
import io.ampacity.scenario.Policy;
import io.ampacity.units.Carbon;
import org.jspecify.annotations.Nullable;

/** Greenhouse gas of the energy used stays within its limits, in every period and over the horizon. */
final class CarbonHolds implements LimitFamily {

    private static final double GRAMS_PER_TONNE = 1e6;

    @Override
    public void addTo(PlanModel model) {
        Policy policy = model.market().scenario().policy();
        Carbon perPeriod = policy.carbon().perPeriod();
        LinearSum all = new LinearSum();
        for (int p = 0; p < model.periods(); p++) {
            LinearSum grams = model.amounts().carbon(p);
            all.plus(1, grams);
            if (perPeriod != null) {
                addTo(model, "policy.carbon-per-period", p, grams, perPeriod.grams());
            }
        }
        Carbon total = policy.carbon().total();
        if (total != null) {
            addTo(model, "policy.carbon-total", null, all, total.grams());
        }
    }

    private static void addTo(PlanModel model, String name, @Nullable Integer period, LinearSum grams, double most) {
        double tonnes = most / GRAMS_PER_TONNE;
        Limit limit = new Limit(name, period, "tCO2e", tonnes, "raise the carbon limit");
        double size = Math.max(tonnes, 1e-3);
        LinearSum give = model.give(limit, model.excess(grams, most) / GRAMS_PER_TONNE);
        LinearSum scaled =
                new LinearSum().plus(1 / (GRAMS_PER_TONNE * size), grams).plus(-1 / size, give);
        String row = "carbon[" + (period == null ? "total" : period.toString()) + "]";
        Row added = model.linear().atMost(row, scaled, tonnes / size);
        model.price(limit, added, 1 / size);
    }
}
