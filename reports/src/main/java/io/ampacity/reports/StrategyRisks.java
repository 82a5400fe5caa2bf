package io.ampacity.reports;

import io.ampacity.facts.Contract;
import io.ampacity.facts.Offer;
import io.ampacity.reports.paper.Block;
import io.ampacity.reports.paper.Cell;
import io.ampacity.reports.paper.Column;
import io.ampacity.reports.paper.Numerals;
import io.ampacity.reports.paper.PlainText;
import io.ampacity.reports.paper.Section;
import io.ampacity.scenario.Plan;
import io.ampacity.scenario.Policy;
import io.ampacity.scenario.Supplier;
import io.ampacity.scenario.Workload;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The risk register: trigger, threshold, owner, action and lead time of what can upset the plan, from its own figures. */
final class StrategyRisks {

    private static final double PRICE_RISE = 0.1;
    private static final int DEAREST_LIMITS = 3;

    private final StrategyFigures figures;
    private final List<List<Cell>> rows = new ArrayList<>();

    StrategyRisks(StrategyFigures figures) {
        this.figures = figures;
    }

    /** The largest supplier's part of all money spent. */
    static double largestShare(StrategyFigures figures) {
        Map<String, Double> spend = figures.spendBySupplier();
        double all = figures.plan.totals().stream()
                .mapToDouble(PlanReading::spentUsd)
                .sum();
        return spend.isEmpty() || all <= 0 ? 0 : spend.values().iterator().next() / all;
    }

    Section section() {
        losses();
        demand();
        price();
        late();
        training();
        money();
        limits();
        for (String warning : figures.plan.warnings()) {
            risk("something is unknown", PlainText.name(warning), "infrastructure", "find the figure", "now");
        }
        return new Section(
                "risks",
                "Risk register",
                new Block.Table(
                        "What can upset the plan",
                        List.of(
                                Column.text("trigger"),
                                Column.text("threshold"),
                                Column.text("owner"),
                                Column.text("action"),
                                Column.text("lead time")),
                        rows,
                        "Thresholds are figures of the plan; roles are a proposal."));
    }

    private void risk(String trigger, String threshold, String owner, String action, String lead) {
        rows.add(List.of(
                Cell.text(trigger), Cell.text(threshold), Cell.text(owner), Cell.text(action), Cell.text(lead)));
    }

    private void losses() {
        Map<String, Double> spend = figures.spendBySupplier();
        if (spend.isEmpty()) {
            return;
        }
        String largest = spend.keySet().iterator().next();
        Double cap = figures.scenario.policy().shares().supplierSpending();
        int busiest = figures.busiest();
        double worst = 1;
        String workload = "";
        for (Workload.Serving serving : figures.reading.serving()) {
            double kept = figures.kept(serving, busiest, Policy.LossOf.SUPPLIER, largest);
            if (kept < worst || workload.isEmpty()) {
                worst = kept;
                workload = PlainText.name(serving.id());
            }
        }
        risk(
                figures.name(largest) + " fails, or ends the contract",
                workload.isEmpty()
                        ? "any hour"
                        : "without it " + workload + " keeps " + Numerals.share(worst) + " of its busiest hour",
                "platform lead",
                "its playbook below",
                "minutes");
        risk(
                "too much with one supplier",
                figures.name(largest) + " at " + Numerals.share(largestShare(figures))
                        + (cap == null ? ", and no cap is set" : ", cap " + Numerals.asked(cap)),
                "procurement",
                "plan again with a cap below that",
                "a period");
    }

    private void demand() {
        for (Workload.Serving serving : figures.reading.serving()) {
            double least = Double.POSITIVE_INFINITY;
            int at = 0;
            for (int period = 0; period < figures.reading.periods(); period++) {
                double peak = figures.peak(serving, period);
                double room =
                        peak <= 0 ? Double.POSITIVE_INFINITY : figures.carried(serving.id(), period, null, null) / peak;
                if (room < least) {
                    least = room;
                    at = period;
                }
            }
            if (!Double.isInfinite(least)) {
                double most = figures.carried(serving.id(), at, null, null);
                risk(
                        PlainText.name(serving.id()) + " grows faster than planned",
                        Numerals.rate(most) + " requests a second in " + figures.reading.periodName(at) + ", "
                                + Numerals.share(Math.max(0, least - 1)) + " above the plan",
                        "product owner",
                        "plan again with demand." + PlainText.name(serving.id()) + "*"
                                + Numerals.significant(Math.max(1.05, least)),
                        shortestLead());
            }
        }
    }

    /** How soon more chips can be had at all. */
    private String shortestLead() {
        int months = Integer.MAX_VALUE;
        for (Supplier supplier : figures.scenario.suppliers()) {
            for (Supplier.SiteOffer offer : supplier.offers()) {
                months = Math.min(months, lead(offer.offer().contract()));
            }
        }
        return months == Integer.MAX_VALUE ? "none on offer" : months == 0 ? "hours" : months + " months";
    }

    private static int lead(Contract contract) {
        return switch (contract) {
            case Contract.Purchase purchase -> purchase.leadTimeMonths();
            case Contract.OnDemand ignored -> 0;
            case Contract.Spot ignored -> 0;
            case Contract.Reserved ignored -> 0;
        };
    }

    private void price() {
        double hourly = figures.hourlyUsd();
        if (hourly > 0) {
            risk(
                    "prices by the hour rise",
                    Numerals.asked(PRICE_RISE) + " more costs " + Numerals.usd(PRICE_RISE * hourly) + ", "
                            + Numerals.share(PRICE_RISE * hourly / Math.max(1, figures.reading.costUsd()))
                            + " of the plan",
                    "procurement",
                    "reserve what runs all year",
                    "a quarter");
        }
    }

    private void late() {
        for (Plan.Capacity capacity : figures.plan.capacity()) {
            Offer offer = offer(capacity);
            if (offer != null && capacity.added() > 0 && offer.contract() instanceof Contract.Purchase purchase) {
                risk(
                        capacity.added() + " × " + PlainText.name(capacity.chip()) + " come late",
                        "not running at " + PlainText.name(capacity.site()) + " when "
                                + figures.reading.periodName(capacity.period()) + " starts",
                        "procurement",
                        "bridge by the hour; plan again with supplier." + PlainText.name(capacity.supplier()) + "=lost",
                        purchase.leadTimeMonths() + " months");
            }
        }
    }

    private @Nullable Offer offer(Plan.Capacity capacity) {
        Supplier supplier = figures.reading.supplier(capacity.supplier());
        return supplier == null
                ? null
                : supplier.offers().stream()
                        .filter(each -> each.site().equals(capacity.site())
                                && each.offer().chip().equals(capacity.chip())
                                && each.offer().contract().id().equals(capacity.contract()))
                        .map(Supplier.SiteOffer::offer)
                        .findFirst()
                        .orElse(null);
    }

    private void training() {
        for (Workload workload : figures.scenario.workloads()) {
            if (workload instanceof Workload.Training training) {
                int end = figures.plan.placement().stream()
                        .filter(placement -> placement.workload().equals(training.id()) && placement.tokens() > 0)
                        .mapToInt(Plan.Placement::period)
                        .max()
                        .orElse(training.deadlinePeriod());
                int spare = Math.max(0, training.deadlinePeriod() - end);
                risk(
                        PlainText.name(training.id()) + " is not trained in time",
                        "ends in " + figures.reading.periodName(end) + ", due by "
                                + figures.reading.periodName(training.deadlinePeriod()),
                        "training lead",
                        spare == 0 ? "a larger gang, or a later date" : "use the spare time",
                        spare == 0 ? "none to spare" : spare == 1 ? "1 period" : spare + " periods");
            }
        }
    }

    private void money() {
        var budget = figures.scenario.policy().budget().perPeriod();
        if (budget == null) {
            return;
        }
        double least = Double.POSITIVE_INFINITY;
        int at = 0;
        for (Plan.PeriodTotals totals : figures.plan.totals()) {
            double left = budget.usd() - PlanReading.spentUsd(totals);
            if (left < least) {
                least = left;
                at = totals.period();
            }
        }
        risk(
                "a period costs more than allowed",
                Numerals.usd(least) + " is left of " + Numerals.usd(budget.usd()) + " in "
                        + figures.reading.periodName(at),
                "finance",
                "hold each bill against the plan",
                "a month");
    }

    private void limits() {
        for (StrategyFigures.Bottleneck limit : figures.bottlenecks(DEAREST_LIMITS)) {
            risk(
                    limit.name() + " tightens",
                    Numerals.usd(limit.dearestUsd()) + " for each " + limit.unit() + " less" + limit.when(),
                    "infrastructure",
                    "ask for more before it is needed",
                    "a period");
        }
    }
}
