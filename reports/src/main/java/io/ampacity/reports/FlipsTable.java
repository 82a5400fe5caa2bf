package io.ampacity.reports;

import io.ampacity.planner.reasons.Different;
import io.ampacity.planner.reasons.Flips;
import io.ampacity.planner.reasons.Flips.Flip;
import io.ampacity.planner.reasons.Lever;
import io.ampacity.reports.paper.Block;
import io.ampacity.reports.paper.Cell;
import io.ampacity.reports.paper.Column;
import io.ampacity.reports.paper.PlainText;
import io.ampacity.scenario.Plan;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What would flip a decision, and what else could be decided at hardly more cost, as tables and as numbers. */
public final class FlipsTable {

    private FlipsTable() {}

    /** Flips, by choice, and what time ran out for. */
    public static List<Block> blocks(Flips.Answer answer) {
        List<Block> blocks = new ArrayList<>();
        if (!answer.flips().isEmpty()) {
            blocks.add(table(answer.flips()));
        } else if (answer.untried().isEmpty()) {
            blocks.add(
                    new Block.Paragraph(
                            "Nothing that was tried flips a choice: prices of the first supplier twice"
                                    + " as high, of others 60 % lower, demand doubled or 60 % less, and what can be bought a year later."));
        } else {
            blocks.add(new Block.Paragraph("Nothing that was tried in time flips a choice."));
        }
        if (!answer.untried().isEmpty()) {
            List<String> untried = answer.untried().stream()
                    .map(one -> PlainText.name(one.lever().spoken(one.from())))
                    .toList();
            blocks.add(new Block.Paragraph("Time ran out before these and larger changes were tried: "
                    + String.join(", ", untried) + ". More is tried with a longer --time-limit."));
        }
        return blocks;
    }

    private static Block table(List<Flip> flips) {
        List<List<Cell>> rows = new ArrayList<>();
        for (Flip flip : flips) {
            String to = flip.to();
            rows.add(List.of(
                    Cell.text(flip.choice().spoken()),
                    Cell.text(PlainText.name(flip.from())),
                    Cell.text(PlainText.name(flip.lever().spoken(flip.other()))),
                    Cell.text(to == null ? "no plan" : PlainText.name(to)),
                    Cell.text(
                            flip.same() == 0 ? "as things stand" : flip.lever().spoken(flip.same()))));
        }
        return new Block.Table(
                "What would flip the decision, the smallest change of each choice first",
                List.of(
                        Column.text("choice"),
                        Column.text("now"),
                        Column.text("flips at"),
                        Column.text("to"),
                        Column.text("unchanged at").withPriority(1)),
                rows,
                "Planned again on both sides; as sure as the gap to which plans are proven.");
    }

    /** Plans as different as can be. */
    public static List<Block> different(List<Different.Alternative> others, double within) {
        if (others.isEmpty()) {
            return List.of(
                    new Block.Paragraph("No plan within " + percent(within) + " of the cost is built otherwise."));
        }
        List<List<Cell>> rows = new ArrayList<>();
        for (Different.Alternative other : others) {
            rows.add(List.of(
                    Cell.text(String.join(", ", takes(other.plan()))),
                    Cell.usd(other.moreUsd()),
                    Cell.share(other.kept())));
        }
        return List.of(new Block.Table(
                "Plans within " + percent(within) + " of the cost, as different as can be",
                List.of(Column.text("takes"), Column.number("costs more"), Column.number("spent as in the plan")),
                rows,
                "Each keeps every rule and spends the least on what the plans before it use."));
    }

    private static String percent(double share) {
        return Math.round(share * 1000) / 10.0 + " %";
    }

    private static Set<String> takes(Plan plan) {
        Set<String> takes = new LinkedHashSet<>();
        plan.capacity().stream()
                .filter(line -> !line.contract().equals("owned") && line.count() > 0)
                .map(line -> PlainText.name(line.supplier()) + "/" + PlainText.name(line.chip()) + " "
                        + PlainText.name(line.contract()))
                .sorted()
                .forEach(takes::add);
        return takes;
    }

    /** Flips in numbers, for JSON. */
    public static List<Map<String, Object>> document(List<Flip> flips) {
        List<Map<String, Object>> lines = new ArrayList<>();
        for (Flip flip : flips) {
            Map<String, Object> one = new LinkedHashMap<>();
            one.put("choice", flip.choice().spoken());
            one.put("from", flip.from());
            one.put("to", flip.to());
            one.put("change", kind(flip.lever()));
            one.put("about", flip.lever().about());
            one.put("sameAt", flip.same());
            one.put("flipsAt", flip.other());
            lines.add(one);
        }
        return lines;
    }

    /** Changes that time ran out for, for JSON. */
    public static List<Map<String, Object>> untriedDocument(List<Flips.Untried> untried) {
        List<Map<String, Object>> lines = new ArrayList<>();
        for (Flips.Untried each : untried) {
            Map<String, Object> one = new LinkedHashMap<>();
            one.put("change", kind(each.lever()));
            one.put("about", each.lever().about());
            one.put("untriedFrom", each.from());
            lines.add(one);
        }
        return lines;
    }

    private static String kind(Lever lever) {
        return lever.kind().name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
    }

    /** Different plans in numbers, for JSON. */
    public static List<Map<String, Object>> differentDocument(List<Different.Alternative> others) {
        List<Map<String, Object>> lines = new ArrayList<>();
        for (Different.Alternative other : others) {
            Map<String, Object> one = new LinkedHashMap<>();
            one.put("takes", List.copyOf(takes(other.plan())));
            one.put("moreUsd", other.moreUsd());
            one.put("spentAsInThePlan", other.kept());
            lines.add(one);
        }
        return lines;
    }
}
