package io.ampacity.planner.limits;

import io.ampacity.planner.model.Limit;
import io.ampacity.planner.model.PlanModel;
import io.ampacity.planner.model.Use;
import io.ampacity.planner.solver.LinearSum;
import io.ampacity.scenario.Workload;

/**
 * Batch work of a period is done in that period, on chips that serving does not need at the hour.
 *
 * <pre>
 *   Σ u(i,p) = 1
 *   u(i,p) ≤ v(i,p)        a pool that takes part holds a whole replica, see {@link ChipsAreHeld}
 * </pre>
 */
final class BatchIsFinished implements LimitFamily {

    @Override
    public void addTo(PlanModel model) {
        for (Use.Batch use : model.batch()) {
            String name = "[" + use.candidate().id() + "," + use.period() + "]";
            model.linear().atMost("taken" + name, LinearSum.of(1, use.work()).plus(-1, use.present()), 0);
        }
        for (Workload workload : model.market().workloads()) {
            if (workload instanceof Workload.Batch works && works.outputTokensPerPeriod() > 0) {
                for (int p = 0; p < model.periods(); p++) {
                    addTo(model, works, p);
                }
            }
        }
    }

    private static void addTo(PlanModel model, Workload.Batch workload, int period) {
        LinearSum work = new LinearSum();
        for (Use.Batch use : model.batch()) {
            if (use.period() == period && use.candidate().workload().equals(workload)) {
                work.plus(1, use.work());
            }
        }
        double growth =
                Math.pow(1 + workload.growthPerYear(), period * model.horizon().monthsPerPeriod() / 12.0);
        double millions = workload.outputTokensPerPeriod() * growth / 1e6;
        Limit limit = new Limit(
                "workloads." + workload.id() + ".output-tokens-per-period",
                period,
                "million tokens",
                millions,
                "leave part of the batch " + workload.id() + " undone");
        LinearSum give = model.give(limit, millions);
        model.linear().equal("batch[" + workload.id() + "," + period + "]", work.plus(1 / millions, give), 1);
    }
}
