package io.ampacity.reports.terminal;

import java.util.List;

/** Numbers as blocks of a line: bars and sparklines. */
public final class Bars {

    private static final String EIGHTHS = "▏▎▍▌▋▊▉█";
    private static final String LEVELS = "▁▂▃▄▅▆▇█";
    private static final String ASCII_LEVELS = "_.:-=+*#";

    private Bars() {}

    /** A bar of {@code share} (0 to 1) of {@code columns}, padded to them. */
    public static String bar(Terminal terminal, double share, int columns) {
        double bounded = Double.isNaN(share) ? 0 : Math.clamp(share, 0.0, 1.0);
        int eighths = (int) Math.round(bounded * columns * 8);
        if (bounded > 0 && eighths == 0) {
            eighths = 1;
        }
        StringBuilder bar = new StringBuilder();
        if (terminal.unicode()) {
            bar.repeat("█", eighths / 8);
            if (eighths % 8 > 0) {
                bar.append(EIGHTHS.charAt(eighths % 8 - 1));
            }
        } else {
            bar.repeat("#", (eighths + 4) / 8);
        }
        return bar.repeat(" ", columns - bar.length()).toString();
    }

    /**
     * A line of small columns, one a value, or the mean of several where there are more values than {@code columns}.
     *
     * @param values NaN is shown as a gap
     * @param top value of the highest column, above 0
     */
    public static String sparkline(Terminal terminal, List<Double> values, double top, int columns) {
        String levels = terminal.unicode() ? LEVELS : ASCII_LEVELS;
        int width = Math.min(columns, values.size());
        StringBuilder line = new StringBuilder();
        for (int i = 0; i < width; i++) {
            double mean = mean(values, from(i, width, values.size()), from(i + 1, width, values.size()));
            if (Double.isNaN(mean)) {
                line.append(' ');
            } else {
                int level = top > 0 ? (int) Math.floor(mean / top * levels.length()) : 0;
                line.append(levels.charAt(Math.clamp(level, 0, levels.length() - 1)));
            }
        }
        return line.toString();
    }

    private static int from(int column, int width, int size) {
        return (int) ((long) column * size / width);
    }

    private static double mean(List<Double> values, int from, int to) {
        double sum = 0;
        int known = 0;
        for (double value : values.subList(from, Math.max(to, from + 1))) {
            if (!Double.isNaN(value)) {
                sum += value;
                known++;
            }
        }
        return known == 0 ? Double.NaN : sum / known;
    }
}
