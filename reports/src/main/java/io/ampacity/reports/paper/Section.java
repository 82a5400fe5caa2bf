package io.ampacity.reports.paper;

import java.util.List;

/**
 * A part of a paper under a heading.
 *
 * @param id lower-case word, unique in the paper, that links to it
 */
public record Section(String id, String title, List<Block> blocks) {

    public Section {
        if (!id.matches("[a-z][a-z-]*")) {
            throw new IllegalArgumentException("\"" + PlainText.name(id) + "\" is no section id: lower-case letters");
        }
        title = PlainText.of(title);
        blocks = List.copyOf(blocks);
    }

    public Section(String id, String title, Block... blocks) {
        this(id, title, List.of(blocks));
    }
}
