package io.ampacity.planner.model;

import io.ampacity.planner.solver.LinearSum;
import io.ampacity.units.CarbonPrice;

/** What is minimised: Σ δ(p) · (capacity + projects + energy + data + carbon price), in today's USD. */
public final class Costs {

    private static final double GRAMS_PER_TONNE = 1e6;

    private Costs() {}

    /** Adds the objective to a model. */
    public static void addTo(PlanModel model) {
        model.linear().minimise(of(model));
    }

    /** The discounted cost as a sum of the model's variables. */
    public static LinearSum of(PlanModel model) {
        LinearSum cost = new LinearSum();
        double perGram = carbonUsdPerGram(model.market());
        for (int p = 0; p < model.periods(); p++) {
            double factor = model.horizon().discountFactor(p);
            cost.plus(factor, model.amounts().spent(p));
            if (perGram > 0) {
                cost.plus(factor * perGram, model.amounts().carbon(p));
            }
        }
        return cost;
    }

    static double carbonUsdPerGram(Market market) {
        CarbonPrice price = market.scenario().policy().carbon().price();
        return price == null ? 0 : price.usdPerTonne() / GRAMS_PER_TONNE;
    }
}
