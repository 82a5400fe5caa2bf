package io.ampacity.reports.html;

import io.ampacity.reports.paper.Block;
import io.ampacity.reports.paper.Cell;
import io.ampacity.reports.paper.Chart;
import io.ampacity.reports.paper.Column;
import java.util.ArrayList;
import java.util.List;

/** Charts as figures: a caption, a legend, the drawing for wide and for narrow screens, and its numbers as a table. */
final class FigureMarkup {

    private static final int HUES = 8;
    private static final double WIDE = 992;
    private static final double NARROW = 358;

    private FigureMarkup() {}

    /** The class that fills a shape with the colour of a series. */
    static String hue(int hue) {
        return hue == Chart.Series.NEUTRAL ? "fill" : "h" + Math.floorMod(hue, HUES);
    }

    /** The class that strokes a line with the colour of a series. */
    static String stroke(int hue) {
        return hue == Chart.Series.NEUTRAL ? "stroke" : "s" + Math.floorMod(hue, HUES);
    }

    static void stackedBars(Markup out, Chart.StackedBars chart) {
        if (chart.series().isEmpty()) {
            return;
        }
        out.open("figure").element("figcaption", chart.title());
        legend(out, chart.series());
        new StackedBarsDrawing(out, chart, WIDE).draw("chart wide");
        new StackedBarsDrawing(out, chart, NARROW).draw("chart narrow");
        numbers(out, stackedBarsTable(chart));
        out.close().line();
    }

    static void timeline(Markup out, Chart.Timeline chart) {
        if (!chart.hasLength()) {
            return;
        }
        out.open("figure").element("figcaption", chart.title());
        for (Chart.Panel panel : chart.panels()) {
            if (panel.stacked()) {
                legend(out, panel.series());
            }
        }
        new TimelineDrawing(out, chart, WIDE).draw("chart wide");
        new TimelineDrawing(out, chart, NARROW).draw("chart narrow");
        numbers(out, timelineTable(chart));
        out.close().line();
    }

    static void plot(Markup out, Chart.Plot plot) {
        if (plot.lines().isEmpty() && plot.points().isEmpty()) {
            return;
        }
        out.open("figure").element("figcaption", plot.title());
        if (plot.lines().size() > 1) {
            legend(
                    out,
                    plot.lines().stream()
                            .map(line -> new Chart.Series(line.name(), line.hue(), List.of()))
                            .toList());
        }
        new PlotDrawing(out, plot, WIDE).draw("chart wide");
        new PlotDrawing(out, plot, NARROW).draw("chart narrow");
        out.close().line();
    }

    private static void legend(Markup out, List<Chart.Series> all) {
        out.open("ul", "class", "legend");
        for (Chart.Series series : all) {
            out.open("li").open("svg", "viewBox", "0 0 10 10", "aria-hidden", "true");
            out.empty("rect", "class", hue(series.hue()), "width", "10", "height", "10", "rx", "2");
            out.close().text(series.name()).close();
        }
        out.close().line();
    }

    private static void numbers(Markup out, Block.Table table) {
        out.open("details").element("summary", "Numbers of this chart");
        TableMarkup.table(out, table, "small");
        out.close();
    }

    private static Block.Table stackedBarsTable(Chart.StackedBars chart) {
        List<Column> columns = new ArrayList<>();
        columns.add(Column.text("period"));
        chart.series().forEach(series -> columns.add(Column.number(series.name())));
        columns.add(Column.number("all"));
        List<List<Cell>> rows = new ArrayList<>();
        for (int category = 0; category < chart.categories().size(); category++) {
            List<Cell> row = new ArrayList<>();
            row.add(Cell.text(chart.categories().get(category)));
            for (Chart.Series series : chart.series()) {
                double value = series.values().get(category);
                row.add(Cell.number(chart.scale().print(value), value));
            }
            row.add(Cell.number(chart.scale().print(chart.total(category)), chart.total(category)));
            rows.add(row);
        }
        return new Block.Table(chart.title(), columns, rows, null);
    }

    private static Block.Table timelineTable(Chart.Timeline chart) {
        List<Column> columns = new ArrayList<>();
        columns.add(Column.text("from"));
        for (Chart.Panel panel : chart.panels()) {
            panel.series().forEach(series -> columns.add(Column.number(series.name())));
        }
        List<List<Cell>> rows = new ArrayList<>();
        double span = chart.endSeconds() - chart.startSeconds().getFirst();
        for (int bucket = 0; bucket < chart.buckets(); bucket++) {
            List<Cell> row = new ArrayList<>();
            row.add(Cell.text(Ticks.clock(chart.startSeconds().get(bucket), span)));
            for (Chart.Panel panel : chart.panels()) {
                for (Chart.Series series : panel.series()) {
                    double value = series.values().get(bucket);
                    row.add(
                            Double.isNaN(value)
                                    ? Cell.text("·")
                                    : Cell.text(panel.scale().print(value)));
                }
            }
            rows.add(row);
        }
        return new Block.Table(chart.title(), columns, rows, null);
    }
}
