package io.ampacity.planner.pareto;

import io.ampacity.scenario.Plan;
import io.ampacity.scenario.Plan.Capacity;
import io.ampacity.scenario.Plan.PeriodTotals;
import io.ampacity.scenario.Plan.Placement;
import io.ampacity.scenario.Scenario;
import io.ampacity.scenario.Site;
import io.ampacity.scenario.Supplier;
import io.ampacity.scenario.Workload;
import io.ampacity.units.HourlyPrice;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * What a plan is besides its cost, in the worst of its futures; read off the plan alone.
 *
 * @param carbonKilograms greenhouse gas over the horizon
 * @param largestShare of the money spent, paid to one supplier that is not own, 0 to 1
 * @param serviceKept part of the peak still carried after the loss of any one supplier that is not own, of the workload and
 *     period where it is least, 0 to 1
 */
public record Measures(double carbonKilograms, double largestShare, double serviceKept) {

    /** Measures a plan. */
    public static Measures of(Scenario scenario, Plan plan) {
        if (plan.futures().isEmpty()) {
            return of(scenario, plan.capacity(), plan.placement(), plan.totals());
        }
        Measures worst = new Measures(0, 0, 1);
        for (Plan.FuturePlan future : plan.futures()) {
            Measures one = of(scenario, future.capacity(), future.placement(), future.totals());
            worst = new Measures(
                    Math.max(worst.carbonKilograms, one.carbonKilograms),
                    Math.max(worst.largestShare, one.largestShare),
                    Math.min(worst.serviceKept, one.serviceKept));
        }
        return worst;
    }

    private static Measures of(
            Scenario scenario, List<Capacity> capacity, List<Placement> placement, List<PeriodTotals> totals) {
        Map<String, Site> sites = scenario.sites().stream().collect(Collectors.toMap(Site::id, Function.identity()));
        double carbon = totals.stream().mapToDouble(PeriodTotals::carbonKg).sum();
        double spent = totals.stream()
                .mapToDouble(total -> total.costUsd() - total.carbonPriceUsd())
                .sum();
        double share = 0;
        double kept = 1;
        for (Supplier supplier : scenario.suppliers()) {
            if (!supplier.own()) {
                double paid = paid(scenario, sites, supplier.id(), capacity);
                share = spent > 0 ? Math.max(share, paid / spent) : share;
                kept = Math.min(kept, keptWithout(scenario, sites, supplier.id(), placement));
            }
        }
        return new Measures(carbon, share, kept);
    }

    private static double paid(Scenario scenario, Map<String, Site> sites, String supplier, List<Capacity> capacity) {
        double paid = 0;
        for (Capacity line : capacity) {
            if (line.supplier().equals(supplier) && !line.contract().equals("owned")) {
                Site site = sites.get(line.site());
                HourlyPrice space = site == null || !line.isBought() ? null : site.spacePerChip();
                double hours = scenario.horizon().periodHours();
                paid += line.costUsd() - (space == null ? 0 : line.count() * space.usdPerHour() * hours);
            }
        }
        return paid;
    }

    private static double keptWithout(
            Scenario scenario, Map<String, Site> sites, String supplier, List<Placement> placement) {
        double kept = 1;
        for (Workload workload : scenario.workloads()) {
            for (int p = 0;
                    workload instanceof Workload.Serving
                            && p < scenario.horizon().periods();
                    p++) {
                double peak = 0;
                double remaining = 0;
                for (Placement each : placement) {
                    if (each.period() == p && each.workload().equals(workload.id())) {
                        Site site = sites.get(each.site());
                        boolean lost = each.supplier().equals(supplier)
                                || (site != null && site.supplier().equals(supplier));
                        peak += each.peakRequestsPerSecond();
                        remaining += lost ? 0 : each.capacityRequestsPerSecond();
                    }
                }
                kept = peak > 0 ? Math.min(kept, remaining / peak) : kept;
            }
        }
        return kept;
    }
}
