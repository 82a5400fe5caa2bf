package io.ampacity.planner.strategy;

import io.ampacity.facts.Contract;
import io.ampacity.planner.model.Holding;
import io.ampacity.planner.model.JointModel;
import io.ampacity.planner.model.PlanModel;
import io.ampacity.planner.model.Pool;
import io.ampacity.planner.model.Terms;
import io.ampacity.planner.model.Use;
import io.ampacity.planner.solver.Variable;
import io.ampacity.scenario.Supplier;
import io.ampacity.scenario.Supplier.Quota;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The market as those see it who look at prices by the hour alone: chips on demand and own ones, and how many are left. */
final class OnDemand {

    private final PlanModel model;
    private final int period;
    private final Map<Pool, Integer> taken = new HashMap<>();

    OnDemand(PlanModel model, int period) {
        this.model = model;
        this.period = period;
    }

    /** Takes everything out of a model that is not on demand; spot stays for batch work. */
    static void only(JointModel model) {
        for (JointModel.Part part : model.parts()) {
            for (Holding holding : part.model().holdings()) {
                for (int p = 0; p < model.periods() && !holding.terms().flexible(); p++) {
                    Variable blocks = holding.blocks(p);
                    if (blocks != null) {
                        model.linear().bound(blocks, 0, 0);
                    }
                }
            }
        }
    }

    /** The price by the hour of a chip of a pool that is rented; 0 for own ones, infinite where it is not to be had so. */
    double usdPerHour(Pool pool) {
        if (model.market().owned(pool, period) > taken.getOrDefault(pool, 0)) {
            return 0;
        }
        double lowest = Double.POSITIVE_INFINITY;
        for (Terms terms : model.market().terms()) {
            if (terms.pool().equals(pool) && terms.offer().offer().contract() instanceof Contract.OnDemand) {
                lowest = Math.min(
                        lowest, terms.levelCost()[period] / model.horizon().periodHours());
            }
        }
        return lowest;
    }

    /** Chips of a pool that can still be taken. */
    int left(Pool pool) {
        int left = model.market().owned(pool, period) - taken.getOrDefault(pool, 0);
        boolean offered = false;
        int rented = Integer.MAX_VALUE;
        for (Terms terms : model.market().terms()) {
            if (terms.pool().equals(pool) && terms.offer().offer().contract() instanceof Contract.OnDemand) {
                offered = true;
                rented = Math.min(rented, rentable(terms));
            }
        }
        return offered ? (int) Math.min(Integer.MAX_VALUE / 2, (long) Math.max(0, left) + rented) : Math.max(0, left);
    }

    private int rentable(Terms terms) {
        long room = Integer.MAX_VALUE / 4;
        Supplier supplier = model.market().supplier(terms.supplier());
        for (Quota quota : supplier.quotas()) {
            String chip = quota.chip();
            String site = quota.site();
            boolean about = (chip == null || chip.equals(terms.pool().chip()))
                    && (site == null || site.equals(terms.pool().site()));
            if (about && quota.fromPeriod() <= period && !replaced(supplier, quota)) {
                long used = 0;
                for (Map.Entry<Pool, Integer> each : taken.entrySet()) {
                    Pool pool = each.getKey();
                    if (pool.operator().equals(supplier.id())
                            && (chip == null || chip.equals(pool.chip()))
                            && (site == null || site.equals(pool.site()))) {
                        used += Math.max(0, each.getValue() - model.market().owned(pool, period));
                    }
                }
                room = Math.min(room, Math.max(0, quota.chips() - used));
            }
        }
        return (int) (room / terms.block() * terms.block());
    }

    private boolean replaced(Supplier supplier, Quota quota) {
        return supplier.quotas().stream()
                .anyMatch(other -> java.util.Objects.equals(other.chip(), quota.chip())
                        && java.util.Objects.equals(other.site(), quota.site())
                        && other.fromPeriod() > quota.fromPeriod()
                        && other.fromPeriod() <= period);
    }

    void take(Pool pool, int chips) {
        taken.merge(pool, chips, Integer::sum);
    }

    /** Where a workload can be served, by the price of a request, cheapest first. */
    List<Use.Serving> cheapestFirst(String workload) {
        List<Use.Serving> uses = new ArrayList<>();
        for (Use.Serving use : model.serving(period)) {
            if (use.candidate().workload().id().equals(workload)) {
                uses.add(use);
            }
        }
        uses.sort(Comparator.comparingDouble(this::usdPerRequest)
                .thenComparing(use -> use.candidate().id()));
        return uses;
    }

    private double usdPerRequest(Use.Serving use) {
        return usdPerHour(use.candidate().pool())
                * use.candidate().chips()
                / use.candidate().numbers().requestsPerSecond();
    }
}
