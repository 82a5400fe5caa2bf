package io.ampacity.reports.html;

import io.ampacity.reports.paper.Chart;
import io.ampacity.reports.paper.Numerals;
import java.util.ArrayList;
import java.util.List;

/** Lines and points over two axes as SVG of a given width. */
final class PlotDrawing {

    private static final double LEFT = 66;
    private static final double RIGHT = 14;
    private static final double TOP = 34;
    private static final double PLOT = 240;
    private static final double BOTTOM = 44;
    private static final double LETTER = 6.3;
    private static final double MOST_TICKS = 8;
    private static final double[] TWOS = {2, 4, 16, 256, 65536};
    private static final double[] TENS = {10, 100, 1e4, 1e8};

    private final Markup out;
    private final Chart.Plot plot;
    private final double width;
    private final double[] x;
    private final double[] y;
    private final List<double[]> labels = new ArrayList<>();

    PlotDrawing(Markup out, Chart.Plot plot, double width) {
        this.out = out;
        this.plot = plot;
        this.width = width;
        List<Double> xs = new ArrayList<>();
        List<Double> ys = new ArrayList<>();
        plot.lines().forEach(line -> xs.addAll(line.xs()));
        plot.lines().forEach(line -> ys.addAll(line.ys()));
        plot.points().forEach(point -> xs.add(point.x()));
        plot.points().forEach(point -> ys.add(point.y()));
        this.x = range(xs, plot.x());
        this.y = range(ys, plot.y());
    }

    private static double[] range(List<Double> values, Chart.Axis axis) {
        double low = values.stream().mapToDouble(Double::doubleValue).min().orElse(0);
        double high = values.stream().mapToDouble(Double::doubleValue).max().orElse(1);
        if (axis.logarithmic()) {
            double least = Math.max(low, 1e-12);
            return new double[] {least / 1.15, Math.max(high, least * 2) * 1.15};
        }
        return new double[] {Math.min(0, low), Ticks.upTo(high, 4).getLast()};
    }

    private static double share(double value, double[] range, Chart.Axis axis) {
        return axis.logarithmic()
                ? Math.log(value / range[0]) / Math.log(range[1] / range[0])
                : (value - range[0]) / (range[1] - range[0]);
    }

    private double across(double value) {
        return LEFT + (width - LEFT - RIGHT) * share(value, x, plot.x());
    }

    private double up(double value) {
        return TOP + PLOT * (1 - share(value, y, plot.y()));
    }

    void draw(String className) {
        out.open(
                "svg",
                "class",
                className,
                "viewBox",
                "0 0 " + Markup.length(width) + " " + Markup.length(TOP + PLOT + BOTTOM),
                "role",
                "img",
                "aria-label",
                plot.title());
        grid();
        for (Chart.Line line : plot.lines()) {
            line(line);
        }
        for (Chart.Place point : plot.points()) {
            point(point);
        }
        out.element("text", plot.y().title(), "class", "panel", "x", "0", "y", Markup.length(TOP - 20));
        out.element(
                "text",
                plot.x().title(),
                "class",
                "axis end",
                "x",
                Markup.length(width - RIGHT),
                "y",
                Markup.length(TOP + PLOT + 36));
        out.close().line();
    }

    private void grid() {
        for (double tick : ticks(y, plot.y(), TENS)) {
            rule(LEFT, width - RIGHT, up(tick), up(tick));
            out.element(
                    "text",
                    mark(tick, plot.y()),
                    "class",
                    "axis end",
                    "x",
                    Markup.length(LEFT - 8),
                    "y",
                    Markup.length(up(tick) + 4));
        }
        for (double tick : ticks(x, plot.x(), width > 500 ? TWOS : TENS)) {
            rule(across(tick), across(tick), TOP + PLOT, TOP + PLOT + 4);
            out.element(
                    "text",
                    mark(tick, plot.x()),
                    "class",
                    "axis middle",
                    "x",
                    Markup.length(across(tick)),
                    "y",
                    Markup.length(TOP + PLOT + 18));
        }
    }

    private void rule(double fromX, double toX, double fromY, double toY) {
        out.empty(
                "line",
                "class",
                "grid",
                "x1",
                Markup.length(fromX),
                "x2",
                Markup.length(toX),
                "y1",
                Markup.length(fromY),
                "y2",
                Markup.length(toY));
    }

    /** Round numbers inside a range: powers of ten or of two on a logarithmic axis. */
    private static List<Double> ticks(double[] range, Chart.Axis axis, double[] factors) {
        if (!axis.logarithmic()) {
            return Ticks.upTo(range[1], 4);
        }
        double span = Math.log(range[1] / range[0]);
        double factor = factors[factors.length - 1];
        for (int i = factors.length - 1; i >= 0; i--) {
            if (span / Math.log(factors[i]) <= MOST_TICKS) {
                factor = factors[i];
            }
        }
        List<Double> ticks = new ArrayList<>();
        double first = Math.ceil(Math.log(range[0]) / Math.log(factor) - 1e-9);
        for (double power = first; Math.pow(factor, power) <= range[1] * (1 + 1e-9); power++) {
            ticks.add(Math.pow(factor, power));
        }
        return ticks;
    }

    private static String mark(double value, Chart.Axis axis) {
        boolean whole = value == Math.rint(value) && Math.abs(value) < 1e5;
        String number = whole ? Numerals.count(value) : Numerals.many(value).replaceFirst("\\.0+(?=[^0-9]|$)", "");
        return axis.unit().isEmpty() ? number : number + Numerals.JOIN + axis.unit();
    }

    private void line(Chart.Line line) {
        StringBuilder path = new StringBuilder();
        for (int i = 0; i < line.xs().size(); i++) {
            path.append(i == 0 ? "M" : "L")
                    .append(Markup.length(across(line.xs().get(i))))
                    .append(' ')
                    .append(Markup.length(up(line.ys().get(i))));
        }
        out.empty("path", "class", "line " + FigureMarkup.stroke(line.hue()), "d", path.toString());
        if (line.xs().size() > 2) {
            for (int i = 0; i < line.xs().size(); i++) {
                dot(line.hue(), line.xs().get(i), line.ys().get(i), 3, line.name());
            }
        }
    }

    private void point(Chart.Place point) {
        dot(point.hue(), point.x(), point.y(), 5, point.name());
        double length = point.name().length() * LETTER;
        double place = across(point.x());
        boolean leftward = place + 10 + length > width - RIGHT;
        double left = leftward ? place - 10 - length : place + 10;
        double height = free(left, left + length, up(point.y()) + 4);
        out.element(
                "text",
                point.name(),
                "class",
                leftward ? "axis end" : "axis",
                "x",
                Markup.length(leftward ? place - 10 : place + 10),
                "y",
                Markup.length(height));
    }

    /** A height near the one wanted at which no other label stands. */
    private double free(double left, double right, double wanted) {
        for (int step = 0; step < 12; step++) {
            double height = wanted + (step % 2 == 0 ? -1 : 1) * ((step + 1) / 2) * 15;
            boolean taken = labels.stream()
                    .anyMatch(label -> label[0] < right && label[1] > left && Math.abs(label[2] - height) < 14);
            if (!taken && height > TOP && height < TOP + PLOT) {
                labels.add(new double[] {left, right, height});
                return height;
            }
        }
        return wanted;
    }

    private void dot(int hue, double atX, double atY, double radius, String name) {
        out.open(
                "circle",
                "class",
                FigureMarkup.hue(hue),
                "cx",
                Markup.length(across(atX)),
                "cy",
                Markup.length(up(atY)),
                "r",
                Markup.length(radius));
        out.element("title", name + ": " + mark(atX, plot.x()) + ", " + mark(atY, plot.y()))
                .close();
    }
}
