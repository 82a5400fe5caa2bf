package io.ampacity.reports;

import io.ampacity.planner.reasons.Recourse;
import io.ampacity.planner.reasons.Recourse.Branch;
import io.ampacity.reports.paper.Block;
import io.ampacity.reports.paper.Cell;
import io.ampacity.reports.paper.Column;
import io.ampacity.reports.paper.Numerals;
import io.ampacity.reports.paper.PlainText;
import io.ampacity.scenario.Plan;
import io.ampacity.scenario.Plan.Capacity;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What is done once a programme has failed, as a table and as numbers. */
public final class RecourseTable {

    private RecourseTable() {}

    /** What we would do then, by future. */
    public static List<Block> blocks(Recourse recourse, Plan plan) {
        List<List<Cell>> rows = new ArrayList<>();
        for (Branch branch : recourse.branches()) {
            List<String> done = new ArrayList<>();
            branch.orders().forEach(line -> done.add("order " + told(line, plan)));
            branch.forgone().forEach(line -> done.add("leave out " + told(line, plan)));
            Integer known = branch.knownPeriod();
            rows.add(List.of(
                    Cell.text(PlainText.name(branch.future())),
                    Cell.text(
                            known == null
                                    ? "never: it is not started"
                                    : plan.periods().get(known)),
                    Cell.text(done.isEmpty() ? "rent by the hour what is missing" : String.join("; ", done)),
                    Cell.usd(branch.costUsd())));
        }
        String worth = Double.isFinite(recourse.worthUsd())
                ? "To order by what has failed is worth " + Numerals.usd(recourse.worthUsd()) + " of the weighed cost."
                : "Without orders that follow a failure there is no plan.";
        return List.of(new Block.Table(
                "What we would do if a programme fails",
                List.of(Column.text("future"), Column.text("known from"), Column.text("then"), Column.number("costs")),
                rows,
                worth + " Compared with the likeliest future in which nothing fails; before a failure is known all"
                        + " orders are the same."));
    }

    private static String told(Capacity line, Plan plan) {
        return Numerals.count(line.added()) + " " + PlainText.name(line.chip()) + " " + PlainText.name(line.contract())
                + " of " + PlainText.name(line.supplier()) + " in "
                + plan.periods().get(line.period());
    }

    /** The same in numbers, for JSON; a worth that cannot be told is left out. */
    public static Map<String, Object> document(Recourse recourse, Plan plan) {
        Map<String, Object> document = new LinkedHashMap<>();
        if (Double.isFinite(recourse.worthUsd())) {
            document.put("worthUsd", recourse.worthUsd());
        }
        List<Map<String, Object>> branches = new ArrayList<>();
        for (Branch branch : recourse.branches()) {
            Map<String, Object> one = new LinkedHashMap<>();
            one.put("future", branch.future());
            one.put("probability", branch.probability());
            one.put("programmes", List.copyOf(branch.programmes()));
            Integer known = branch.knownPeriod();
            if (known != null) {
                one.put("knownFrom", plan.periods().get(known));
            }
            one.put("costUsd", branch.costUsd());
            one.put("orders", lines(branch.orders(), plan));
            one.put("forgone", lines(branch.forgone(), plan));
            branches.add(one);
        }
        document.put("futures", branches);
        return document;
    }

    private static List<Map<String, Object>> lines(List<Capacity> lines, Plan plan) {
        List<Map<String, Object>> told = new ArrayList<>();
        for (Capacity line : lines) {
            Map<String, Object> one = new LinkedHashMap<>();
            one.put("period", plan.periods().get(line.period()));
            one.put("site", line.site());
            one.put("supplier", line.supplier());
            one.put("chip", line.chip());
            one.put("contract", line.contract());
            one.put("chips", line.added());
            told.add(one);
        }
        return told;
    }
}
