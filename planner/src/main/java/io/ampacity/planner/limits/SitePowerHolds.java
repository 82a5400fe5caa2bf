package io.ampacity.planner.limits;

import io.ampacity.planner.model.Limit;
import io.ampacity.planner.model.PlanModel;
import io.ampacity.planner.model.Project;
import io.ampacity.planner.solver.LinearSum;
import io.ampacity.planner.solver.Row;
import io.ampacity.scenario.Expansion;
import io.ampacity.scenario.Site;
import io.ampacity.units.Power;

/**
 * A site never draws more than its power envelope, even when every replica on it runs at full load, as after the loss of
 * another site: PUE · (Σ full watts n + Σ gang watts + Σ batch watts) ≤ power + Σ step of every expansion that is ready.
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
        LinearSum megawatts = model.amounts().megawatts(site, period, chip -> true);
        if (megawatts.isConstant()) {
            return;
        }
        Limit limit = new Limit(
                "sites." + site.id() + ".power", period, "MW", most / 1e6, "raise the power of site " + site.id());
        double largest = most;
        for (Project project : model.projects()) {
            Expansion expansion = project.expansion();
            if (expansion != null && expansion.site().equals(site.id())) {
                megawatts.plus(-expansion.power().watts() / 1e6, project.inUse(period));
                largest += expansion.steps() * expansion.power().watts();
            }
        }
        LinearSum give = model.give(limit, model.excess(megawatts, most / 1e6));
        // Divided by the limit, so that an edge box and a gigawatt campus are held equally exactly.
        double size = Math.max(largest / 1e6, 1e-6);
        LinearSum scaled = new LinearSum().plus(1 / size, megawatts).plus(-1 / size, give);
        Row row = model.linear().atMost("power[" + site.id() + "," + period + "]", scaled, most / 1e6 / size);
        model.price(limit, row, 1 / size);
    }
}
