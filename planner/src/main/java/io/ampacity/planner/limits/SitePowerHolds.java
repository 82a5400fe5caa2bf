package io.ampacity.planner.limits;

import io.ampacity.planner.model.Limit;
import io.ampacity.planner.model.PlanModel;
import io.ampacity.planner.model.Use;
import io.ampacity.planner.solver.LinearSum;
import io.ampacity.planner.solver.Row;
import io.ampacity.scenario.Site;
import io.ampacity.units.Power;

/**
 * A site never draws more than its power envelope, even when every replica on it runs at full load, as after the loss of
 * another site: PUE · (Σ full watts n + Σ gang watts + Σ batch watts) ≤ power.
 */
final class SitePowerHolds implements LimitFamily {

    @Override
    public void addTo(PlanModel model) {
        for (Site site : model.market().sites()) {
            Power power = site.power();
            if (power != null) {
                for (int p = 0; p < model.periods(); p++) {
                    addTo(model, site, power.watts(), p);
                }
            }
        }
    }

    private static void addTo(PlanModel model, Site site, double most, int period) {
        double factor = site.pue() / 1e6;
        LinearSum megawatts = new LinearSum();
        for (Use.Serving use : model.serving(period)) {
            if (use.candidate().pool().site().equals(site.id())) {
                megawatts.plus(factor * use.candidate().numbers().fullWatts(), use.replicas());
            }
        }
        for (Use.Training use : model.training()) {
            if (use.period() == period && use.candidate().pool().site().equals(site.id())) {
                double watts = use.candidate().numbers().wattsPerChip()
                        * use.candidate().gangChips();
                megawatts.plus(factor * watts, use.running());
            }
        }
        double valley = model.market().assumptions().usableValley();
        for (Use.Batch use : model.batch()) {
            if (use.period() == period && use.candidate().pool().site().equals(site.id())) {
                megawatts.plus(factor * use.candidate().numbers().watts() * use.meanReplicas() / valley, use.work());
            }
        }
        if (megawatts.isConstant()) {
            return;
        }
        Limit limit = new Limit(
                "sites." + site.id() + ".power", period, "MW", most / 1e6, "raise the power of site " + site.id());
        LinearSum give = model.give(limit, model.excess(megawatts, most / 1e6));
        // Divided by the limit, so that an edge box and a gigawatt campus are held equally exactly.
        double size = Math.max(most / 1e6, 1e-6);
        LinearSum scaled = new LinearSum().plus(1 / size, megawatts).plus(-1 / size, give);
        Row row = model.linear().atMost("power[" + site.id() + "," + period + "]", scaled, most / 1e6 / size);
        model.price(limit, row, 1 / size);
    }
}
