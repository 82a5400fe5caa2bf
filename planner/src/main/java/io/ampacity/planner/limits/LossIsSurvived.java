package io.ampacity.planner.limits;

import io.ampacity.planner.model.Limit;
import io.ampacity.planner.model.PlanModel;
import io.ampacity.planner.model.Pool;
import io.ampacity.planner.model.Use;
import io.ampacity.planner.solver.LinearSum;
import io.ampacity.planner.solver.Row;
import io.ampacity.scenario.Policy.Survival;
import io.ampacity.scenario.Site;
import io.ampacity.scenario.Supplier;
import io.ampacity.scenario.Workload;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;

/**
 * When any one supplier or site is lost, the replicas that remain still carry the stated part σ of the peak of every serving
 * workload: Σ min(σ, κ(i)) n(i,p) ≥ σ over the candidates that remain.
 *
 * <p>Cutting κ at σ changes nothing for whole n (one replica above σ is enough) and cuts off fractions.
 */
final class LossIsSurvived implements LimitFamily {

    private record Loss(String name, Predicate<Pool> hits) {}

    @Override
    public void addTo(PlanModel model) {
        for (Survival survival : model.market().scenario().policy().survivals()) {
            if (survival.service() <= 0) {
                continue;
            }
            for (Loss loss : losses(model, survival)) {
                for (Workload workload : model.market().workloads()) {
                    if (workload instanceof Workload.Serving serves) {
                        for (int p = 0; p < model.periods(); p++) {
                            addTo(model, survival, loss, serves, p);
                        }
                    }
                }
            }
        }
    }

    private static List<Loss> losses(PlanModel model, Survival survival) {
        List<Loss> losses = new ArrayList<>();
        switch (survival.loss()) {
            case SUPPLIER -> {
                for (Supplier supplier : model.market().suppliers()) {
                    if (!supplier.own()) {
                        String id = supplier.id();
                        losses.add(new Loss(
                                id,
                                pool -> pool.operator().equals(id)
                                        || model.market()
                                                .site(pool.site())
                                                .supplier()
                                                .equals(id)));
                    }
                }
            }
            case SITE -> {
                for (Site site : model.market().sites()) {
                    losses.add(new Loss(site.id(), pool -> pool.site().equals(site.id())));
                }
            }
        }
        return losses;
    }

    private static void addTo(PlanModel model, Survival survival, Loss loss, Workload.Serving workload, int period) {
        double service = survival.service();
        boolean hit = false;
        LinearSum remaining = new LinearSum();
        for (Use.Serving use : model.serving(period)) {
            if (use.candidate().workload().id().equals(workload.id())) {
                if (loss.hits.test(use.candidate().pool())) {
                    hit = true;
                } else {
                    remaining.plus(Math.min(service, use.peakPerReplica()), use.replicas());
                }
            }
        }
        if (!hit) {
            return;
        }
        String kind = survival.loss().name().toLowerCase(Locale.ROOT);
        Limit limit = new Limit(
                "policy.survive." + kind + "[" + loss.name + "]." + workload.id(),
                period,
                "percentage point",
                service * 100,
                "serve less of " + workload.id() + " after the loss of " + kind + " " + loss.name);
        LinearSum give = model.give(limit, service * 100);
        String name = "survive[" + kind + "," + loss.name + "," + workload.id() + "," + period + "]";
        Row row = model.linear().atLeast(name, remaining.plus(0.01, give), service);
        model.price(limit, row, 0.01);
    }
}
