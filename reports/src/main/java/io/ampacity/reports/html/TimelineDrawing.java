package io.ampacity.reports.html;

import io.ampacity.reports.paper.Chart;
import java.util.ArrayList;
import java.util.List;

/** A timeline as SVG of a given width: its panels below one another over one axis, with the windows shaded. */
final class TimelineDrawing {

    private static final double LEFT = 58;
    private static final double RIGHT = 12;
    private static final double ONE_NAME = 22;
    private static final double NAME_ROW = 16;
    private static final double NAME_LETTER = 7.3;
    private static final double CLOCK_LETTER = 6.8;
    private static final double PANEL = 104;
    private static final double BETWEEN = 34;
    private static final double BOTTOM = 26;

    private final Markup out;
    private final Chart.Timeline chart;
    private final double width;
    private final Plot plot;
    private final double start;
    private final double end;
    private final List<Integer> nameRows;
    private final double top;

    TimelineDrawing(Markup out, Chart.Timeline chart, double width) {
        this.out = out;
        this.chart = chart;
        this.width = width;
        plot = new Plot(out, LEFT, width - RIGHT);
        this.start = chart.startSeconds().getFirst();
        this.end = chart.endSeconds();
        this.nameRows = nameRows();
        int rows = nameRows.stream().mapToInt(Integer::intValue).max().orElse(0);
        this.top = ONE_NAME + NAME_ROW * rows;
    }

    /** The row in which each window's name stands, so that no name covers another. */
    private List<Integer> nameRows() {
        List<Integer> rows = new ArrayList<>();
        List<double[]> spans = new ArrayList<>();
        for (Chart.Window window : chart.windows()) {
            double from = nameStart(window);
            double to = from + NAME_LETTER * window.name().length();
            int row = 0;
            for (int other = 0; other < spans.size(); other++) {
                double[] span = spans.get(other);
                if (rows.get(other) == row && from < span[1] + NAME_LETTER && to + NAME_LETTER > span[0]) {
                    row++;
                    other = -1;
                }
            }
            rows.add(row);
            spans.add(new double[] {from, to});
        }
        return rows;
    }

    /** Where a window's name begins: at its window's left edge, further left where it would run out of the picture. */
    private double nameStart(Chart.Window window) {
        double from = x(Math.clamp(window.startSeconds(), start, end));
        return Math.max(0, Math.min(from, width - NAME_LETTER * window.name().length()));
    }

    void draw(String className) {
        int panels = chart.panels().size();
        double bottom = top + panels * (PANEL + BETWEEN) - BETWEEN + 14;
        double height = bottom + BOTTOM;
        plot.open(className, width, height, chart.title() + ". Arrow keys read the moments.");
        windows(bottom);
        double y = top + 14;
        for (Chart.Panel panel : chart.panels()) {
            panel(panel, y);
            y += PANEL + BETWEEN;
        }
        windowEdges(bottom);
        double free = Double.NEGATIVE_INFINITY;
        for (double moment : Ticks.moments(start, end, width < 500 ? 4 : 9)) {
            out.empty(
                    "line",
                    "class",
                    "tick",
                    "x1",
                    Markup.length(x(moment)),
                    "x2",
                    Markup.length(x(moment)),
                    "y1",
                    Markup.length(bottom),
                    "y2",
                    Markup.length(bottom + 4));
            String clock = Ticks.clock(moment, end - start);
            String anchor = x(moment) > width - 30 ? "end" : x(moment) < LEFT + 10 ? "start" : "middle";
            double length = CLOCK_LETTER * clock.length();
            double from =
                    switch (anchor) {
                        case "end" -> x(moment) - length;
                        case "start" -> x(moment);
                        default -> x(moment) - length / 2;
                    };
            if (from > free) {
                free = from + length + CLOCK_LETTER;
                plot.text(clock, "axis " + anchor, x(moment), bottom + 18);
            }
        }
        for (int bucket = 0; bucket < chart.buckets(); bucket++) {
            double from = x(chart.startSeconds().get(bucket));
            plot.hit(from, top, x(chart.bucketEnd(bucket)) - from, bottom - top, tip(bucket));
        }
        out.close().line();
    }

    private void panel(Chart.Panel panel, double top) {
        out.element("text", panel.title(), "class", "panel", "x", Markup.length(LEFT), "y", Markup.length(top - 6));
        Double fixed = panel.top();
        List<Double> ticks = fixed == null ? Ticks.upTo(most(panel), 3) : List.of(0.0, fixed / 2, fixed);
        double highest = ticks.getLast();
        for (double tick : ticks) {
            plot.line(top + PANEL * (1 - tick / highest), panel.scale().mark(tick));
        }
        if (panel.stacked()) {
            stacked(panel, top, highest);
        } else {
            panel.series().forEach(series -> line(series, top, highest));
        }
    }

    /** A stepped line with the area below it; a gap where there is no value. */
    private void line(Chart.Series series, double top, double highest) {
        double base = top + PANEL;
        StringBuilder line = new StringBuilder();
        StringBuilder area = new StringBuilder();
        boolean inside = false;
        for (int bucket = 0; bucket < chart.buckets(); bucket++) {
            double value = series.values().get(bucket);
            String from = Markup.length(x(chart.startSeconds().get(bucket)));
            String to = Markup.length(x(chart.bucketEnd(bucket)));
            if (Double.isNaN(value)) {
                area.append(inside ? "V" + Markup.length(base) + "Z" : "");
                inside = false;
                continue;
            }
            String y = Markup.length(base - Math.clamp(value / highest, 0.0, 1.0) * PANEL);
            line.append(inside ? "V" + y : "M" + from + " " + y).append("H").append(to);
            area.append(inside ? "V" + y : "M" + from + " " + Markup.length(base) + "V" + y)
                    .append("H")
                    .append(to);
            inside = true;
        }
        area.append(inside ? "V" + Markup.length(base) + "Z" : "");
        out.empty("path", "class", "area " + FigureMarkup.hue(series.hue()), "d", area.toString());
        out.empty("path", "class", "line " + FigureMarkup.stroke(series.hue()), "d", line.toString());
    }

    private void stacked(Chart.Panel panel, double top, double highest) {
        double base = top + PANEL;
        double[] floor = new double[chart.buckets()];
        for (Chart.Series series : panel.series()) {
            StringBuilder path = new StringBuilder();
            for (int bucket = 0; bucket < chart.buckets(); bucket++) {
                double value = series.values().get(bucket);
                if (Double.isNaN(value) || value <= 0) {
                    continue;
                }
                int until = runEnd(panel, series, bucket, floor);
                double low = base - floor[bucket] / highest * PANEL;
                double high = base - (floor[bucket] + value) / highest * PANEL;
                path.append("M")
                        .append(Markup.length(x(chart.startSeconds().get(bucket))))
                        .append(" ");
                path.append(Markup.length(low))
                        .append("V")
                        .append(Markup.length(high))
                        .append("H");
                path.append(Markup.length(x(chart.bucketEnd(until))))
                        .append("V")
                        .append(Markup.length(low))
                        .append("Z");
                for (int done = bucket; done <= until; done++) {
                    floor[done] += value;
                }
                bucket = until;
            }
            out.empty("path", "class", "stack " + FigureMarkup.hue(series.hue()), "d", path.toString());
        }
    }

    /** The last bucket in a row with the same value on the same floor, so that equal steps are one shape. */
    private int runEnd(Chart.Panel panel, Chart.Series series, int bucket, double[] floor) {
        int until = bucket;
        while (panel.stacked()
                && until + 1 < chart.buckets()
                && series.values().get(until + 1).equals(series.values().get(bucket))
                && floor[until + 1] == floor[bucket]) {
            until++;
        }
        return until;
    }

    private void windows(double bottom) {
        int index = 0;
        for (Chart.Window window : chart.windows()) {
            double from = x(Math.clamp(window.startSeconds(), start, end));
            double to = x(Math.clamp(window.endSeconds(), start, end));
            out.empty(
                    "rect",
                    "class",
                    "window",
                    "x",
                    Markup.length(from),
                    "y",
                    Markup.length(top - 4),
                    "width",
                    Markup.length(Math.max(1, to - from)),
                    "height",
                    Markup.length(bottom - top + 4));
            out.element(
                    "text",
                    window.name(),
                    "class",
                    "windowname start",
                    "x",
                    Markup.length(nameStart(window)),
                    "y",
                    Markup.length(ONE_NAME - 9 + NAME_ROW * nameRows.get(index)));
            index++;
        }
    }

    /** Edges stand before the panels, whose colours the shade behind them must not change. */
    private void windowEdges(double bottom) {
        for (Chart.Window window : chart.windows()) {
            for (double edge : new double[] {window.startSeconds(), window.endSeconds()}) {
                if (edge > start && edge < end) {
                    out.empty(
                            "line",
                            "class",
                            "edge",
                            "x1",
                            Markup.length(x(edge)),
                            "x2",
                            Markup.length(x(edge)),
                            "y1",
                            Markup.length(top - 4),
                            "y2",
                            Markup.length(bottom));
                }
            }
        }
    }

    private String tip(int bucket) {
        List<String> lines = new ArrayList<>();
        double from = chart.startSeconds().get(bucket);
        StringBuilder head = new StringBuilder(Ticks.clock(from, end - start));
        for (Chart.Window window : chart.windows()) {
            if (window.startSeconds() < chart.bucketEnd(bucket) && window.endSeconds() > from) {
                head.append(", ").append(window.name());
            }
        }
        lines.add(head.toString());
        for (Chart.Panel panel : chart.panels()) {
            for (Chart.Series series : panel.series()) {
                double value = series.values().get(bucket);
                if (!Double.isNaN(value) && !(panel.stacked() && value == 0)) {
                    lines.add(series.name() + ": " + panel.scale().print(value));
                }
            }
        }
        return String.join("\n", lines);
    }

    private static double most(Chart.Panel panel) {
        double most = 0;
        for (Chart.Series series : panel.series()) {
            for (double value : series.values()) {
                most = Math.max(most, Double.isNaN(value) ? 0 : value);
            }
        }
        return most;
    }

    private double x(double seconds) {
        return LEFT + (seconds - start) / (end - start) * (width - LEFT - RIGHT);
    }
}
