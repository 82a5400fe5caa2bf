package io.ampacity.reports.terminal;

import io.ampacity.reports.paper.Block;
import io.ampacity.reports.paper.Cell;
import io.ampacity.reports.paper.Column;
import io.ampacity.reports.paper.Tone;
import java.util.ArrayList;
import java.util.List;

/**
 * A table set in a given width: numbers right, words left, and never a line too long.
 *
 * <p>Where room is short, columns that can be spared (priority 3 and more) go first and without a word. Then words are
 * shortened, the widest column before the others; then more columns go, and a line under the table names them.
 */
final class TextTable {

    private static final String GAP = "  ";
    private static final int SHORTEST_TEXT = 9;
    private static final int SHORTEST_AT_ALL = 4;
    private static final int SPARE_PRIORITY = 3;
    private static final int BAR_COLUMNS = 14;

    private final Terminal terminal;
    private final Block.Table table;
    private final List<Integer> shown = new ArrayList<>();
    private final List<String> dropped = new ArrayList<>();
    private final int[] widths;
    private final int room;

    TextTable(Terminal terminal, Block.Table table, int room) {
        this.terminal = terminal;
        this.table = table;
        this.widths = new int[table.columns().size()];
        for (int column = 0; column < widths.length; column++) {
            widths[column] = naturalWidth(column);
            shown.add(column);
        }
        this.room = room;
        fit();
    }

    /** The lines of the table, the header first. */
    List<String> lines() {
        List<String> lines = new ArrayList<>();
        StringBuilder header = new StringBuilder();
        for (int column : shown) {
            append(header, column, table.columns().get(column).title(), Tone.FAINT);
        }
        lines.add(trimmed(header));
        for (List<Cell> row : table.rows()) {
            StringBuilder line = new StringBuilder();
            for (int column : shown) {
                Cell cell = row.get(column);
                append(line, column, text(column, cell), cell.tone());
            }
            lines.add(trimmed(line));
        }
        if (!dropped.isEmpty()) {
            for (String line : Lines.wrap("not shown: " + String.join(", ", dropped), room)) {
                lines.add(terminal.styled(line, Style.FAINT));
            }
        }
        return lines;
    }

    private void fit() {
        while (total() > room) {
            int last = lastToStay();
            boolean spare = last >= 0 && table.columns().get(last).priority() >= SPARE_PRIORITY;
            int widest = spare ? -1 : widestAbove(last >= 0 ? SHORTEST_TEXT : SHORTEST_AT_ALL);
            if (widest >= 0) {
                widths[widest]--;
            } else if (last >= 0) {
                drop(last, !spare);
            } else if (shown.size() > 1) {
                drop(shown.getLast(), true);
            } else {
                widths[shown.getFirst()] = room;
            }
        }
    }

    private void drop(int last, boolean told) {
        shown.removeIf(column -> column == last);
        if (told) {
            dropped.add(terminal.spelled(table.columns().get(last).title()));
        }
        for (int column : shown) {
            widths[column] = naturalWidth(column);
        }
    }

    private int widestAbove(int shortest) {
        int widest = -1;
        for (int column : shown) {
            boolean text = table.columns().get(column).kind() == Column.Kind.TEXT;
            if (text && widths[column] > shortest && (widest < 0 || widths[column] > widths[widest])) {
                widest = column;
            }
        }
        return widest;
    }

    private int lastToStay() {
        int last = -1;
        for (int column : shown) {
            int priority = table.columns().get(column).priority();
            if (priority > 0
                    && (last < 0 || priority >= table.columns().get(last).priority())) {
                last = column;
            }
        }
        return last;
    }

    private int total() {
        int total = GAP.length() * (shown.size() - 1);
        for (int column : shown) {
            total += widths[column];
        }
        return total;
    }

    private int naturalWidth(int column) {
        if (table.columns().get(column).kind() == Column.Kind.BAR) {
            return BAR_COLUMNS;
        }
        int width = DisplayWidth.of(terminal.spelled(table.columns().get(column).title()));
        for (List<Cell> row : table.rows()) {
            width = Math.max(width, DisplayWidth.of(text(column, row.get(column))));
        }
        return width;
    }

    private String text(int column, Cell cell) {
        if (table.columns().get(column).kind() == Column.Kind.BAR) {
            Double share = cell.value();
            return Bars.bar(terminal, share == null ? 0 : share, BAR_COLUMNS);
        }
        return terminal.spelled(cell.text());
    }

    private void append(StringBuilder line, int column, String text, Tone tone) {
        if (column != shown.getFirst()) {
            line.append(GAP);
        }
        String cut = terminal.cut(terminal.spelled(text), widths[column]);
        String padding = " ".repeat(Math.max(0, widths[column] - DisplayWidth.of(cut)));
        String styled =
                switch (tone) {
                    case PLAIN -> cut;
                    case STRONG -> terminal.styled(cut, Style.BOLD);
                    case FAINT -> terminal.styled(cut, Style.FAINT);
                    case GOOD -> terminal.styled(cut, Style.GOOD);
                    case BAD -> terminal.styled(cut, Style.BAD);
                };
        line.append(table.columns().get(column).kind() == Column.Kind.NUMBER ? padding + styled : styled + padding);
    }

    private static String trimmed(StringBuilder line) {
        return line.toString().stripTrailing();
    }
}
