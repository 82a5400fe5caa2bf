package io.ampacity.reports;

import io.ampacity.planner.reasons.SkillsWorth;
import io.ampacity.planner.reasons.SkillsWorth.Family;
import io.ampacity.planner.reasons.SkillsWorth.Sooner;
import io.ampacity.reports.paper.Block;
import io.ampacity.reports.paper.Cell;
import io.ampacity.reports.paper.Column;
import io.ampacity.reports.paper.PlainText;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What more families of chips, or sooner ones, are worth, as a table and as numbers. */
public final class SkillsWorthTable {

    private SkillsWorthTable() {}

    /** One line for a family, and one for each way to learn it. */
    public static List<Block> blocks(SkillsWorth worth) {
        List<List<Cell>> rows = new ArrayList<>();
        for (Family family : worth.families()) {
            rows.add(List.of(
                    Cell.text(PlainText.name(family.family())),
                    Cell.text("one more family, from the first period on"),
                    usd(family.knownUsd())));
            for (Sooner sooner : family.ways()) {
                rows.add(List.of(
                        Cell.text(""),
                        Cell.text("one team month sooner by " + PlainText.name(sooner.way())),
                        usd(sooner.usdPerMonth())));
            }
        }
        return List.of(
                new Block.Table(
                        "What skills are worth",
                        List.of(Column.text("family"), Column.text("one unit more"), Column.number("saves")),
                        rows,
                        rows.isEmpty()
                                ? "The team can run every family of chips that the scenario has."
                                : "Discounted money, each by planning again. A month is a part of the period by which it is sooner."));
    }

    private static Cell usd(double usd) {
        return Double.isFinite(usd) ? Cell.usd(usd) : Cell.text("no plan");
    }

    /** The same in numbers, for JSON. */
    public static List<Map<String, Object>> document(SkillsWorth worth) {
        List<Map<String, Object>> families = new ArrayList<>();
        for (Family family : worth.families()) {
            Map<String, Object> one = new LinkedHashMap<>();
            one.put("family", family.family());
            put(one, "knownUsd", family.knownUsd());
            List<Map<String, Object>> ways = new ArrayList<>();
            for (Sooner sooner : family.ways()) {
                Map<String, Object> way = new LinkedHashMap<>();
                way.put("way", sooner.way());
                way.put("months", sooner.months());
                put(way, "usdPerTeamMonth", sooner.usdPerMonth());
                ways.add(way);
            }
            one.put("ways", ways);
            families.add(one);
        }
        return families;
    }

    private static void put(Map<String, Object> map, String key, double value) {
        if (Double.isFinite(value)) {
            map.put(key, value);
        }
    }
}
