package io.ampacity.reports.terminal;

import io.ampacity.reports.paper.Chart;
import io.ampacity.reports.paper.Numerals;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** A plot as a grid of signs, the height of a few lines. */
final class TerminalPlot {

    private static final int ROWS = 10;
    private static final int LEFT = 9;
    private static final int WIDEST = 72;
    private static final String SIGNS = "●▲■◆○△□◇";
    private static final String ASCII_SIGNS = "o+x*#@%&";

    private TerminalPlot() {}

    static List<String> lines(Chart.Plot plot, Terminal terminal, int room) {
        List<double[]> places = new ArrayList<>();
        int sign = 0;
        for (Chart.Line line : plot.lines()) {
            for (int i = 0; i < line.xs().size(); i++) {
                places.add(new double[] {line.xs().get(i), line.ys().get(i), sign});
            }
            sign++;
        }
        for (Chart.Place point : plot.points()) {
            places.add(new double[] {point.x(), point.y(), sign++});
        }
        List<String> lines = new ArrayList<>();
        int columns = Math.min(WIDEST, room - LEFT - 2);
        if (places.isEmpty() || columns < 10) {
            return lines;
        }
        double[] x = range(places, 0, plot.x().logarithmic());
        double[] y = range(places, 1, plot.y().logarithmic());
        char[][] grid = new char[ROWS][columns];
        for (char[] row : grid) {
            Arrays.fill(row, ' ');
        }
        String signs = terminal.unicode() ? SIGNS : ASCII_SIGNS;
        for (double[] place : places) {
            int column = (int) Math.round(share(place[0], x, plot.x()) * (columns - 1));
            int row = ROWS - 1 - (int) Math.round(share(place[1], y, plot.y()) * (ROWS - 1));
            grid[row][column] = signs.charAt((int) place[2] % signs.length());
        }
        lines.add(terminal.styled(terminal.cut(terminal.spelled(plot.title()), room), Style.FAINT));
        String upright = terminal.unicode() ? "│" : "|";
        for (int row = 0; row < ROWS; row++) {
            String mark = row == 0 ? mark(y[1], plot.y()) : row == ROWS - 1 ? mark(y[0], plot.y()) : "";
            String label = terminal.cut(terminal.spelled(mark), LEFT - 1);
            lines.add(" ".repeat(LEFT - 1 - DisplayWidth.of(label)) + label + " " + upright
                    + new String(grid[row]).stripTrailing());
        }
        String left = terminal.spelled(mark(x[0], plot.x()));
        String right = terminal.spelled(mark(x[1], plot.x()));
        int gap = Math.max(1, columns - DisplayWidth.of(left) - DisplayWidth.of(right));
        lines.add(
                " ".repeat(LEFT) + (terminal.unicode() ? "└" : "+") + (terminal.unicode() ? "─" : "-").repeat(columns));
        lines.add(terminal.cut(" ".repeat(LEFT + 1) + left + " ".repeat(gap) + right, room));
        lines.addAll(Lines.wrap(legend(plot, terminal, signs), room));
        return lines;
    }

    private static String legend(Chart.Plot plot, Terminal terminal, String signs) {
        StringBuilder legend = new StringBuilder();
        List<String> names = new ArrayList<>();
        plot.lines().forEach(line -> names.add(line.name()));
        plot.points().forEach(point -> names.add(point.name()));
        for (int i = 0; i < names.size(); i++) {
            legend.append(signs.charAt(i % signs.length()))
                    .append(Numerals.JOIN)
                    .append(terminal.spelled(names.get(i)).replace(' ', Numerals.JOIN))
                    .append("  ");
        }
        return legend.toString().strip();
    }

    private static double[] range(List<double[]> places, int axis, boolean logarithmic) {
        double low = places.stream().mapToDouble(place -> place[axis]).min().orElse(0);
        double high = places.stream().mapToDouble(place -> place[axis]).max().orElse(1);
        double least = logarithmic ? low : Math.min(0, low);
        return new double[] {least, high > least ? high : least + 1};
    }

    private static double share(double value, double[] range, Chart.Axis axis) {
        double share = axis.logarithmic()
                ? Math.log(value / range[0]) / Math.log(range[1] / range[0])
                : (value - range[0]) / (range[1] - range[0]);
        return Math.clamp(Double.isNaN(share) ? 0 : share, 0.0, 1.0);
    }

    private static String mark(double value, Chart.Axis axis) {
        boolean whole = value == Math.rint(value) && Math.abs(value) < 1e5;
        String number = whole ? Numerals.count(value) : Numerals.many(value);
        return axis.unit().isEmpty() ? number : number + Numerals.JOIN + axis.unit();
    }
}
