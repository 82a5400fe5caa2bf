package io.ampacity.planner.limits;

import io.ampacity.planner.model.Limit;
import io.ampacity.planner.model.PlanModel;
import io.ampacity.planner.model.Pool;
import io.ampacity.planner.model.Use;
import io.ampacity.planner.solver.LinearSum;
import io.ampacity.planner.solver.Row;

/**
 * Nothing runs on chips that are not there.
 *
 * <pre>
 *   Σ chips n(i,p) + Σ gang y(i,p) ≤ H(g,p)                                  at the busiest hour
 *   Σ meanChips x(i,p) + Σ gang y(i,p) + Σ batchChips u(i,p) / usable ≤ H(g,p)   over all hours, with batch work
 *   chips v(i,p) + Σ gang y(i,p) ≤ H(g,p)                                    a batch replica fits in whole
 * </pre>
 */
final class ChipsAreHeld implements LimitFamily {

    @Override
    public void addTo(PlanModel model) {
        for (Pool pool : model.market().pools()) {
            for (int p = 0; p < model.periods(); p++) {
                addTo(model, pool, p);
            }
        }
    }

    private static void addTo(PlanModel model, Pool pool, int period) {
        LinearSum gangs = new LinearSum();
        for (Use.Training use : model.training()) {
            if (use.period() == period && use.candidate().pool().equals(pool)) {
                gangs.plus(use.candidate().gangChips(), use.running());
            }
        }
        LinearSum peak = new LinearSum().plus(1, gangs);
        LinearSum mean = new LinearSum().plus(1, gangs);
        for (Use.Serving use : model.serving(period)) {
            if (use.candidate().pool().equals(pool)) {
                peak.plus(use.candidate().chips(), use.replicas());
                mean.plus(use.meanChips(), use.share());
            }
        }
        LinearSum held = model.held(pool, period);
        String name = "[" + pool.id() + "," + period + "]";
        if (!peak.isConstant()) {
            Row row = model.linear().atMost("chips" + name, peak.plus(-1, held), 0);
            int owned = model.market().owned(pool, period);
            if (owned > 0) {
                Limit fleet = new Limit(
                        "fleet." + pool.site() + "." + pool.chip(),
                        period,
                        "chip",
                        owned,
                        "own more " + pool.chip() + " at " + pool.site());
                model.price(fleet, row, 1);
            }
        }
        addBatch(model, pool, period, gangs, mean, held);
    }

    private static void addBatch(
            PlanModel model, Pool pool, int period, LinearSum gangs, LinearSum mean, LinearSum held) {
        boolean any = false;
        for (Use.Batch use : model.batch()) {
            if (use.period() == period && use.candidate().pool().equals(pool)) {
                any = true;
                double busy = use.meanReplicas() * use.candidate().chips();
                mean.plus(busy / model.market().assumptions().usableValley(), use.work());
                LinearSum whole = LinearSum.of(use.candidate().chips(), use.present())
                        .plus(1, gangs)
                        .plus(-1, held);
                model.linear().atMost("whole[" + use.candidate().id() + "," + period + "]", whole, 0);
            }
        }
        if (any) {
            model.linear().atMost("valley[" + pool.id() + "," + period + "]", mean.plus(-1, held), 0);
        }
    }
}
