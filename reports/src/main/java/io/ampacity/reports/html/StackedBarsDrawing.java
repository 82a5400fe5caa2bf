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
    private final Plot plot;

    StackedBarsDrawing(Markup out, Chart.StackedBars chart, double width) {
        this.out = out;
        this.chart = chart;
        this.width = width;
        plot = new Plot(out, LEFT, width - RIGHT);
    }

    void draw(String className) {
        double most = 0;
        for (int category = 0; category < chart.categories().size(); category++) {
            most = Math.max(most, chart.total(category));
        }
        List<Double> ticks = Ticks.upTo(most, 4);
        double top = ticks.getLast();
        double height = TOP + PLOT + BOTTOM;
        plot.open(className, width, height, chart.title() + ". Arrow keys read the bars.");
        for (double tick : ticks) {
            plot.line(TOP + PLOT * (1 - tick / top), chart.scale().mark(tick));
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
                        (height > 4 ? "seg " : "") + FigureMarkup.hue(series.hue()),
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
            plot.text(chart.scale().print(chart.total(category)), "total", centre, y - 6);
        }
        if (category % labelEvery == 0) {
            plot.text(chart.categories().get(category), "axis middle", centre, TOP + PLOT + 18);
        }
        plot.hit(centre - slot / 2, TOP - 16, slot, PLOT + 16, tip(category));
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
