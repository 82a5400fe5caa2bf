package io.ampacity.planner.pareto;

import io.ampacity.planner.Aim;
import io.ampacity.planner.model.JointModel;
import io.ampacity.planner.model.PlanModel;
import io.ampacity.planner.model.Pool;
import io.ampacity.planner.model.Use;
import io.ampacity.planner.solver.LinearModel;
import io.ampacity.planner.solver.LinearSum;
import io.ampacity.planner.solver.Variable;
import io.ampacity.scenario.Supplier;
import io.ampacity.scenario.Workload;

/**
 * What is minimised for a plan that is best in one respect, in the worst of its futures.
 *
 * @param reached how bad the best plan so far is; of {@link Respect#CONCENTRATION} Dinkelbach's λ
 * @param usd what that plan costs; rows about money are counted in it, so that numbers stay near 1
 */
record LeastBad(Respect respect, double reached, double usd) implements Aim {

    @Override
    public LinearSum of(JointModel model) {
        LinearModel linear = model.linear();
        double upper = respect == Respect.RESILIENCE ? 1 : Double.POSITIVE_INFINITY;
        double lower = respect == Respect.CONCENTRATION ? Double.NEGATIVE_INFINITY : 0;
        Variable worst = linear.continuous("worst", lower, upper);
        for (JointModel.Part part : model.parts()) {
            switch (respect) {
                case CARBON -> carbon(part.model(), worst);
                case CONCENTRATION -> concentration(part.model(), worst);
                case RESILIENCE -> resilience(part.model(), worst);
            }
        }
        return LinearSum.of(1, worst);
    }

    private void carbon(PlanModel model, Variable worst) {
        LinearSum grams = new LinearSum();
        for (int p = 0; p < model.periods(); p++) {
            grams.plus(1, model.amounts().carbon(p));
        }
        // In parts of what the best plan so far emits, so that numbers stay near 1.
        double size = 1000 * Math.max(reached, 1e-3);
        model.linear()
                .atMost("carbon-by-worst", new LinearSum().plus(1 / size, grams).plus(-1, worst), 0);
    }

    private void concentration(PlanModel model, Variable worst) {
        double size = Math.max(1, usd);
        LinearSum spent = new LinearSum();
        for (int p = 0; p < model.periods(); p++) {
            spent.plus(1, model.amounts().spent(p));
        }
        for (Supplier supplier : model.market().suppliers()) {
            if (!supplier.own()) {
                LinearSum above = new LinearSum().plus(-reached / size, spent).plus(-1, worst);
                for (int p = 0; p < model.periods(); p++) {
                    above.plus(1 / size, model.amounts().paidTo(supplier.id(), p));
                }
                model.linear().atMost("share-by-worst[" + supplier.id() + "]", above, 0);
            }
        }
    }

    private static void resilience(PlanModel model, Variable worst) {
        for (Supplier supplier : model.market().suppliers()) {
            for (Workload workload : model.market().workloads()) {
                for (int p = 0; !supplier.own() && workload instanceof Workload.Serving && p < model.periods(); p++) {
                    LinearSum remaining = LinearSum.of(1, worst);
                    boolean hit = false;
                    for (Use.Serving use : model.serving(p)) {
                        if (use.candidate().workload().id().equals(workload.id())) {
                            boolean lost = isOf(supplier.id(), use.candidate().pool(), model);
                            hit |= lost;
                            remaining.plus(lost ? 0 : Math.min(1, use.peakPerReplica()), use.replicas());
                        }
                    }
                    if (hit) {
                        String name = "kept[" + supplier.id() + "," + workload.id() + "," + p + "]";
                        model.linear().atLeast(name, remaining, 1);
                    }
                }
            }
        }
    }

    private static boolean isOf(String supplier, Pool pool, PlanModel model) {
        return pool.operator().equals(supplier)
                || model.market().site(pool.site()).supplier().equals(supplier);
    }
}
