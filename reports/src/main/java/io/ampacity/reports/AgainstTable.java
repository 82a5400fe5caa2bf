package io.ampacity.reports;

import io.ampacity.planner.strategy.Comparison;
import io.ampacity.reports.paper.Block;
import io.ampacity.reports.paper.Cell;
import io.ampacity.reports.paper.Column;
import io.ampacity.reports.paper.Numerals;
import io.ampacity.reports.paper.PlainText;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A plan against what people do today, as a table and as numbers. */
public final class AgainstTable {

    private AgainstTable() {}

    /** The table, and what it cannot say. */
    public static List<Block> blocks(Comparison comparison) {
        List<List<Cell>> rows = new ArrayList<>();
        for (Comparison.Line line : comparison.lines()) {
            boolean none = line.plan() == null;
            rows.add(List.of(
                    Cell.text(PlainText.name(line.strategy())),
                    none ? Cell.text("finds none") : Cell.usd(line.costUsd()),
                    none ? Cell.EMPTY : Cell.usd(line.sameRulesUsd()),
                    none ? Cell.EMPTY : Cell.share(line.saving())));
        }
        rows.add(List.of(
                Cell.text("this plan"),
                Cell.usd(comparison.plan().objectiveUsd()),
                Cell.usd(comparison.plan().objectiveUsd()),
                Cell.EMPTY));
        Block table = new Block.Table(
                "Against what people do today, on the same facts, in discounted money",
                List.of(
                        Column.text("strategy"),
                        Column.number("costs"),
                        Column.number("ours, same rules"),
                        Column.number("saves")),
                rows,
                "A strategy that breaks rules is held against our plan without those it does not know. Re-implemented "
                        + "here from what is published of them.");
        List<Block.Point> points = new ArrayList<>();
        for (Comparison.Line line : comparison.lines()) {
            String breaks = line.plan() == null
                    ? "it finds no plan here"
                    : line.broken().isEmpty() ? "it keeps every rule" : "it breaks " + String.join(", ", line.broken());
            points.add(new Block.Point(PlainText.name(line.strategy()), line.description() + "; " + breaks));
        }
        return List.of(
                table,
                new Block.Points(points),
                new Block.Paragraph("No plan that keeps every rule costs less than "
                        + Numerals.usd(comparison.clairvoyantUsd())
                        + (comparison.plan().futures().isEmpty()
                                ? "."
                                : ", not even one that knows which future comes.")));
    }

    /** The same in numbers, for JSON. */
    public static Map<String, Object> document(Comparison comparison) {
        List<Map<String, Object>> lines = new ArrayList<>();
        for (Comparison.Line line : comparison.lines()) {
            Map<String, Object> one = new LinkedHashMap<>();
            one.put("strategy", line.strategy());
            one.put("description", line.description());
            one.put("costUsd", line.costUsd());
            one.put("sameRulesUsd", line.sameRulesUsd());
            one.put("saving", line.saving());
            one.put("brokenRules", line.broken());
            lines.add(one);
        }
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("strategies", lines);
        document.put("costUsd", comparison.plan().objectiveUsd());
        document.put("clairvoyantUsd", comparison.clairvoyantUsd());
        return document;
    }
}
