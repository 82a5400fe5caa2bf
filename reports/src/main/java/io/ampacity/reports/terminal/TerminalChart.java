package io.ampacity.reports.terminal;

import io.ampacity.reports.paper.Chart;
import io.ampacity.reports.paper.Numerals;
import java.util.ArrayList;
import java.util.List;

/** Charts as lines of blocks. */
final class TerminalChart {

    private static final int NARROW = 60;
    private static final String ASCII_HUES = "#=+-:*";

    private final Terminal terminal;
    private final int room;
    private final int labelColumns;
    private final int valueColumns;

    TerminalChart(Terminal terminal, int room) {
        this.terminal = terminal;
        this.room = room;
        this.labelColumns = room < NARROW ? 14 : 22;
        this.valueColumns = room < NARROW ? 0 : 20;
    }

    List<String> lines(Chart chart) {
        return switch (chart) {
            case Chart.StackedBars bars -> stackedBars(bars);
            case Chart.Timeline timeline -> timeline(timeline);
            case Chart.Plot plot -> TerminalPlot.lines(plot, terminal, room);
        };
    }

    private List<String> stackedBars(Chart.StackedBars chart) {
        List<String> lines = new ArrayList<>();
        lines.add(terminal.styled(terminal.cut(terminal.spelled(chart.title()), room), Style.FAINT));
        double top = 0;
        int labels = 0;
        for (int category = 0; category < chart.categories().size(); category++) {
            top = Math.max(top, chart.total(category));
            labels = Math.max(
                    labels, DisplayWidth.of(terminal.spelled(chart.categories().get(category))));
        }
        labels = Math.min(labels, labelColumns);
        int columns = Math.max(10, room - labels - 14);
        for (int category = 0; category < chart.categories().size(); category++) {
            StringBuilder line =
                    new StringBuilder(padded(terminal.spelled(chart.categories().get(category)), labels));
            line.append("  ");
            double sum = 0;
            int drawn = 0;
            for (Chart.Series series : chart.series()) {
                sum += series.values().get(category);
                int until = top > 0 ? (int) Math.round(sum / top * columns) : 0;
                line.append(terminal.styled(block(series.hue()).repeat(until - drawn), Style.ofHue(series.hue())));
                drawn = until;
            }
            lines.add(line + "  " + chart.scale().print(chart.total(category)));
        }
        StringBuilder legend = new StringBuilder();
        for (Chart.Series series : chart.series()) {
            legend.append(terminal.styled(block(series.hue()), Style.ofHue(series.hue())))
                    .append(Numerals.JOIN)
                    .append(terminal.spelled(series.name()).replace(' ', Numerals.JOIN))
                    .append("  ");
        }
        lines.addAll(Lines.wrap(legend.toString().strip(), room));
        return lines;
    }

    /** One sparkline a series, with a line above that marks the windows. */
    private List<String> timeline(Chart.Timeline chart) {
        List<String> lines = new ArrayList<>();
        if (!chart.hasLength()) {
            return lines;
        }
        int columns = Math.max(1, Math.min(room - labelColumns - valueColumns, chart.buckets()));
        for (Chart.Window window : chart.windows()) {
            lines.add(terminal.styled(" ".repeat(labelColumns) + marked(chart, window, columns), Style.BAD));
        }
        for (Chart.Panel panel : chart.panels()) {
            for (Chart.Series series : panel.series()) {
                lines.add(series(panel, series, columns));
            }
        }
        return lines;
    }

    private String series(Chart.Panel panel, Chart.Series series, int columns) {
        double most = Double.NEGATIVE_INFINITY;
        double least = Double.POSITIVE_INFINITY;
        for (double value : series.values()) {
            if (!Double.isNaN(value)) {
                most = Math.max(most, value);
                least = Math.min(least, value);
            }
        }
        Double fixedTop = panel.top();
        double top = fixedTop != null ? fixedTop : most;
        String name = panel.series().size() == 1 ? panel.title() : series.name();
        String range = most < least
                ? ""
                : most == least
                        ? panel.scale().print(most)
                        : panel.scale().print(least) + " to " + panel.scale().print(most);
        Style style = panel.stacked() ? Style.ofHue(series.hue()) : Style.FIFTH;
        String line = padded(terminal.spelled(name), labelColumns - 2)
                + "  "
                + terminal.styled(Bars.sparkline(terminal, series.values(), top, columns), style);
        return valueColumns == 0 ? line : line + "  " + terminal.cut(terminal.spelled(range), valueColumns - 2);
    }

    private String marked(Chart.Timeline chart, Chart.Window window, int columns) {
        double start = chart.startSeconds().getFirst();
        double length = chart.endSeconds() - start;
        int from = Math.clamp(Math.round((window.startSeconds() - start) / length * columns), 0, columns - 1);
        int to = Math.clamp(Math.round((window.endSeconds() - start) / length * columns), from + 1, columns);
        String rule = (terminal.unicode() ? "━" : "=").repeat(to - from);
        String name = terminal.spelled(window.name());
        int left = room - labelColumns - to - 1;
        return " ".repeat(from) + rule + (left < 4 ? "" : " " + terminal.cut(name, left));
    }

    private String padded(String text, int width) {
        String cut = terminal.cut(text, width);
        return cut + " ".repeat(width - DisplayWidth.of(cut));
    }

    private String block(int hue) {
        return terminal.unicode() && terminal.colour()
                ? "█"
                : terminal.unicode()
                        ? String.valueOf("█▓▒░▚▞".charAt(Math.floorMod(hue, 6)))
                        : String.valueOf(ASCII_HUES.charAt(Math.floorMod(hue, 6)));
    }
}
