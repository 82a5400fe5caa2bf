package io.ampacity.reports;

import io.ampacity.planner.pareto.Front;
import io.ampacity.planner.pareto.Measures;
import io.ampacity.planner.pareto.Respect;
import io.ampacity.reports.paper.Block;
import io.ampacity.reports.paper.Cell;
import io.ampacity.reports.paper.Chart;
import io.ampacity.reports.paper.Column;
import io.ampacity.reports.paper.Numerals;
import io.ampacity.reports.paper.PlainText;
import io.ampacity.scenario.Plan;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;

/** Fronts of plans as tables, drawings and numbers. */
public final class FrontTable {

    private static final double KILOGRAMS_PER_TONNE = 1000;

    private FrontTable() {}

    /** One table a front, and a drawing where there is room. */
    public static List<Block> blocks(List<Front> fronts) {
        List<Block> blocks = new ArrayList<>();
        for (Front front : fronts) {
            blocks.add(table(front));
            if (front.points().size() < 2) {
                blocks.add(new Block.Paragraph("Within the gap of the search, a higher cost buys nothing better in "
                        + name(front.respect()) + "."));
            } else {
                blocks.add(new Block.InFull(List.of(plot(front))));
            }
        }
        blocks.add(
                new Block.Paragraph("Every line is a plan that keeps all rules, by the independent check, and none is"
                        + " both dearer and no better than another. Money is discounted. Service kept is the part of the peak still"
                        + " carried after the loss of the supplier that is missed most. To have one of them, write its figure into the"
                        + " policy (carbon-total, supplier-share-cap, survive) and plan again."));
        return blocks;
    }

    private static Block table(Front front) {
        double cheapest = front.points().getFirst().costUsd();
        List<List<Cell>> rows = new ArrayList<>();
        for (Front.Point point : front.points()) {
            Measures measures = point.measures();
            double more = cheapest > 0 ? point.costUsd() / cheapest - 1 : 0;
            rows.add(List.of(
                    Cell.usd(point.costUsd()),
                    more == 0 ? Cell.text("cheapest") : Cell.number("+" + Numerals.share(more), more),
                    Cell.number(Numerals.carbon(measures.carbonKilograms()), measures.carbonKilograms()),
                    Cell.share(measures.largestShare()),
                    Cell.share(measures.serviceKept()),
                    Cell.text(suppliers(point.plan()))));
        }
        return new Block.Table(
                "Cost against " + name(front.respect()),
                List.of(
                        Column.number("cost"),
                        Column.number("more"),
                        Column.number("CO₂e"),
                        Column.number("largest share"),
                        Column.number("service kept"),
                        Column.text("from").withPriority(1)),
                rows,
                null);
    }

    private static String suppliers(Plan plan) {
        TreeSet<String> names = new TreeSet<>();
        plan.capacity().stream()
                .filter(line -> line.count() > 0)
                .forEach(line -> names.add(PlainText.name(line.supplier())));
        return String.join(", ", names);
    }

    private static Chart plot(Front front) {
        List<Double> xs = new ArrayList<>();
        List<Double> ys = new ArrayList<>();
        front.points().reversed().forEach(point -> {
            xs.add(shown(front.respect(), point.measures()));
            ys.add(point.costUsd());
        });
        if (front.respect() == Respect.RESILIENCE) {
            java.util.Collections.reverse(xs);
            java.util.Collections.reverse(ys);
        }
        String title = "Cost against " + name(front.respect());
        Chart.Axis across =
                switch (front.respect()) {
                    case CARBON -> new Chart.Axis("CO₂e over the horizon", "t", false);
                    case CONCENTRATION -> new Chart.Axis("largest supplier's share of spending", "%", false);
                    case RESILIENCE -> new Chart.Axis("service kept after the worst loss of a supplier", "%", false);
                };
        return new Chart.Plot(
                title,
                across,
                new Chart.Axis("discounted cost", "USD", false),
                List.of(new Chart.Line("plans", 0, xs, ys)),
                List.of());
    }

    private static double shown(Respect respect, Measures measures) {
        return switch (respect) {
            case CARBON -> measures.carbonKilograms() / KILOGRAMS_PER_TONNE;
            case CONCENTRATION -> 100 * measures.largestShare();
            case RESILIENCE -> 100 * measures.serviceKept();
        };
    }

    private static String name(Respect respect) {
        return switch (respect) {
            case CARBON -> "greenhouse gas";
            case CONCENTRATION -> "concentration";
            case RESILIENCE -> "resilience";
        };
    }

    /** The same in numbers, for JSON: by respect, its points from the cheapest on. */
    public static Map<String, Object> document(List<Front> fronts) {
        Map<String, Object> document = new LinkedHashMap<>();
        for (Front front : fronts) {
            List<Map<String, Object>> points = new ArrayList<>();
            for (Front.Point point : front.points()) {
                Map<String, Object> one = new LinkedHashMap<>();
                one.put("costUsd", point.costUsd());
                one.put("boundUsd", point.plan().boundUsd());
                one.put("carbonKg", point.measures().carbonKilograms());
                one.put("largestShare", point.measures().largestShare());
                one.put("serviceKept", point.measures().serviceKept());
                points.add(one);
            }
            document.put(front.respect().name().toLowerCase(Locale.ROOT), points);
        }
        return document;
    }
}
