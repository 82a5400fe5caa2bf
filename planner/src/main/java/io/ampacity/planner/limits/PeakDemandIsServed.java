package io.ampacity.planner.limits;

import io.ampacity.planner.model.Limit;
import io.ampacity.planner.model.PlanModel;
import io.ampacity.planner.model.Use;
import io.ampacity.planner.solver.LinearSum;
import io.ampacity.scenario.Workload;

/**
 * All traffic of a serving workload goes somewhere, and no replica gets more in the busiest hour than it carries at the
 * objective.
 *
 * <pre>
 *   Σ x(i,p) = 1             the shares are the whole
 *   x(i,p) ≤ κ(i) n(i,p)     each pool carries its share of the peak
 *   Σ min(1, κ(i)) n(i,p) ≥ 1   follows from the two for whole n; cuts off fractions
 * </pre>
 */
final class PeakDemandIsServed implements LimitFamily {

    @Override
    public void addTo(PlanModel model) {
        for (Use.Serving use : model.serving()) {
            LinearSum room = LinearSum.of(1, use.share()).plus(-use.peakPerReplica(), use.replicas());
            model.linear().atMost("carried[" + use.candidate().id() + "," + use.period() + "]", room, 0);
        }
        for (Workload workload : model.market().workloads()) {
            if (workload instanceof Workload.Serving serves) {
                for (int p = 0; p < model.periods(); p++) {
                    addTo(model, serves, p);
                }
            }
        }
    }

    private static void addTo(PlanModel model, Workload.Serving workload, int period) {
        double peak = workload.traffic().peakRate(model.horizon(), period);
        if (peak <= 0) {
            return;
        }
        LinearSum shares = new LinearSum();
        LinearSum replicas = new LinearSum();
        for (Use.Serving use : model.serving(period)) {
            if (use.candidate().workload().id().equals(workload.id())) {
                shares.plus(1, use.share());
                replicas.plus(Math.min(1, use.peakPerReplica()), use.replicas());
            }
        }
        Limit limit = new Limit(
                "workloads." + workload.id() + ".traffic",
                period,
                "requests/s at peak",
                peak,
                "serve less of the peak of " + workload.id());
        LinearSum give = model.give(limit, peak);
        String name = "[" + workload.id() + "," + period + "]";
        model.linear().equal("shares" + name, shares.plus(1 / peak, give), 1);
        model.linear().atLeast("peak" + name, replicas.plus(1 / peak, give), 1);
    }
}
