package io.ampacity.reports.html;

import io.ampacity.reports.paper.Block;
import io.ampacity.reports.paper.Chart;
import io.ampacity.reports.paper.Paper;
import io.ampacity.reports.paper.PlainText;
import io.ampacity.reports.paper.Section;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.List;
import java.util.Locale;

/**
 * Writes a paper as one HTML file that loads nothing.
 *
 * <p>The file is HTML and well-formed XML. Its content security policy allows exactly the style and the script that
 * stand in it, by their digests, so that neither a name in a scenario nor a later edit can make it run or load more.
 * Numbers stand unrounded in {@code data} elements.
 */
public final class HtmlRenderer {

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
                out.element("p", paragraph.text(), "class", TableMarkup.tone(paragraph.tone()))
                        .line();
            case Block.Tiles tiles -> tiles(out, tiles);
            case Block.Table table -> TableMarkup.table(out, table, "");
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
            case Chart.StackedBars bars -> FigureMarkup.stackedBars(out, bars);
            case Chart.Timeline timeline -> FigureMarkup.timeline(out, timeline);
            case Chart.Plot plot -> FigureMarkup.plot(out, plot);
        }
    }

    private static void tiles(Markup out, Block.Tiles tiles) {
        out.open("dl", "class", "tiles").line();
        for (Block.Tile tile : tiles.tiles()) {
            out.open("div").element("dt", tile.label());
            out.open("dd", "class", "value " + TableMarkup.tone(tile.value().tone()));
            TableMarkup.value(out, tile.value());
            out.close().element("dd", tile.note(), "class", "note").close().line();
        }
        out.close().line();
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
