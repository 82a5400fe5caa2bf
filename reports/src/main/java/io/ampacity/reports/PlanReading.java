package io.ampacity.reports;

import io.ampacity.reports.paper.PlainText;
import io.ampacity.scenario.Plan;
import io.ampacity.scenario.Scenario;
import io.ampacity.scenario.Site;
import io.ampacity.scenario.Supplier;
import io.ampacity.scenario.Workload;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A scenario and its plan, read as the sections of a paper need them: names, sums, orders. Immutable. */
final class PlanReading {

    final Scenario scenario;
    final Plan plan;
    private final Map<String, Supplier> suppliers = new LinkedHashMap<>();
    private final Map<String, Site> sites = new LinkedHashMap<>();
    private final Map<String, Workload> workloads = new LinkedHashMap<>();
    private final Map<String, Integer> order = new LinkedHashMap<>();
    private final List<String> supplierOrder;

    PlanReading(Scenario scenario, Plan plan) {
        this.scenario = scenario;
        this.plan = plan;
        scenario.suppliers().forEach(supplier -> suppliers.put(supplier.id(), supplier));
        scenario.sites().forEach(site -> sites.put(site.id(), site));
        for (Workload workload : scenario.workloads()) {
            workloads.put(workload.id(), workload);
            order.put(workload.id(), order.size());
        }
        Set<String> every = new LinkedHashSet<>(suppliers.keySet());
        plan.capacity().forEach(capacity -> every.add(capacity.supplier()));
        plan.placement().forEach(placement -> every.add(placement.supplier()));
        this.supplierOrder = List.copyOf(every);
    }

    @Nullable Supplier supplier(String id) {
        return suppliers.get(id);
    }

    @Nullable Site site(String id) {
        return sites.get(id);
    }

    @Nullable Workload workload(String id) {
        return workloads.get(id);
    }

    /** A supplier's name, or its id when the scenario does not know it. */
    String supplierName(String id) {
        Supplier supplier = suppliers.get(id);
        return PlainText.name(supplier == null || supplier.name().isBlank() ? id : supplier.name());
    }

    boolean isOwn(String supplierId) {
        Supplier supplier = suppliers.get(supplierId);
        return supplier != null && supplier.own();
    }

    /** Suppliers in the order of the scenario, then those only the plan names: the hue of each in every chart. */
    List<String> supplierOrder() {
        return supplierOrder;
    }

    /** The colour of a supplier in every chart. */
    int hue(String supplierId) {
        return Math.max(0, supplierOrder.indexOf(supplierId));
    }

    int periods() {
        return plan.periods().size();
    }

    String periodName(int period) {
        return period >= 0 && period < plan.periods().size()
                ? PlainText.name(plan.periods().get(period))
                : "period " + (period + 1);
    }

    /** Period titles with the year only where it changes: 2027-Q1, Q2, Q3, Q4, 2028-Q1. */
    List<String> shortPeriodNames() {
        List<String> names = new ArrayList<>();
        String year = "";
        for (String period : plan.periods()) {
            String name = PlainText.name(period);
            boolean quarter = name.matches("[0-9]{4}-Q[1-4]");
            boolean sameYear = quarter && name.substring(0, 4).equals(year);
            names.add(sameYear ? name.substring(5) : name);
            year = quarter ? name.substring(0, 4) : "";
        }
        return names;
    }

    double costUsd() {
        return plan.totals().stream().mapToDouble(Plan.PeriodTotals::costUsd).sum();
    }

    /** Money that leaves the house: capacity, projects, energy and data, without the inner price of carbon. */
    double spentUsd() {
        return plan.totals().stream().mapToDouble(PlanReading::spentUsd).sum();
    }

    static double spentUsd(Plan.PeriodTotals totals) {
        return totals.capacityUsd() + totals.projectsUsd() + totals.energyUsd() + totals.networkUsd();
    }

    double energyKwh() {
        return plan.totals().stream().mapToDouble(Plan.PeriodTotals::energyKwh).sum();
    }

    double carbonKg() {
        return plan.totals().stream().mapToDouble(Plan.PeriodTotals::carbonKg).sum();
    }

    double waterLitres() {
        return plan.totals().stream()
                .mapToDouble(Plan.PeriodTotals::waterLitres)
                .sum();
    }

    /** Chips held in a period. */
    int chips(int period) {
        return plan.capacity().stream()
                .filter(capacity -> capacity.period() == period)
                .mapToInt(Plan.Capacity::count)
                .sum();
    }

    /** Where a workload stands in the scenario; after all others when it does not. */
    int workloadOrder(String id) {
        return order.getOrDefault(id, Integer.MAX_VALUE);
    }

    /** Serving workloads in the order of the scenario. */
    List<Workload.Serving> serving() {
        List<Workload.Serving> serving = new ArrayList<>();
        for (Workload workload : scenario.workloads()) {
            if (workload instanceof Workload.Serving one) {
                serving.add(one);
            }
        }
        return serving;
    }
}
