package io.ampacity.planner.limits;

import io.ampacity.planner.model.Limit;
import io.ampacity.planner.model.PlanModel;
import io.ampacity.planner.model.Use;
import io.ampacity.planner.solver.LinearSum;
import io.ampacity.scenario.Workload;

/**
 * A training run ends by its deadline, on one gang at a time that is never below its useful size.
 *
 * <pre>
 *   Σ z(i,p) = 1               the whole run is done between start and deadline
 *   z(i,p) ≤ most(i) y(i,p)    a gang does what its chips can
 *   Σ y(i,p) ≤ 1 for each p    one gang at a time; it may move and change size between periods, by checkpoint
 * </pre>
 */
final class TrainingMeetsDeadline implements LimitFamily {

    @Override
    public void addTo(PlanModel model) {
        for (Use.Training use : model.training()) {
            String name = "[" + use.candidate().id() + "," + use.period() + "]";
            LinearSum room = LinearSum.of(1, use.work()).plus(-use.mostWork(), use.running());
            model.linear().atMost("trained" + name, room, 0);
        }
        for (Workload workload : model.market().workloads()) {
            if (workload instanceof Workload.Training trains) {
                addTo(model, trains);
            }
        }
    }

    private static void addTo(PlanModel model, Workload.Training workload) {
        LinearSum work = new LinearSum();
        for (int p = 0; p < model.periods(); p++) {
            LinearSum running = new LinearSum();
            for (Use.Training use : model.training()) {
                if (use.period() == p && use.candidate().workload().equals(workload)) {
                    work.plus(1, use.work());
                    running.plus(1, use.running());
                }
            }
            if (running.size() > 1) {
                model.linear().atMost("one-gang[" + workload.id() + "," + p + "]", running, 1);
            }
        }
        double billions = workload.tokens() / 1e9;
        Limit limit = new Limit(
                "workloads." + workload.id() + ".deadline",
                null,
                "billion tokens",
                billions,
                "leave part of " + workload.id() + " untrained at its deadline, or give it more time for");
        LinearSum give = model.give(limit, billions);
        model.linear().equal("trained[" + workload.id() + "]", work.plus(1 / billions, give), 1);
    }
}
