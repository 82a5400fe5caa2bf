package io.ampacity.planner.limits;

import io.ampacity.facts.ChipPart;
import io.ampacity.facts.Making;
import io.ampacity.planner.coefficients.PlannerException;
import io.ampacity.planner.model.Limit;
import io.ampacity.planner.model.Market;
import io.ampacity.planner.model.PlanModel;
import io.ampacity.planner.solver.LinearSum;
import io.ampacity.planner.solver.Row;
import io.ampacity.scenario.ShareCaps;
import io.ampacity.scenario.ShareCaps.PartCap;
import io.ampacity.scenario.ShareCaps.ShareOf;
import io.ampacity.scenario.Supplier;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Nobody holds more than a share of a whole, over the horizon: part(s) ≤ cap · whole.
 *
 * <p>The whole is all money spent, undiscounted (energy and space count, and are paid to no supplier), or all compute held,
 * each chip by its dense BF16 peak. The part is what a supplier is paid, what is rented from it, or what rests on chips of
 * which one maker alone makes a part.
 */
final class SharesHold implements LimitFamily {

    @Override
    public void addTo(PlanModel model) {
        ShareCaps caps = model.market().scenario().policy().shares();
        if (caps.equals(ShareCaps.NONE)) {
            return;
        }
        LinearSum spent = new LinearSum();
        for (int p = 0; p < model.periods(); p++) {
            spent.plus(1, model.amounts().spent(p));
        }
        LinearSum compute = caps.countCompute() ? model.amounts().compute(chip -> true) : new LinearSum();
        Double spending = caps.supplierSpending();
        Double rented = caps.supplierCompute();
        for (Supplier supplier : model.market().suppliers()) {
            if (!supplier.own() && spending != null) {
                Limit limit = limit(
                        "policy.supplier-share-cap[" + supplier.id() + "]",
                        spending,
                        "raise the share of spending that " + supplier.id() + " may have");
                addTo(
                        model,
                        limit,
                        spending,
                        paidTo(model, supplier),
                        spent,
                        model.mode().referenceUsd());
            }
            if (!supplier.own() && rented != null) {
                Limit limit = limit(
                        "policy.supplier-compute-cap[" + supplier.id() + "]",
                        rented,
                        "raise the share of compute that " + supplier.id() + " may have");
                LinearSum part = model.amounts().computeRentedFrom(supplier.id());
                addTo(model, limit, rented, part, compute, size(model, compute));
            }
        }
        caps.parts().forEach(cap -> addTo(model, cap, spent, compute));
    }

    private static LinearSum paidTo(PlanModel model, Supplier supplier) {
        LinearSum paid = new LinearSum();
        for (int p = 0; p < model.periods(); p++) {
            paid.plus(1, model.amounts().paidTo(supplier.id(), p));
        }
        return paid;
    }

    private static void addTo(PlanModel model, PartCap cap, LinearSum spent, LinearSum compute) {
        for (String maker : makers(model.market(), cap)) {
            Limit limit = limit(
                    cap.path(maker),
                    cap.cap(),
                    "raise the share of " + cap.of().word() + " that may rest on "
                            + cap.part().id() + " by " + maker);
            Predicate<String> rests = chip ->
                    maker.equals(making(model.market(), chip, cap.part()).onlyMaker());
            if (cap.of() == ShareOf.SPENDING) {
                LinearSum paid = model.amounts().paidFor(rests);
                addTo(model, limit, cap.cap(), paid, spent, model.mode().referenceUsd());
            } else {
                LinearSum held = model.amounts().compute(rests);
                addTo(model, limit, cap.cap(), held, compute, size(model, compute));
            }
        }
    }

    /** Whom a cap is about: everybody who alone makes the part of some chip, or the one it names. */
    private static Set<String> makers(Market market, PartCap cap) {
        Set<String> makers = new TreeSet<>();
        for (String chip : market.scenario().chips()) {
            @Nullable String only = making(market, chip, cap.part()).onlyMaker();
            if (only != null && (cap.maker() == null || cap.maker().equals(only))) {
                makers.add(only);
            }
        }
        return makers;
    }

    private static Making making(Market market, String chip, ChipPart part) {
        Making making = market.chip(chip).parts().get(part);
        if (making == null) {
            throw new PlannerException("policy.part-shares limits what rests on makers of " + part.id()
                    + ", but who makes that of " + chip + " is unknown. Maybe state it, or leave the chip out");
        }
        return making;
    }

    private static Limit limit(String name, double cap, String relaxing) {
        return new Limit(name, null, "percentage point", cap * 100, relaxing);
    }

    /** A rough amount of compute, so that slacks in points of it are of the size of points of the real one. */
    private static double size(PlanModel model, LinearSum compute) {
        return Math.max(1e-6, model.excess(compute, 0) / 4);
    }

    private static void addTo(PlanModel model, Limit limit, double cap, LinearSum part, LinearSum whole, double size) {
        if (part.isConstant() && part.constant() <= 0) {
            return;
        }
        // Points times a whole that varies is no linear term: the slack is in points of a reference whole, and is
        // turned
        // into points of the real one at the answer.
        LinearSum give = model.give(
                limit, 100 * model.excess(part, 0) / size, values -> size / Math.max(1e-9, whole.value(values)));
        double fixed = give.constant();
        LinearSum scaled = new LinearSum()
                .plus(1 / size, part)
                .plus(-(cap + fixed / 100) / size, whole)
                .plus(-0.01, give)
                .plus(0.01 * fixed);
        Row row = model.linear().atMost("share[" + limit.name() + "]", scaled, 0);
        model.price(limit, row, values -> whole.value(values) / size / 100);
    }
}
