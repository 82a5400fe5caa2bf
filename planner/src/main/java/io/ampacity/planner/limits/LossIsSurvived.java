package io.ampacity.planner.limits;

import io.ampacity.planner.model.Limit;
import io.ampacity.planner.model.PlanModel;
import io.ampacity.planner.model.Pool;
import io.ampacity.planner.model.Use;
import io.ampacity.planner.solver.LinearSum;
import io.ampacity.planner.solver.Row;
import io.ampacity.planner.solver.Variable;
import io.ampacity.scenario.Policy.Survival;
import io.ampacity.scenario.Scenario;
import io.ampacity.scenario.Site;
import io.ampacity.scenario.Supplier;
import io.ampacity.scenario.Workload;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * When any one supplier, site or family of chips is lost, or any two at once, the replicas that remain still carry the stated part σ of the peak of every serving
 * workload: Σ min(σ, κ(i)) n(i,p) ≥ σ over the candidates that remain.
 *
 * <p>Cutting κ at σ changes nothing for whole n (one replica above σ is enough) and cuts off fractions.
 */
final class LossIsSurvived implements LimitFamily {

    /** From so many losses on, what all replicas carry is a variable of its own. */
    private static final int MANY = 6;

    private record Loss(String name, Predicate<Pool> hits) {}

    @Override
    public void addTo(PlanModel model) {
        List<Survival> survivals =
                new ArrayList<>(model.market().scenario().policy().survivals());
        survivals.sort(Comparator.comparing(Survival::loss)
                .thenComparingInt(Survival::atOnce)
                .thenComparingDouble(Survival::service));
        for (Survival survival : survivals) {
            if (survival.service() <= 0) {
                continue;
            }
            List<Loss> losses = atOnce(losses(model, survival), survival.atOnce());
            for (Workload workload : model.market().workloads()) {
                if (workload instanceof Workload.Serving serves) {
                    for (int p = 0; p < model.periods(); p++) {
                        Variable all = losses.size() < MANY ? null : all(model, survival, serves, p);
                        for (Loss loss : losses) {
                            addTo(model, survival, loss, serves, p, all);
                        }
                    }
                }
            }
        }
    }

    /** What all replicas carry together, as a variable: with many losses, rows of what is lost are shorter. */
    private static Variable all(PlanModel model, Survival survival, Workload.Serving workload, int period) {
        LinearSum sum = new LinearSum();
        for (Use.Serving use : model.serving(period)) {
            if (use.candidate().workload().id().equals(workload.id())) {
                sum.plus(Math.min(survival.service(), use.peakPerReplica()), use.replicas());
            }
        }
        String kind = survival.loss().word();
        String name = "carried-before[" + kind + survival.atOnce() + "," + workload.id() + "," + period + "]";
        Variable all = model.auxiliary(name, period, model.excess(sum, 0));
        model.linear().equal(name, sum.plus(-1, all), 0);
        return all;
    }

    /** Every set of so many losses; all of them where there are no more. */
    private static List<Loss> atOnce(List<Loss> single, int count) {
        if (count == 1 || single.size() < 2) {
            return single;
        }
        List<Loss> pairs = new ArrayList<>();
        for (int i = 0; i < single.size(); i++) {
            for (int j = i + 1; j < single.size(); j++) {
                Loss one = single.get(i);
                Loss other = single.get(j);
                pairs.add(new Loss(one.name + "+" + other.name, one.hits.or(other.hits)));
            }
        }
        return pairs;
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
            case CHIP_FAMILY -> {
                Scenario scenario = model.market().scenario();
                Set<String> families = new TreeSet<>();
                model.market().pools().forEach(pool -> families.add(scenario.family(pool.chip())));
                for (String family : families) {
                    losses.add(new Loss(
                            family, pool -> scenario.family(pool.chip()).equals(family)));
                }
            }
        }
        return losses;
    }

    private static void addTo(
            PlanModel model,
            Survival survival,
            Loss loss,
            Workload.Serving workload,
            int period,
            @Nullable Variable all) {
        double service = survival.service();
        boolean hit = false;
        LinearSum remaining = new LinearSum();
        for (Use.Serving use : model.serving(period)) {
            if (use.candidate().workload().id().equals(workload.id())) {
                double carried = Math.min(service, use.peakPerReplica());
                if (loss.hits.test(use.candidate().pool())) {
                    hit = true;
                    remaining.plus(all == null ? 0 : -carried, use.replicas());
                } else if (all == null) {
                    remaining.plus(carried, use.replicas());
                }
            }
        }
        if (!hit) {
            return;
        }
        if (all != null) {
            remaining.plus(1, all);
        }
        String kind = survival.loss().word();
        Limit limit = new Limit(
                "policy.survive." + kind + "[" + loss.name + "]." + workload.id(),
                period,
                "percentage point",
                service * 100,
                "serve less of " + workload.id() + " after the loss of "
                        + survival.loss().spoken() + " " + loss.name);
        LinearSum give = model.give(limit, service * 100);
        String name = "survive[" + kind + "," + loss.name + "," + workload.id() + "," + period + "]";
        Row row = model.linear().atLeast(name, remaining.plus(0.01, give), service);
        model.price(limit, row, 0.01);
    }
}
