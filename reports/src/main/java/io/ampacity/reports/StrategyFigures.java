package io.ampacity.reports;

import io.ampacity.reports.focus.FocusColumn;
import io.ampacity.reports.focus.FocusForecast;
import io.ampacity.reports.focus.FocusRow;
import io.ampacity.reports.paper.PlainText;
import io.ampacity.scenario.OwnedFleet;
import io.ampacity.scenario.Plan;
import io.ampacity.scenario.Policy;
import io.ampacity.scenario.Scenario;
import io.ampacity.scenario.Workload;
import java.math.BigDecimal;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The figures of a plan that strategy papers are made of. Immutable. */
final class StrategyFigures {

    final PlanReading reading;
    final Scenario scenario;
    final Plan plan;

    StrategyFigures(Scenario scenario, Plan plan) {
        this.reading = new PlanReading(scenario, plan);
        this.scenario = scenario;
        this.plan = plan;
    }

    int last() {
        return Math.max(0, reading.periods() - 1);
    }

    /** Chips held in a period, by family of chips. */
    Map<String, Integer> families(int period) {
        Map<String, Integer> families = new TreeMap<>();
        for (Plan.Capacity capacity : plan.capacity()) {
            if (capacity.period() == period && capacity.count() > 0) {
                families.merge(family(capacity.chip()), capacity.count(), Integer::sum);
            }
        }
        return families;
    }

    /** Families of the chips owned at the start. */
    Set<String> ownedFamilies() {
        Set<String> families = new LinkedHashSet<>();
        for (OwnedFleet fleet : scenario.fleet()) {
            families.add(family(fleet.chip()));
        }
        return families;
    }

    String family(String chip) {
        return scenario.family(chip);
    }

    /** Most requests a second that a workload's replicas carry when something is lost; nothing is, where that is null. */
    double carried(String workload, int period, Policy.@Nullable LossOf loss, @Nullable String lost) {
        double sum = 0;
        for (Plan.Placement placement : plan.placement()) {
            if (placement.workload().equals(workload)
                    && placement.period() == period
                    && !isLost(placement, loss, lost)) {
                sum += placement.capacityRequestsPerSecond();
            }
        }
        return sum;
    }

    boolean isLost(Plan.Placement placement, Policy.@Nullable LossOf loss, @Nullable String lost) {
        return switch (loss) {
            case null -> false;
            case SUPPLIER -> placement.supplier().equals(lost);
            case SITE -> placement.site().equals(lost);
            case CHIP_FAMILY -> family(placement.chip()).equals(lost);
        };
    }

    double peak(Workload.Serving workload, int period) {
        return workload.traffic().peakRate(scenario.horizon(), period);
    }

    /** What part of a workload's busiest hour is still carried after a loss; at most one. */
    double kept(Workload.Serving workload, int period, Policy.LossOf loss, String lost) {
        double peak = peak(workload, period);
        return peak <= 0 ? 1 : Math.min(1, carried(workload.id(), period, loss, lost) / peak);
    }

    /** The period in which the most chips are held. */
    int busiest() {
        int most = 0;
        for (int period = 1; period < reading.periods(); period++) {
            most = reading.chips(period) > reading.chips(most) ? period : most;
        }
        return most;
    }

    /** Money spent with each supplier that is not own, the largest first. */
    Map<String, Double> spendBySupplier() {
        Map<String, Double> spend = new LinkedHashMap<>();
        plan.capacity().forEach(capacity -> spend.merge(capacity.supplier(), capacity.costUsd(), Double::sum));
        Map<String, Double> ordered = new LinkedHashMap<>();
        spend.entrySet().stream()
                .filter(entry -> !reading.isOwn(entry.getKey()) && entry.getValue() > 0)
                .sorted(Map.Entry.<String, Double>comparingByValue()
                        .reversed()
                        .thenComparing(Map.Entry.comparingByKey()))
                .forEach(entry -> ordered.put(entry.getKey(), entry.getValue()));
        return ordered;
    }

    /** Money paid by the hour, which follows the market. */
    double hourlyUsd() {
        return plan.capacity().stream()
                .filter(capacity -> capacity.contract().equals("on-demand")
                        || capacity.contract().equals("spot"))
                .mapToDouble(Plan.Capacity::costUsd)
                .sum();
    }

    /** Cash that leaves the house in each period. */
    static double[] cash(Scenario scenario, Plan plan) {
        Map<String, Integer> at = new LinkedHashMap<>();
        for (int period = 0; period < scenario.horizon().periods(); period++) {
            at.put(scenario.horizon().periodName(period), period);
        }
        double[] cash = new double[at.size()];
        List<FocusRow> rows = FocusForecast.of(scenario, plan);
        for (FocusRow row : rows) {
            Integer period = at.get(String.valueOf(row.value(FocusColumn.PLAN_PERIOD)));
            BigDecimal billed = row.decimal(FocusColumn.BILLED_COST);
            if (period != null && billed != null) {
                cash[period] += billed.doubleValue();
            }
        }
        return cash;
    }

    YearMonth month(int period) {
        return scenario.horizon()
                .start()
                .plusMonths((long) period * scenario.horizon().monthsPerPeriod());
    }

    /** A supplier's name in a sentence. */
    String name(String supplier) {
        return reading.supplierName(supplier);
    }

    /**
     * A limit that holds the cost up in one period or several.
     *
     * @param dearestUsd what one more unit saves where it saves most
     */
    record Bottleneck(String name, String unit, double dearestUsd, String when) {}

    /** The dearest limits, each once. */
    List<Bottleneck> bottlenecks(int most) {
        Map<String, List<Plan.BindingLimit>> byName = new LinkedHashMap<>();
        for (Plan.BindingLimit limit : plan.bindingLimits()) {
            byName.computeIfAbsent(limit.limit(), name -> new ArrayList<>()).add(limit);
        }
        List<Bottleneck> all = new ArrayList<>();
        for (List<Plan.BindingLimit> same : byName.values()) {
            Plan.BindingLimit dearest = same.stream()
                    .max(Comparator.comparingDouble(Plan.BindingLimit::shadowPrice))
                    .orElseThrow();
            Integer period = dearest.period();
            String when = period == null
                    ? ""
                    : same.size() == 1
                            ? ", in " + reading.periodName(period)
                            : ", most in " + reading.periodName(period) + " of " + same.size() + " periods";
            all.add(new Bottleneck(PlainText.name(dearest.limit()), dearest.unit(), dearest.shadowPrice(), when));
        }
        return all.subList(0, Math.min(most, all.size()));
    }
}
