package io.ampacity.documents.schema;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Turns attribute tables into a page of Markdown: one heading and one table a section. */
public final class ReferencePage {

    private ReferencePage() {}

    /** The tables of a section and of all that it holds, in the order in which they are met. */
    public static String tables(Section root) {
        Set<Section> sections = new LinkedHashSet<>();
        collect(root, sections);
        StringBuilder page = new StringBuilder();
        sections.forEach(section -> append(section, page));
        return page.toString();
    }

    static String anchor(Section section) {
        return section.name().toLowerCase(Locale.ROOT).replace(' ', '-');
    }

    private static void collect(Section section, Set<Section> sections) {
        if (sections.add(section)) {
            List<Section> below = new ArrayList<>();
            section.attributes()
                    .forEach(attribute -> below.addAll(attribute.type().sections()));
            below.forEach(each -> collect(each, sections));
        }
    }

    private static void append(Section section, StringBuilder page) {
        page.append("\n## ").append(section.name()).append("\n\n");
        page.append(section.description()).append("\n\n");
        page.append("| key | value | default | meaning |\n|---|---|---|---|\n");
        for (Attribute<?> attribute : section.attributes()) {
            page.append("| `").append(attribute.key()).append("` | ");
            page.append(cell(attribute.type().description())).append(" | ");
            page.append(cell(absence(attribute))).append(" | ");
            page.append(cell(attribute.description()));
            String example = attribute.example();
            if (example != null) {
                page.append(" Example: `").append(cell(example)).append("`.");
            }
            page.append(" |\n");
        }
    }

    private static String absence(Attribute<?> attribute) {
        if (attribute.required()) {
            return "**must be given**";
        }
        String meaning = attribute.whenAbsent();
        if (meaning != null) {
            return meaning;
        }
        String text = attribute.defaultText();
        return text == null ? "–" : "`" + text + "`";
    }

    private static String cell(String text) {
        return text.replace("|", "\\|").replace("\n", " ");
    }
}
