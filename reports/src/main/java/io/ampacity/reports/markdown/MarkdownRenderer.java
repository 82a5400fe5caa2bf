package io.ampacity.reports.markdown;

import io.ampacity.reports.paper.Block;
import io.ampacity.reports.paper.Cell;
import io.ampacity.reports.paper.Chart;
import io.ampacity.reports.paper.Column;
import io.ampacity.reports.paper.Numerals;
import io.ampacity.reports.paper.Paper;
import io.ampacity.reports.paper.Section;
import io.ampacity.reports.terminal.Bars;
import io.ampacity.reports.terminal.Terminal;
import java.util.List;

/** Writes a paper as GitHub-flavoured Markdown: the full content, charts as small lines of blocks. */
public final class MarkdownRenderer {

    private static final int SPARKLINE_COLUMNS = 48;
    private static final String SPECIAL = "\\`*_{}[]<>#|~!$@";

    /** The whole paper. */
    public String render(Paper paper) {
        StringBuilder out = new StringBuilder();
        out.append("# ").append(escaped(paper.title())).append("\n\n");
        if (!paper.subtitle().isEmpty()) {
            out.append(escaped(paper.subtitle())).append("\n\n");
        }
        out.append("**").append(paper.verdict().standing().mark().sign()).append(' ');
        out.append(escaped(paper.verdict().word())).append(".** ");
        out.append(escaped(paper.verdict().because())).append("\n\n");
        block(out, paper.headline());
        for (Section section : paper.sections()) {
            StringBuilder body = new StringBuilder();
            section.blocks().forEach(block -> block(body, block));
            if (!body.isEmpty()) {
                out.append("## ")
                        .append(escaped(section.title()))
                        .append("\n\n")
                        .append(body);
            }
        }
        return out.toString().stripTrailing() + "\n";
    }

    private void block(StringBuilder out, Block block) {
        switch (block) {
            case Block.Paragraph paragraph ->
                out.append(escapedLine(paragraph.text())).append("\n\n");
            case Block.Tiles tiles -> tiles(out, tiles);
            case Block.Table table -> table(out, table);
            case Block.Checks checks -> checks(out, checks);
            case Block.Points points -> points(out, points);
            case Block.Entries entries -> entries(out, entries);
            case Block.Folded folded -> folded.blocks().forEach(inner -> block(out, inner));
            case Block.InFull inFull -> inFull.blocks().forEach(inner -> block(out, inner));
            case Block.InBrief _ -> {}
            case Chart.StackedBars _ -> {} // its numbers stand in the tables
            case Chart.Timeline timeline -> timeline(out, timeline);
            case Chart.Plot _ -> {} // its numbers stand in the tables
        }
    }

    private static void tiles(StringBuilder out, Block.Tiles tiles) {
        for (Block.Tile tile : tiles.tiles()) {
            out.append("- ").append(escaped(tile.label())).append(": **");
            out.append(escaped(tile.value().text())).append("**");
            out.append(tile.note().isEmpty() ? "" : " (" + escaped(tile.note()) + ")")
                    .append('\n');
        }
        out.append('\n');
    }

    private static void table(StringBuilder out, Block.Table table) {
        if (!table.caption().isEmpty()) {
            out.append(escapedLine(table.caption())).append(":\n\n");
        }
        StringBuilder rule = new StringBuilder("|");
        out.append('|');
        for (Column column : table.columns()) {
            if (column.kind() != Column.Kind.BAR) {
                out.append(' ').append(escaped(column.title())).append(" |");
                rule.append(column.kind() == Column.Kind.NUMBER ? "---:|" : "---|");
            }
        }
        out.append('\n').append(rule).append('\n');
        for (List<Cell> row : table.rows()) {
            out.append('|');
            for (int column = 0; column < row.size(); column++) {
                if (table.columns().get(column).kind() != Column.Kind.BAR) {
                    out.append(' ').append(escaped(row.get(column).text())).append(" |");
                }
            }
            out.append('\n');
        }
        out.append('\n');
        String note = table.note();
        if (note != null) {
            out.append(escapedLine(note)).append("\n\n");
        }
    }

    private static void checks(StringBuilder out, Block.Checks checks) {
        for (Block.Check check : checks.checks()) {
            out.append("- ").append(check.mark().sign()).append(' ').append(escaped(check.rule()));
            out.append(check.detail().isEmpty() ? "" : ": " + escaped(check.detail()))
                    .append('\n');
        }
        out.append('\n');
    }

    private static void points(StringBuilder out, Block.Points points) {
        for (Block.Point point : points.points()) {
            out.append("- ").append(point.lead().isEmpty() ? "" : "**" + escaped(point.lead()) + "**: ");
            out.append(point.lead().isEmpty() ? escapedLine(point.text()) : escaped(point.text()))
                    .append('\n');
        }
        out.append('\n');
    }

    private static void entries(StringBuilder out, Block.Entries entries) {
        for (Block.Entry entry : entries.entries()) {
            out.append("- ").append(escapedLine(entry.term())).append(": ");
            out.append(escaped(entry.meaning())).append('\n');
        }
        out.append('\n');
    }

    private static void timeline(StringBuilder out, Chart.Timeline chart) {
        if (!chart.hasLength()) {
            return;
        }
        out.append(escapedLine(chart.title())).append(":\n\n");
        out.append("| | over time | range |\n|---|---|---|\n");
        for (Chart.Panel panel : chart.panels()) {
            for (Chart.Series series : panel.series()) {
                double least = Double.POSITIVE_INFINITY;
                double most = Double.NEGATIVE_INFINITY;
                for (double value : series.values()) {
                    if (!Double.isNaN(value)) {
                        least = Math.min(least, value);
                        most = Math.max(most, value);
                    }
                }
                Double fixedTop = panel.top();
                String name = panel.series().size() == 1 ? panel.title() : panel.title() + ", " + series.name();
                out.append("| ").append(escaped(name)).append(" | `");
                out.append(Bars.sparkline(
                        Terminal.plain(), series.values(), fixedTop == null ? most : fixedTop, SPARKLINE_COLUMNS));
                out.append("` | ");
                out.append(
                        most < least
                                ? ""
                                : escaped(panel.scale().print(least) + " to "
                                        + panel.scale().print(most)));
                out.append(" |\n");
            }
        }
        out.append('\n');
    }

    /** Text that starts a line, where a few more signs would mean a list or a heading. */
    private static String escapedLine(String text) {
        String escaped = escaped(text);
        if (escaped.matches("(?s)[-+=].*")) {
            return "\\" + escaped;
        }
        return escaped.replaceFirst("^([0-9]+)([.)])(?=\\s|$)", "$1\\\\$2");
    }

    private static String escaped(String text) {
        StringBuilder escaped = new StringBuilder(text.length() + 8);
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '<') {
                escaped.append("&lt;");
            } else if (c == '&') {
                escaped.append("&amp;");
            } else if (c == Numerals.JOIN) {
                escaped.append(' ');
            } else {
                if (SPECIAL.indexOf(c) >= 0 && isSpecialHere(text, i)) {
                    escaped.append('\\');
                }
                escaped.append(c);
            }
        }
        return escaped.toString();
    }

    /** An underscore inside a word and a dollar sign before a digit mean nothing to Markdown, and read better bare. */
    private static boolean isSpecialHere(String text, int index) {
        char c = text.charAt(index);
        if (c == '$') {
            return index + 1 < text.length() && !Character.isDigit(text.charAt(index + 1));
        }
        if (c == '!' || c == '#') {
            return index == 0 || (index + 1 < text.length() && text.charAt(index + 1) == '[');
        }
        return c != '_'
                || index == 0
                || index + 1 == text.length()
                || !isWord(text, index - 1)
                || !isWord(text, index + 1);
    }

    private static boolean isWord(String text, int index) {
        return Character.isLetterOrDigit(text.charAt(index));
    }
}
