package io.ampacity.reports.html;

import io.ampacity.reports.paper.Block;
import io.ampacity.reports.paper.Cell;
import io.ampacity.reports.paper.Column;
import io.ampacity.reports.paper.PlainText;
import io.ampacity.reports.paper.Tone;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Tables and the values in them, as markup. */
final class TableMarkup {

    private static final int LONGEST_UNBROKEN = 26;
    private static final int SPARE_PRIORITY = 40;
    private static final Pattern LINK = Pattern.compile("https?://[^\\s<>\"'()]+[^\\s<>\"'().,;:]");

    private TableMarkup() {}

    /** Draws the table, and nothing where it has no row. */
    static void table(Markup out, Block.Table table, String className) {
        if (table.rows().isEmpty()) {
            return;
        }
        String label = table.caption().isEmpty() ? "Table" : table.caption();
        out.open("div", "class", "scroll", "role", "region", "tabindex", "0", "aria-label", PlainText.name(label));
        out.open("table", "class", className);
        if (!table.caption().isEmpty()) {
            out.open("caption").element("span", table.caption()).close();
        }
        out.open("thead").open("tr");
        for (Column column : table.columns()) {
            if (column.title().isEmpty()) {
                out.open("td", "class", kind(column)).close();
            } else {
                out.element("th", column.title(), "scope", "col", "class", kind(column));
            }
        }
        out.close().close().open("tbody").line();
        for (List<Cell> row : table.rows()) {
            out.open("tr");
            for (int i = 0; i < row.size(); i++) {
                cell(out, table.columns().get(i), row.get(i), i == 0);
            }
            out.close().line();
        }
        out.close().close().close().line();
        String note = table.note();
        if (note != null) {
            out.element("p", note, "class", "remark").line();
        }
    }

    private static void cell(Markup out, Column column, Cell cell, boolean first) {
        boolean unbroken = column.kind() == Column.Kind.TEXT && cell.text().length() <= LONGEST_UNBROKEN;
        String className = (kind(column) + (unbroken ? " short " : " ") + tone(cell.tone())).strip();
        if (column.kind() == Column.Kind.BAR) {
            Double share = cell.value();
            double length = share == null ? 0 : Math.clamp(share, 0.0, 1.0) * 100;
            out.open("td", "class", className);
            out.open("svg", "viewBox", "0 0 100 10", "preserveAspectRatio", "none", "aria-hidden", "true");
            out.empty("rect", "class", "track", "width", "100", "height", "10");
            out.empty("rect", "class", "fill", "width", Markup.length(length), "height", "10");
            out.close().close();
        } else if (first) {
            out.open("th", "scope", "row", "class", className, "dir", "auto");
            value(out, cell);
            out.close();
        } else {
            out.open("td", "class", className);
            value(out, cell);
            out.close();
        }
    }

    /** The text, with the number behind it where there is one, and links where the text names them. */
    static void value(Markup out, Cell cell) {
        Double value = cell.value();
        if (value != null) {
            out.element("data", cell.text(), "value", Markup.number(value));
            return;
        }
        Matcher link = LINK.matcher(cell.text());
        int from = 0;
        while (link.find()) {
            out.text(cell.text().substring(from, link.start()));
            out.element("a", link.group(), "href", link.group(), "rel", "noreferrer noopener");
            from = link.end();
        }
        out.text(cell.text().substring(from));
    }

    private static String kind(Column column) {
        return switch (column.kind()) {
            case TEXT -> spare(column, "");
            case NUMBER -> spare(column, "num");
            case BAR -> spare(column, "bar");
        };
    }

    /** Columns that a narrow screen is better without. */
    private static String spare(Column column, String kind) {
        return column.priority() >= SPARE_PRIORITY ? (kind + " spare").strip() : kind;
    }

    /** The class of what is said in this tone. */
    static String tone(Tone tone) {
        return tone == Tone.PLAIN ? "" : tone.name().toLowerCase(Locale.ROOT);
    }
}
