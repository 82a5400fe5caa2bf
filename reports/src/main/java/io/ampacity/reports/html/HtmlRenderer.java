package io.ampacity.reports.html;

import io.ampacity.reports.paper.Block;
import io.ampacity.reports.paper.Cell;
import io.ampacity.reports.paper.Chart;
import io.ampacity.reports.paper.Column;
import io.ampacity.reports.paper.Paper;
import io.ampacity.reports.paper.PlainText;
import io.ampacity.reports.paper.Section;
import io.ampacity.reports.paper.Tone;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Writes a paper as one HTML file that loads nothing.
 *
 * <p>The file is HTML and well-formed XML. Its content security policy allows exactly the style and the script that
 * stand in it, by their digests, so that neither a name in a scenario nor a later edit can make it run or load more.
 * Numbers stand unrounded in {@code data} elements.
 */
public final class HtmlRenderer {

    private static final int HUES = 8;
    private static final double WIDE = 992;
    private static final double NARROW = 358;
    private static final int LONGEST_UNBROKEN = 26;
    private static final int SPARE_PRIORITY = 40;
    private static final Pattern LINK = Pattern.compile("https?://[^\\s<>\"'()]+[^\\s<>\"'().,;:]");

    private final String style = resource("paper.css");
    private final String script = resource("paper.js");

    /** The whole paper. */
    public String render(Paper paper) {
        Markup out = new Markup();
        out.open("html", "lang", "en").line();
        head(out, paper);
        out.open("body").line();
        out.element("a", "Skip to the paper", "class", "skip", "href", "#paper").line();
        out.open("header");
        out.open("p", "class", "brand")
                .element("strong", "Ampacity")
                .text(" decision paper")
                .close();
        out.element("button", "Light or dark", "id", "theme", "type", "button", "hidden", "hidden");
        out.close().line();
        out.open("main", "id", "paper").line();
        out.element("h1", paper.title(), "dir", "auto").line();
        if (!paper.subtitle().isEmpty()) {
            out.element("p", paper.subtitle(), "class", "subtitle", "dir", "auto")
                    .line();
        }
        verdict(out, paper);
        tiles(out, paper.headline());
        contents(out, paper);
        for (Section section : paper.sections()) {
            if (hasContent(section.blocks())) {
                out.open("section", "id", section.id(), "aria-labelledby", section.id() + "-title")
                        .line();
                out.element("h2", section.title(), "id", section.id() + "-title")
                        .line();
                section.blocks().forEach(block -> block(out, block));
                out.close().line();
            }
        }
        out.close().line();
        out.open("div", "id", "tip", "role", "status", "aria-live", "polite", "hidden", "hidden");
        out.close().line();
        out.verbatim("script", script).line();
        out.close().line().close().line();
        return "<!DOCTYPE html>\n" + out;
    }

    /** The class that fills a shape with the colour of a series. */
    static String hue(int hue) {
        return hue == Chart.Series.NEUTRAL ? "fill" : "h" + Math.floorMod(hue, HUES);
    }

    /** The class that strokes a line with the colour of a series. */
    static String stroke(int hue) {
        return hue == Chart.Series.NEUTRAL ? "stroke" : "s" + Math.floorMod(hue, HUES);
    }

    private void head(Markup out, Paper paper) {
        String policy = "default-src 'none'; style-src 'sha256-" + digest(style) + "'; script-src 'sha256-"
                + digest(script) + "'; base-uri 'none'; form-action 'none'";
        out.open("head").line();
        out.empty("meta", "charset", "utf-8").line();
        out.empty("meta", "http-equiv", "Content-Security-Policy", "content", policy)
                .line();
        out.empty("meta", "name", "viewport", "content", "width=device-width, initial-scale=1")
                .line();
        out.empty("meta", "name", "color-scheme", "content", "light dark").line();
        out.empty("meta", "name", "referrer", "content", "no-referrer").line();
        out.empty("meta", "name", "generator", "content", "Ampacity").line();
        out.element(
                        "title",
                        PlainText.name(paper.title()) + " · " + paper.verdict().word())
                .line();
        out.verbatim("style", style).line();
        out.close().line();
    }

    private static void verdict(Markup out, Paper paper) {
        String standing = paper.verdict().standing().name().toLowerCase(Locale.ROOT);
        out.open("div", "class", "verdict " + standing);
        out.element("span", paper.verdict().standing().mark().sign(), "class", "sign", "aria-hidden", "true");
        out.open("p")
                .element("strong", paper.verdict().word() + ".")
                .text(" " + paper.verdict().because());
        out.close().close().line();
    }

    private static void contents(Markup out, Paper paper) {
        out.open("nav", "aria-label", "Contents").open("ul");
        for (Section section : paper.sections()) {
            if (hasContent(section.blocks())) {
                out.open("li")
                        .element("a", section.title(), "href", "#" + section.id())
                        .close();
            }
        }
        out.close().close().line();
    }

    private static boolean hasContent(List<Block> blocks) {
        return blocks.stream().anyMatch(block -> switch (block) {
            case Block.InBrief _ -> false;
            case Block.InFull inFull -> hasContent(inFull.blocks());
            case Block.Folded folded -> hasContent(folded.blocks());
            case Block.Table table -> !table.rows().isEmpty();
            case Block.Paragraph _, Block.Tiles _, Block.Checks _, Block.Points _, Block.Entries _, Chart _ -> true;
        });
    }

    private void block(Markup out, Block block) {
        switch (block) {
            case Block.Paragraph paragraph ->
                out.element("p", paragraph.text(), "class", tone(paragraph.tone()))
                        .line();
            case Block.Tiles tiles -> tiles(out, tiles);
            case Block.Table table -> table(out, table, "");
            case Block.Checks checks -> checks(out, checks);
            case Block.Points points -> points(out, points);
            case Block.Entries entries -> entries(out, entries);
            case Block.InFull inFull -> inFull.blocks().forEach(inner -> block(out, inner));
            case Block.Folded folded -> {
                out.open("details", "class", "fold").element("summary", folded.summary());
                folded.blocks().forEach(inner -> block(out, inner));
                out.close().line();
            }
            case Block.InBrief _ -> {}
            case Chart.StackedBars bars -> stackedBars(out, bars);
            case Chart.Timeline timeline -> timeline(out, timeline);
            case Chart.Plot plot -> plot(out, plot);
        }
    }

    private static void tiles(Markup out, Block.Tiles tiles) {
        out.open("dl", "class", "tiles").line();
        for (Block.Tile tile : tiles.tiles()) {
            out.open("div").element("dt", tile.label());
            out.open("dd", "class", "value " + tone(tile.value().tone()));
            value(out, tile.value());
            out.close().element("dd", tile.note(), "class", "note").close().line();
        }
        out.close().line();
    }

    private static void table(Markup out, Block.Table table, String className) {
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
    private static void value(Markup out, Cell cell) {
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

    private static void checks(Markup out, Block.Checks checks) {
        out.open("ul", "class", "checks").line();
        for (Block.Check check : checks.checks()) {
            out.open("li", "class", check.mark().name().toLowerCase(Locale.ROOT));
            out.element("span", check.mark().sign(), "class", "sign", "aria-hidden", "true");
            out.open("span").element("span", check.mark().word() + ": ", "class", "unseen");
            out.element("strong", check.rule());
            if (!check.detail().isEmpty()) {
                out.empty("br").element("span", check.detail(), "class", "faint");
            }
            out.close().close().line();
        }
        out.close().line();
    }

    private static void points(Markup out, Block.Points points) {
        out.open("ul", "class", "points").line();
        for (Block.Point point : points.points()) {
            out.open("li");
            if (!point.lead().isEmpty()) {
                out.element("strong", point.lead()).text(": ");
            }
            out.text(point.text()).close().line();
        }
        out.close().line();
    }

    private static void entries(Markup out, Block.Entries entries) {
        out.open("dl", "class", "entries").line();
        for (Block.Entry entry : entries.entries()) {
            out.open("div")
                    .element("dt", entry.term())
                    .element("dd", entry.meaning())
                    .close()
                    .line();
        }
        out.close().line();
    }

    private static void stackedBars(Markup out, Chart.StackedBars chart) {
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

    private static void timeline(Markup out, Chart.Timeline chart) {
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

    private static void plot(Markup out, Chart.Plot plot) {
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
        table(out, table, "small");
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

    private static String tone(Tone tone) {
        return tone == Tone.PLAIN ? "" : tone.name().toLowerCase(Locale.ROOT);
    }

    private static String digest(String content) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(content.getBytes(StandardCharsets.UTF_8));
            return Base64.getEncoder().encodeToString(digest);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java platform has SHA-256", impossible);
        }
    }

    private static String resource(String name) {
        try (InputStream in = HtmlRenderer.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException("the resource " + name + " is missing from the program");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException broken) {
            throw new UncheckedIOException("the resource " + name + " cannot be read", broken);
        }
    }
}
