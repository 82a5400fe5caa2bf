package io.ampacity.reports.terminal;

import io.ampacity.reports.paper.Block;
import io.ampacity.reports.paper.Chart;
import io.ampacity.reports.paper.Mark;
import io.ampacity.reports.paper.Numerals;
import io.ampacity.reports.paper.Paper;
import io.ampacity.reports.paper.Section;
import io.ampacity.reports.paper.Tone;
import io.ampacity.reports.paper.Verdict;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Writes a paper, or one block of it, as text for a terminal. Immutable. */
public final class TerminalRenderer {

    private static final String INDENT = "  ";
    private static final int TILE_GAP = 2;

    private final Terminal terminal;
    private final boolean full;

    /** Renders in brief: blocks that only a document has room for are left out. */
    public TerminalRenderer(Terminal terminal) {
        this(terminal, false);
    }

    /**
     * Renders in brief or in full.
     *
     * @param full whether to write what only a document has room for
     */
    public TerminalRenderer(Terminal terminal, boolean full) {
        this.terminal = terminal;
        this.full = full;
    }

    /** The whole paper, ending with a line break. */
    public String render(Paper paper) {
        StringBuilder out = new StringBuilder();
        out.append('\n');
        for (String line : Lines.wrap(terminal.spelled(paper.title()), room())) {
            out.append(INDENT).append(terminal.styled(line, Style.BOLD)).append('\n');
        }
        paragraph(out, paper.subtitle(), Style.FAINT);
        out.append('\n');
        verdict(out, paper.verdict());
        out.append('\n');
        tiles(out, paper.headline().tiles());
        for (Section section : paper.sections()) {
            StringBuilder body = new StringBuilder();
            for (Block block : section.blocks()) {
                block(body, block);
            }
            if (!body.isEmpty()) {
                heading(out, section.title());
                out.append(body);
            }
        }
        return spaced(out.append('\n'));
    }

    /** One block, ending with a line break. */
    public String render(Block block) {
        StringBuilder out = new StringBuilder();
        block(out, block);
        return spaced(out);
    }

    private void block(StringBuilder out, Block block) {
        if (!out.isEmpty() && (block instanceof Block.Table || block instanceof Chart)) {
            out.append('\n');
        }
        switch (block) {
            case Block.Paragraph paragraph -> paragraph(out, paragraph.text(), style(paragraph.tone()));
            case Block.Tiles tiles -> tiles(out, tiles.tiles());
            case Block.Table table -> table(out, table);
            case Block.Checks checks -> checks.checks().forEach(check -> check(out, check));
            case Block.Points points -> points.points().forEach(point -> point(out, point));
            case Block.Entries entries -> entries(out, entries);
            case Block.Folded folded -> folded.blocks().forEach(inner -> block(out, inner));
            case Block.InFull inFull -> {
                if (full) {
                    inFull.blocks().forEach(inner -> block(out, inner));
                }
            }
            case Block.InBrief inBrief -> {
                if (!full) {
                    inBrief.blocks().forEach(inner -> block(out, inner));
                }
            }
            case Chart chart -> new TerminalChart(terminal, room()).lines(chart).forEach(line -> line(out, line));
        }
    }

    private void verdict(StringBuilder out, Verdict verdict) {
        Style style =
                switch (verdict.standing()) {
                    case HOLDS -> Style.GOOD;
                    case UNPROVEN -> Style.WARNING;
                    case FAILS, IMPOSSIBLE -> Style.BAD;
                };
        String sign = sign(verdict.standing().mark());
        String word = terminal.spelled(verdict.word());
        List<String> lines = Lines.wrap(sign + " " + word + ". " + terminal.spelled(verdict.because()), room());
        String lead = sign + " " + word + ".";
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i);
            boolean led = i == 0 && line.startsWith(lead);
            line(out, led ? terminal.styled(lead, style) + line.substring(lead.length()) : line);
        }
    }

    private void heading(StringBuilder out, String title) {
        out.append('\n');
        String text = terminal.spelled(title).toUpperCase(Locale.ROOT);
        out.append(terminal.styled(text, Style.HEADING)).append('\n');
    }

    /** Tiles stand side by side while they fit, each as three lines: label, value, note. */
    private void tiles(StringBuilder out, List<Block.Tile> tiles) {
        int from = 0;
        while (from < tiles.size()) {
            int to = from;
            int width = 0;
            while (to < tiles.size() && (to == from || width + tileWidth(tiles.get(to)) <= room())) {
                width += tileWidth(tiles.get(to)) + TILE_GAP;
                to++;
            }
            if (from > 0) {
                out.append('\n');
            }
            tileRow(out, tiles.subList(from, to));
            from = to;
        }
    }

    private void tileRow(StringBuilder out, List<Block.Tile> row) {
        StringBuilder labels = new StringBuilder();
        StringBuilder values = new StringBuilder();
        StringBuilder notes = new StringBuilder();
        for (Block.Tile tile : row) {
            int width = Math.min(tileWidth(tile), room());
            pad(labels, tile.label(), width, Style.FAINT);
            pad(values, tile.value().text(), width, tile.value().tone() == Tone.BAD ? Style.BAD : Style.BOLD);
            pad(notes, tile.note(), width, Style.FAINT);
        }
        line(out, labels.toString());
        line(out, values.toString());
        line(out, notes.toString());
    }

    private void pad(StringBuilder line, String text, int width, Style style) {
        String cut = terminal.cut(terminal.spelled(text), width);
        line.append(terminal.styled(cut, style)).repeat(" ", width - DisplayWidth.of(cut) + TILE_GAP);
    }

    private int tileWidth(Block.Tile tile) {
        return Math.max(
                DisplayWidth.of(terminal.spelled(tile.label())),
                Math.max(
                        DisplayWidth.of(terminal.spelled(tile.value().text())),
                        DisplayWidth.of(terminal.spelled(tile.note()))));
    }

    private void table(StringBuilder out, Block.Table table) {
        if (!table.caption().isEmpty()) {
            paragraph(out, table.caption(), Style.FAINT);
        }
        for (String line : new TextTable(terminal, table, room()).lines()) {
            line(out, line);
        }
        String note = table.note();
        if (note != null) {
            paragraph(out, note, Style.FAINT);
        }
    }

    private void check(StringBuilder out, Block.Check check) {
        String sign = sign(check.mark());
        Style style =
                switch (check.mark()) {
                    case MET -> Style.GOOD;
                    case BROKEN -> Style.BAD;
                    case UNKNOWN, NOTE -> Style.WARNING;
                };
        String text = check.detail().isEmpty() ? check.rule() : check.rule() + ": " + check.detail();
        hanging(out, terminal.styled(sign, style), sign.length(), text);
    }

    private void point(StringBuilder out, Block.Point point) {
        String bullet = terminal.unicode() ? "·" : "-";
        hanging(out, bullet, 1, point.lead().isEmpty() ? point.text() : point.lead() + ": " + point.text());
    }

    private void entries(StringBuilder out, Block.Entries entries) {
        int widest = 0;
        for (Block.Entry entry : entries.entries()) {
            widest = Math.max(widest, DisplayWidth.of(terminal.spelled(entry.term())));
        }
        widest = Math.min(widest, room() / 3);
        for (Block.Entry entry : entries.entries()) {
            String term = terminal.cut(terminal.spelled(entry.term()), widest);
            String padding = " ".repeat(widest - DisplayWidth.of(term) + 1);
            hanging(out, terminal.styled(term, Style.FAINT) + padding, widest + 1, entry.meaning());
        }
    }

    private void hanging(StringBuilder out, String lead, int leadWidth, String text) {
        List<String> lines = Lines.wrap(terminal.spelled(text), room() - leadWidth - 1);
        line(out, lead + " " + lines.getFirst());
        for (String more : lines.subList(1, lines.size())) {
            line(out, " ".repeat(leadWidth + 1) + more);
        }
    }

    private void paragraph(StringBuilder out, String text, @Nullable Style style) {
        if (text.isEmpty()) {
            return;
        }
        for (String line : Lines.wrap(terminal.spelled(text), room())) {
            line(out, style == null ? line : terminal.styled(line, style));
        }
    }

    private static @Nullable Style style(Tone tone) {
        return switch (tone) {
            case PLAIN -> null;
            case STRONG -> Style.BOLD;
            case FAINT -> Style.FAINT;
            case GOOD -> Style.GOOD;
            case BAD -> Style.BAD;
        };
    }

    private String sign(Mark mark) {
        return terminal.unicode() ? mark.sign() : mark.ascii();
    }

    private int room() {
        return terminal.columns() - INDENT.length();
    }

    private static void line(StringBuilder out, String text) {
        out.append((INDENT + text).stripTrailing()).append('\n');
    }

    /** Where lines could end is settled by now, so that the no-break spaces have done their work. */
    private static String spaced(StringBuilder out) {
        return out.toString().replace(Numerals.JOIN, ' ');
    }
}
