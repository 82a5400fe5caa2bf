package io.ampacity.reports;

import io.ampacity.planner.reasons.Alternatives.Alternative;
import io.ampacity.planner.reasons.Negotiation;
import io.ampacity.reports.paper.Block;
import io.ampacity.reports.paper.Cell;
import io.ampacity.reports.paper.Column;
import io.ampacity.reports.paper.Numerals;
import io.ampacity.reports.paper.PlainText;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What a supplier is worth and at which price it leaves or enters, as sentences and as numbers. */
public final class NegotiationSheet {

    private NegotiationSheet() {}

    /** What one brings to the table. */
    public static List<Block> blocks(Negotiation sheet) {
        String name = PlainText.name(sheet.part().toString());
        List<Block.Point> points = new ArrayList<>();
        boolean used = sheet.spentUsd() > 0;
        points.add(new Block.Point(
                "Today",
                used
                        ? "the plan spends " + Numerals.usd(sheet.spentUsd()) + " on " + name + ", discounted"
                        : "the plan takes nothing of " + name));
        if (Double.isInfinite(sheet.withoutUsd())) {
            points.add(new Block.Point("Without it", "no plan keeps every rule: it cannot be left at any price"));
            return List.of(new Block.Points(points));
        }
        if (used) {
            points.add(new Block.Point(
                    "Without it",
                    "the best plan costs " + Numerals.usd(sheet.worthUsd()) + " more: that is its worth"));
        }
        if (Double.isNaN(sheet.factor())) {
            points.add(new Block.Point("Price", "it enters the plan at no price: something else keeps it out"));
        } else {
            points.add(new Block.Point(
                    used ? "It leaves" : "It enters",
                    (used ? "when its prices rise by " : "when its prices change by ") + percent(sheet.factor())
                            + " (between " + percent(sheet.low()) + " and " + percent(sheet.high())
                            + ", as sure as the plans are proven)"));
            points.add(new Block.Point(
                    "Planned again",
                    "a little below that it is " + (sheet.usedBelow() ? "in" : "out of")
                            + " the plan, a little above it is " + (sheet.usedAbove() ? "in" : "out")));
        }
        if (!sheet.replacedBy().isEmpty()) {
            List<String> others = new ArrayList<>();
            sheet.replacedBy().forEach((other, chips) -> others.add(chips + " × " + PlainText.name(other)));
            points.add(new Block.Point("Instead of it", "up to " + String.join(", ", others)));
        }
        return List.of(new Block.Points(points));
    }

    private static String percent(double factor) {
        double by = factor - 1;
        return (by >= 0 ? "+" : "−") + Numerals.share(Math.abs(by));
    }

    /** Ways of doing without one thing. */
    public static List<Block> blocks(List<Alternative> alternatives) {
        List<List<Cell>> rows = new ArrayList<>();
        for (Alternative alternative : alternatives) {
            boolean none = Double.isInfinite(alternative.moreUsd());
            rows.add(List.of(
                    Cell.text(PlainText.name(alternative.without().toString())),
                    none ? Cell.text("no plan") : Cell.usd(alternative.moreUsd()),
                    none ? Cell.EMPTY : Cell.share(alternative.share())));
        }
        return List.of(new Block.Table(
                "Doing without, the cheapest first",
                List.of(Column.text("without"), Column.number("costs more"), Column.number("of the plan")),
                rows,
                "Within the gap to which plans are proven, a difference says that both are as good."));
    }

    /** The sheet in numbers, for JSON. */
    public static Map<String, Object> document(Negotiation sheet) {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("about", sheet.part().toString());
        document.put("spentUsd", sheet.spentUsd());
        document.put("costUsd", sheet.costUsd());
        document.put("costWithoutUsd", sheet.withoutUsd());
        document.put("worthUsd", sheet.worthUsd());
        Map<String, Object> factor = new LinkedHashMap<>();
        factor.put("value", sheet.factor());
        factor.put("low", sheet.low());
        factor.put("high", sheet.high());
        document.put(sheet.spentUsd() > 0 ? "leavesAtPriceFactor" : "entersAtPriceFactor", factor);
        document.put("usedBelow", sheet.usedBelow());
        document.put("usedAbove", sheet.usedAbove());
        document.put("replacedBy", sheet.replacedBy());
        return document;
    }

    /** Alternatives in numbers, for JSON. */
    public static List<Map<String, Object>> document(List<Alternative> alternatives) {
        List<Map<String, Object>> lines = new ArrayList<>();
        for (Alternative alternative : alternatives) {
            Map<String, Object> one = new LinkedHashMap<>();
            one.put("without", alternative.without().toString());
            one.put("moreUsd", alternative.moreUsd());
            one.put("share", alternative.share());
            lines.add(one);
        }
        return lines;
    }
}
