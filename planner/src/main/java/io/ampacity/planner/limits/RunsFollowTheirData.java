package io.ampacity.planner.limits;

import io.ampacity.planner.model.PlanModel;
import io.ampacity.planner.model.Transfers;
import io.ampacity.planner.model.Transfers.Run;
import io.ampacity.planner.model.Use;
import io.ampacity.planner.solver.LinearModel;
import io.ampacity.planner.solver.LinearSum;
import io.ampacity.planner.solver.Variable;

/** A run trains where its data has come to, and goes on where its checkpoint is; see {@link Transfers} for the rows. */
final class RunsFollowTheirData implements LimitFamily {

    /** A gang that runs does at least this part of what it could, so that running is more than a word. */
    private static final double LEAST_WORK = 1e-4;

    @Override
    public void addTo(PlanModel model) {
        for (Run run : model.transfers().runs()) {
            for (String site : run.sites()) {
                addData(model, run, site);
            }
            for (int p = 1; p < model.periods(); p++) {
                addCheckpoint(model.linear(), run, p);
            }
            for (Use.Training use : model.training()) {
                if (use.candidate().workload().equals(run.workload())) {
                    LinearSum idle = LinearSum.of(LEAST_WORK * use.mostWork(), use.running())
                            .plus(-1, use.work());
                    model.linear().atMost("works[" + use.candidate().id() + "," + use.period() + "]", idle, 0);
                }
            }
        }
    }

    private static String name(Run run, String site, int period) {
        return "[" + run.workload().id() + "," + site + "," + period + "]";
    }

    private static void addData(PlanModel model, Run run, String site) {
        LinearModel linear = model.linear();
        LinearSum come = new LinearSum();
        for (int p = 0; p < model.periods(); p++) {
            LinearSum here = run.here(site, p);
            Variable comes = run.data(site, p);
            come.plus(1, comes);
            linear.atMost("comes" + name(run, site, p), LinearSum.of(1, comes).plus(-1, here), 0);
            if (!here.isConstant()) {
                linear.atMost(
                        "data" + name(run, site, p),
                        new LinearSum().plus(1, here).plus(-1, come),
                        0);
            }
        }
        linear.atMost("once[" + run.workload().id() + "," + site + "]", come, 1);
    }

    private static void addCheckpoint(LinearModel linear, Run run, int period) {
        LinearSum all = new LinearSum();
        for (String site : run.sites()) {
            LinearSum here = run.here(site, period);
            LinearSum come = new LinearSum();
            LinearSum go = new LinearSum();
            for (String other : run.sites()) {
                Variable comes = run.goes(other, site, period);
                come.plus(1, comes);
                go.plus(1, run.goes(site, other, period));
                all.plus(1, comes);
                if (!other.equals(site)) {
                    String name = "[" + other + "]" + name(run, site, period);
                    linear.atMost("moves" + name, LinearSum.of(1, comes).plus(-1, here), 0);
                    LinearSum leaves = LinearSum.of(1, comes);
                    for (int before = 0; before < period; before++) {
                        leaves.plus(-1, run.here(other, before));
                    }
                    linear.atMost("leaves" + name, leaves, 0);
                }
            }
            String name = name(run, site, period);
            linear.atMost("checkpoint" + name, new LinearSum().plus(1, here).plus(-1, come), 0);
            if (period == 1) {
                // Before the first period the checkpoint is nowhere, and so wherever it is wanted.
                LinearSum was = run.here(site, 0);
                linear.atMost("begins" + name, new LinearSum().plus(1, was).plus(-1, go), 0);
            } else {
                LinearSum kept = new LinearSum();
                run.sites().forEach(from -> kept.plus(1, run.goes(from, site, period - 1)));
                linear.equal("kept" + name, go.plus(-1, kept), 0);
            }
        }
        linear.equal("one[" + run.workload().id() + "," + period + "]", all, 1);
    }
}
