package io.ampacity.reports;

import io.ampacity.planner.strategy.Uncertainty;
import io.ampacity.planner.strategy.Uncertainty.Regret;
import io.ampacity.reports.paper.Block;
import io.ampacity.reports.paper.Cell;
import io.ampacity.reports.paper.Column;
import io.ampacity.reports.paper.Numerals;
import io.ampacity.reports.paper.PlainText;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What not knowing the future costs, as a table and as numbers. */
public final class UncertaintyTable {

    private UncertaintyTable() {}

    /** The figures in words, and the regret of each set of orders. */
    public static List<Block> blocks(Uncertainty uncertainty) {
        List<List<Cell>> rows = new ArrayList<>();
        for (Regret regret : uncertainty.regrets()) {
            boolean possible = Double.isFinite(regret.costUsd());
            rows.add(List.of(
                    Cell.text(PlainText.name(regret.orders())),
                    possible ? Cell.usd(regret.costUsd()) : Cell.text("breaks a rule in some future"),
                    possible ? Cell.usd(regret.most()) : Cell.EMPTY));
        }
        List<Block.Point> points = new ArrayList<>();
        points.add(new Block.Point(
                "Knowing the future",
                "is worth at most " + Numerals.usd(uncertainty.informationUsd())
                        + " (expected value of perfect information)"));
        points.add(new Block.Point(
                "Planning for all futures",
                Double.isFinite(uncertainty.meanOrdersUsd())
                        ? "saves " + Numerals.usd(uncertainty.stochasticUsd())
                                + " over orders for their mean (value of the stochastic solution)"
                        : "is what makes the plan possible: orders for the mean break a rule in some future"));
        points.add(new Block.Point(
                "Learning after one period", "which future comes is worth " + Numerals.usd(uncertainty.learningUsd())));
        double waiting = uncertainty.waitingValueUsd();
        points.add(new Block.Point(
                "Waiting a period",
                !Double.isFinite(waiting)
                        ? "is not possible: without orders in the first period a rule breaks"
                        : waiting > 0
                                ? "with every order until one knows saves " + Numerals.usd(waiting)
                                : "with every order until one knows costs " + Numerals.usd(-waiting) + " more"));
        return List.of(
                new Block.Table(
                        "Orders, and how much more they cost than a clairvoyant's",
                        List.of(
                                Column.text("ordered for"),
                                Column.number("costs"),
                                Column.number("regret in the worst future")),
                        rows,
                        "Discounted money. What is rented by the hour and what runs where follow the future that comes."),
                new Block.Points(points));
    }

    /** The same in numbers, for JSON; what is not possible is null. */
    public static Map<String, Object> document(Uncertainty uncertainty) {
        Map<String, Object> document = new LinkedHashMap<>();
        put(document, "clairvoyantUsd", uncertainty.clairvoyantUsd());
        put(document, "valueOfInformationUsd", uncertainty.informationUsd());
        put(document, "meanOrdersUsd", uncertainty.meanOrdersUsd());
        put(document, "valueOfStochasticSolutionUsd", uncertainty.stochasticUsd());
        put(document, "valueOfLearningUsd", uncertainty.learningUsd());
        put(document, "valueOfWaitingUsd", uncertainty.waitingValueUsd());
        List<Map<String, Object>> regrets = new ArrayList<>();
        for (Regret regret : uncertainty.regrets()) {
            Map<String, Object> one = new LinkedHashMap<>();
            one.put("orders", regret.orders());
            put(one, "costUsd", regret.costUsd());
            put(one, "mostUsd", regret.most());
            one.put("byFutureUsd", regret.byFuture());
            regrets.add(one);
        }
        document.put("regrets", regrets);
        return document;
    }

    @SuppressWarnings("NullAway") // JSON knows null
    private static void put(Map<String, Object> map, String key, double value) {
        @Nullable Double number = Double.isFinite(value) ? Double.valueOf(value) : null;
        map.put(key, number);
    }
}
