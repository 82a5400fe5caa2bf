package io.ampacity.planner.limits;

import io.ampacity.planner.model.Limit;
import io.ampacity.planner.model.PlanModel;
import io.ampacity.planner.solver.LinearSum;
import io.ampacity.planner.solver.Row;
import io.ampacity.scenario.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * No supplier but oneself is paid more than its share of all money spent over the horizon: paid(s) ≤ cap · spent. Both
 * undiscounted; energy and space count as spent and are paid to none of them.
 */
final class SupplierShareHolds implements LimitFamily {

    @Override
    public void addTo(PlanModel model) {
        @Nullable Double cap = model.market().scenario().policy().shares().supplierSpending();
        if (cap == null) {
            return;
        }
        LinearSum spent = new LinearSum();
        for (int p = 0; p < model.periods(); p++) {
            spent.plus(1, model.amounts().spent(p));
        }
        for (Supplier supplier : model.market().suppliers()) {
            if (!supplier.own()) {
                addTo(model, supplier, cap, spent);
            }
        }
    }

    private static void addTo(PlanModel model, Supplier supplier, double cap, LinearSum spent) {
        LinearSum paid = new LinearSum();
        for (int p = 0; p < model.periods(); p++) {
            paid.plus(1, model.amounts().paidTo(supplier.id(), p));
        }
        if (paid.isConstant()) {
            return;
        }
        Limit limit = new Limit(
                "policy.supplier-share-cap[" + supplier.id() + "]",
                null,
                "percentage point",
                cap * 100,
                "raise the share of spending that " + supplier.id() + " may have");
        double size = model.mode().referenceUsd();
        // Points times spending is no linear term: the slack is in points of a reference spending, and is turned into
        // points of the real one at the answer.
        LinearSum give = model.give(
                limit, 100 * model.excess(paid, 0) / size, values -> size / Math.max(1e-9, spent.value(values)));
        double fixed = give.constant();
        LinearSum scaled = new LinearSum()
                .plus(1 / size, paid)
                .plus(-(cap + fixed / 100) / size, spent)
                .plus(-0.01, give)
                .plus(0.01 * fixed);
        Row row = model.linear().atMost("share[" + supplier.id() + "]", scaled, 0);
        model.price(limit, row, values -> spent.value(values) / size / 100);
    }
}
