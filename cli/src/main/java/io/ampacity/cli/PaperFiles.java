package io.ampacity.cli;

import io.ampacity.reports.html.HtmlRenderer;
import io.ampacity.reports.markdown.MarkdownRenderer;
import io.ampacity.reports.paper.Paper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The files that a paper goes to. */
final class PaperFiles {

    @Option(names = "--html", paramLabel = "FILE", description = "Write the paper as one HTML file.")
    private @Nullable Path html;

    @Option(names = "--markdown", paramLabel = "FILE", description = "Write the paper as Markdown.")
    private @Nullable Path markdown;

    /** Refuses places that cannot be written, before the work begins. */
    void check() throws IOException {
        for (Path place : places()) {
            Draft.check(place);
        }
    }

    void write(Paper paper) throws IOException {
        if (html != null) {
            WholeFile.write(html, new HtmlRenderer().render(paper));
        }
        if (markdown != null) {
            WholeFile.write(markdown, new MarkdownRenderer().render(paper));
        }
    }

    /** What was asked for. */
    List<Path> places() {
        List<Path> places = new ArrayList<>();
        if (html != null) {
            places.add(html);
        }
        if (markdown != null) {
            places.add(markdown);
        }
        return places;
    }
}
