package io.ampacity.reports.paper;

import java.util.List;

/**
 * A paper that answers a question: what is done, what it costs, whether it holds, what binds. Content only; the
 * renderers give it a form.
 *
 * @param title the question's name
 * @param subtitle the question in a line; empty when nothing is said
 */
public record Paper(String title, String subtitle, Verdict verdict, Block.Tiles headline, List<Section> sections) {

    public Paper {
        title = PlainText.of(title);
        subtitle = PlainText.of(subtitle);
        sections = List.copyOf(sections);
    }
}
