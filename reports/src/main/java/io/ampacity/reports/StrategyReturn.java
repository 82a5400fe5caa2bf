package io.ampacity.reports;

import io.ampacity.reports.paper.Block;
import io.ampacity.reports.paper.Cell;
import io.ampacity.reports.paper.Column;
import io.ampacity.reports.paper.Numerals;
import io.ampacity.reports.paper.Section;
import io.ampacity.reports.paper.Verdict;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Budget and return: cash of the plan against cash of doing nothing. */
final class StrategyReturn {

    private final StrategyFigures figures;
    private final StrategyPaper.@Nullable DoingNothing nothing;
    private final double[] plan;
    private final double @Nullable [] otherwise;

    StrategyReturn(StrategyFigures figures, StrategyPaper.@Nullable DoingNothing nothing) {
        this.figures = figures;
        this.nothing = nothing;
        this.plan = StrategyFigures.cash(figures.scenario, figures.plan);
        this.otherwise = nothing == null ? null : StrategyFigures.cash(figures.scenario, nothing.plan());
    }

    /** Present value of the cash that the plan spares; null when there is nothing to hold it against. */
    @Nullable Double netPresentValueUsd() {
        double[] other = otherwise;
        if (other == null) {
            return null;
        }
        double sum = 0;
        for (int period = 0; period < plan.length; period++) {
            sum += (other[period] - plan[period]) * figures.scenario.horizon().discountFactor(period);
        }
        return sum;
    }

    Verdict verdict() {
        Double value = netPresentValueUsd();
        StrategyPaper.DoingNothing other = nothing;
        if (value == null || other == null) {
            return new Verdict(
                    Verdict.Standing.UNPROVEN,
                    "Carry it out",
                    "No single supplier can carry this work, so that there is no doing nothing to compare with.");
        }
        String breaks = other.broken().isEmpty() ? "keeps every rule too" : "breaks " + listed(other.broken());
        String cost = value >= 0
                ? "The plan spares " + Numerals.usd(value)
                : "The plan costs " + Numerals.usd(-value) + " more";
        return new Verdict(
                value >= 0 ? Verdict.Standing.HOLDS : Verdict.Standing.UNPROVEN,
                value >= 0 ? "Carry it out" : other.broken().isEmpty() ? "Think again" : "Carry it out for safety",
                cost + " of present value against staying with " + incumbent() + ", which " + breaks + ".");
    }

    private String incumbent() {
        StrategyPaper.DoingNothing other = nothing;
        if (other == null) {
            return "nobody";
        }
        return new StrategyFigures(figures.scenario, other.plan())
                .spendBySupplier().keySet().stream()
                        .findFirst()
                        .map(figures::name)
                        .orElse("own chips");
    }

    private static String listed(List<String> rules) {
        return String.join(", ", rules);
    }

    Section section() {
        List<Block> blocks = new ArrayList<>();
        double[] other = otherwise;
        List<List<Cell>> rows = new ArrayList<>();
        double running = 0;
        double deepest = 0;
        int paidBack = 0;
        for (int period = 0; period < plan.length; period++) {
            double spared = other == null ? 0 : other[period] - plan[period];
            running += spared * figures.scenario.horizon().discountFactor(period);
            deepest = Math.min(deepest, running);
            paidBack = running < -0.5 ? period + 1 : paidBack;
            rows.add(List.of(
                    Cell.text(figures.reading.periodName(period)),
                    Cell.usd(plan[period]),
                    other == null ? Cell.text("none") : Cell.usd(other[period]),
                    other == null ? Cell.EMPTY : Cell.usd(spared),
                    other == null ? Cell.EMPTY : Cell.usd(running)));
        }
        blocks.add(new Block.Table(
                "Cash by period: the plan, and doing nothing",
                List.of(
                        Column.text("period"),
                        Column.number("plan"),
                        Column.number("doing nothing"),
                        Column.number("spared"),
                        Column.number("spared so far, today's value")),
                rows,
                "Cash, without the inner price of carbon: purchases and upfront parts when they fall due. Doing nothing:"
                        + " everything from the one supplier that is cheapest so, beside own chips, without rules on"
                        + " losses, shares, budgets and carbon."));
        blocks.add(new Block.Entries(entries(running, deepest, paidBack)));
        return new Section("return", "Budget and return", blocks);
    }

    private List<Block.Entry> entries(double value, double deepest, int paidBack) {
        List<Block.Entry> entries = new ArrayList<>();
        double most = 0;
        int dearest = 0;
        for (int period = 0; period < plan.length; period++) {
            if (plan[period] > most) {
                most = plan[period];
                dearest = period;
            }
        }
        var budget = figures.scenario.policy().budget().perPeriod();
        entries.add(new Block.Entry(
                "Budget",
                Numerals.usd(most) + " in the dearest period, " + figures.reading.periodName(dearest)
                        + (budget == null
                                ? "; the scenario sets no limit for a period"
                                : ", of " + Numerals.usd(budget.usd()) + " allowed")));
        if (otherwise == null) {
            return entries;
        }
        entries.add(new Block.Entry(
                "Net present value",
                Numerals.usd(value) + " at "
                        + Numerals.asked(
                                figures.scenario.horizon().discountRate().value()) + " a year, against doing nothing"));
        if (value < 0) {
            entries.add(new Block.Entry(
                    "Payback",
                    paidBack >= plan.length
                            ? "none in money by the end of " + figures.reading.periodName(figures.last()) + ": "
                                    + Numerals.usd(-value) + " is the price of keeping the rules below"
                            : "by the end of " + figures.reading.periodName(paidBack)));
        } else if (deepest > -0.5) {
            entries.add(
                    new Block.Entry("Payback", "at once: up to no period does the plan cost more than doing nothing"));
            entries.add(
                    new Block.Entry("Return on investment", "no money goes ahead, so that there is none to relate to"));
        } else {
            entries.add(new Block.Entry(
                    "Payback",
                    paidBack >= plan.length
                            ? "not by the end of " + figures.reading.periodName(figures.last())
                            : "by the end of " + figures.reading.periodName(paidBack)));
            entries.add(new Block.Entry(
                    "Return on investment",
                    Numerals.share(value / -deepest) + ": " + Numerals.usd(value) + " on the " + Numerals.usd(-deepest)
                            + " that go ahead at the most"));
        }
        StrategyPaper.DoingNothing other = nothing;
        if (other != null && !other.broken().isEmpty()) {
            entries.add(new Block.Entry("What doing nothing breaks", listed(other.broken())));
        }
        return entries;
    }
}
