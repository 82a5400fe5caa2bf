package io.ampacity.reports.html;

import io.ampacity.reports.paper.Chart;
import java.util.List;

/** Stacked bars as SVG of a given width. */
final class StackedBarsDrawing {

    private static final double LEFT = 58;
    private static final double RIGHT = 8;
    private static final double TOP = 22;
    private static final double PLOT = 190;
    private static final double BOTTOM = 26;
    private static final double WIDEST_BAR = 84;
    private static final double LABEL = 62;

    private final Markup out;
    private final Chart.StackedBars chart;
    private final double width;

    StackedBarsDrawing(Markup out, Chart.StackedBars chart, double width) {
        this.out = out;
        this.chart = chart;
        this.width = width;
    }

    void draw(String className) {
        double most = 0;
        for (int category = 0; category < chart.categories().size(); category++) {
            most = Math.max(most, chart.total(category));
        }
        List<Double> ticks = Ticks.upTo(most, 4);
        double top = ticks.getLast();
        double height = TOP + PLOT + BOTTOM;
        out.open(
                "svg",
                "class",
                className,
                "viewBox",
                "0 0 " + Markup.length(width) + " " + Markup.length(height),
                "role",
                "img",
                "tabindex",
                "0",
                "aria-label",
                chart.title() + ". Arrow keys read the bars.");
        for (double tick : ticks) {
            double y = TOP + PLOT * (1 - tick / top);
            out.empty(
                    "line",
                    "class",
                    "grid",
                    "x1",
                    Markup.length(LEFT),
                    "x2",
                    Markup.length(width - RIGHT),
                    "y1",
                    Markup.length(y),
                    "y2",
                    Markup.length(y));
            out.element(
                    "text",
                    chart.scale().mark(tick),
                    "class",
                    "axis end",
                    "x",
                    Markup.length(LEFT - 8),
                    "y",
                    Markup.length(y + 4));
        }
        int count = chart.categories().size();
        double slot = (width - LEFT - RIGHT) / Math.max(1, count);
        int labelEvery = Math.max(1, (int) Math.ceil(LABEL / slot));
        for (int category = 0; category < count; category++) {
            bar(category, slot, top, labelEvery);
        }
        out.close().line();
    }

    private void bar(int category, double slot, double top, int labelEvery) {
        double barWidth = Math.min(slot * 0.66, WIDEST_BAR);
        double centre = LEFT + slot * (category + 0.5);
        double x = centre - barWidth / 2;
        double y = TOP + PLOT;
        for (Chart.Series series : chart.series()) {
            double height = Math.max(0, series.values().get(category)) / top * PLOT;
            if (height > 0) {
                y -= height;
                out.empty(
                        "rect",
                        "class",
                        (height > 4 ? "seg " : "") + HtmlRenderer.hue(series.hue()),
                        "x",
                        Markup.length(x),
                        "y",
                        Markup.length(y),
                        "width",
                        Markup.length(barWidth),
                        "height",
                        Markup.length(height));
            }
        }
        if (slot >= LABEL * 0.7) {
            out.element(
                    "text",
                    chart.scale().print(chart.total(category)),
                    "class",
                    "total",
                    "x",
                    Markup.length(centre),
                    "y",
                    Markup.length(y - 6));
        }
        if (category % labelEvery == 0) {
            out.element(
                    "text",
                    chart.categories().get(category),
                    "class",
                    "axis middle",
                    "x",
                    Markup.length(centre),
                    "y",
                    Markup.length(TOP + PLOT + 18));
        }
        out.open(
                "rect",
                "class",
                "hit",
                "x",
                Markup.length(centre - slot / 2),
                "y",
                Markup.length(TOP - 16),
                "width",
                Markup.length(slot),
                "height",
                Markup.length(PLOT + 16));
        out.element("title", tip(category)).close();
    }

    private String tip(int category) {
        StringBuilder tip = new StringBuilder(chart.categories().get(category));
        tip.append(": ").append(chart.scale().print(chart.total(category)));
        for (Chart.Series series : chart.series().reversed()) {
            if (series.values().get(category) != 0) {
                tip.append('\n').append(series.name()).append(": ");
                tip.append(chart.scale().print(series.values().get(category)));
            }
        }
        return tip.toString();
    }
}
