package io.ampacity.reports;

import io.ampacity.facts.Contract;
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
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Who is told when, and when the plan is looked at again. */
final class StrategyCalendar {

    private StrategyCalendar() {}

    private record Date(YearMonth month, String what, String looks) {}

    /** The levels of escalation: each with the figure of the plan that calls it. */
    static Section escalation(StrategyFigures figures) {
        List<List<Cell>> rows = new ArrayList<>();
        for (Workload.Serving serving : figures.reading.serving()) {
            rows.add(row(
                    "1",
                    PlainText.name(serving.id()) + " under "
                            + Numerals.asked(serving.objective().attainment()) + " in time for 15 minutes",
                    "on call",
                    "15 minutes"));
        }
        double service = figures.scenario.policy().survivals().stream()
                .mapToDouble(Policy.Survival::service)
                .min()
                .orElse(1);
        for (Workload.Serving serving : figures.reading.serving()) {
            double least = service * figures.peak(serving, figures.busiest());
            rows.add(row(
                    "2",
                    PlainText.name(serving.id()) + " can carry under " + Numerals.rate(least) + " requests a second",
                    "platform lead",
                    "1 hour"));
        }
        var budget = figures.scenario.policy().budget().perPeriod();
        double dearest = figures.plan.totals().stream()
                .mapToDouble(PlanReading::spentUsd)
                .max()
                .orElse(0);
        rows.add(row(
                "3",
                "a period heads for over " + Numerals.usd(budget == null ? dearest : budget.usd())
                        + (budget == null ? ", the dearest of the plan" : ", its budget"),
                "head of infrastructure, finance",
                "1 week"));
        figures.spendBySupplier().keySet().stream()
                .findFirst()
                .ifPresent(supplier -> rows.add(row(
                        "4",
                        figures.name(supplier) + " is lost for over a week, or for good",
                        "board",
                        "the same day")));
        return new Section(
                "escalation",
                "Escalation",
                new Block.Table(
                        "Who is told, and how soon",
                        List.of(
                                Column.number("level"),
                                Column.text("when"),
                                Column.text("who"),
                                Column.text("answers within")),
                        rows,
                        "Rates are what must be left after the losses that the rules name; roles and times are a"
                                + " proposal."));
    }

    private static List<Cell> row(String level, String when, String who, String soon) {
        return List.of(Cell.text(level), Cell.text(when), Cell.text(who), Cell.text(soon));
    }

    /** The dates that follow from the plan. */
    static Section section(StrategyFigures figures, StrategyStages stages) {
        List<Date> dates = new ArrayList<>();
        for (int period = 0; period < figures.reading.periods(); period++) {
            Plan.PeriodTotals totals = figures.plan.totals().get(period);
            dates.add(new Date(
                    figures.month(period),
                    "start of " + figures.reading.periodName(period),
                    "held " + Numerals.count((long) figures.reading.chips(period)) + " chips, "
                            + Numerals.usd(totals.costUsd())
                            + (period == 0 ? "" : " planned; bill of the period before; plan again")));
        }
        Plan.Placement pilot = stages.pilot();
        if (pilot != null) {
            dates.add(new Date(
                    figures.month(pilot.period()).plusMonths(1),
                    "pilot decides",
                    PlainText.name(pilot.workload()) + " at " + PlainText.name(pilot.site())
                            + ": expand, or roll back"));
        }
        contracts(figures, dates);
        for (Workload workload : figures.scenario.workloads()) {
            if (workload instanceof Workload.Training training) {
                dates.add(new Date(
                        figures.month(training.deadlinePeriod()),
                        "last period for " + PlainText.name(training.id()),
                        Numerals.many(training.tokens()) + " tokens due"));
            }
        }
        dates.sort(Comparator.comparing(Date::month));
        List<List<Cell>> rows = new ArrayList<>();
        for (Date date : dates) {
            rows.add(List.of(Cell.text(date.month().toString()), Cell.text(date.what()), Cell.text(date.looks())));
        }
        return new Section(
                "calendar",
                "Review calendar",
                new Block.Table(
                        "When the plan is looked at",
                        List.of(Column.text("month"), Column.text("what"), Column.text("to look at")),
                        rows,
                        null));
    }

    private static void contracts(StrategyFigures figures, List<Date> dates) {
        for (Plan.Capacity capacity : figures.plan.capacity()) {
            Supplier supplier = figures.reading.supplier(capacity.supplier());
            if (supplier == null || capacity.added() <= 0) {
                continue;
            }
            String chips = capacity.added() + " × " + PlainText.name(capacity.chip()) + " of "
                    + figures.name(capacity.supplier());
            YearMonth from = figures.month(capacity.period());
            for (Supplier.SiteOffer offer : supplier.offers()) {
                boolean same = offer.site().equals(capacity.site())
                        && offer.offer().chip().equals(capacity.chip())
                        && offer.offer().contract().id().equals(capacity.contract());
                if (same) {
                    switch (offer.offer().contract()) {
                        case Contract.Purchase purchase ->
                            dates.add(new Date(
                                    from.minusMonths(purchase.leadTimeMonths()), "order", chips + ", running " + from));
                        case Contract.Reserved reserved -> {
                            dates.add(new Date(from, "sign", chips + " for " + reserved.termMonths() + " months"));
                            dates.add(new Date(
                                    from.plusMonths(reserved.termMonths()),
                                    "commitment ends",
                                    chips + ": renew or leave"));
                        }
                        case Contract.OnDemand ignored -> {}
                        case Contract.Spot ignored -> {}
                    }
                }
            }
        }
    }
}
