package io.ampacity.facts;

import io.ampacity.documents.DocumentNode.MappingNode;
import io.ampacity.documents.Issue;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The sources a facts file names once at its top, by key. */
final class Sources {

    /** Where figures were read, and when it was published. */
    record Source(String title, String asOf) {}

    private final Map<String, Source> byKey = new LinkedHashMap<>();

    /** Reads the {@code sources} mapping of a file; none is fine. */
    static Sources read(@Nullable MappingNode node, List<Issue> issues) {
        Sources sources = new Sources();
        if (node != null) {
            node.members().forEach((key, value) -> {
                if (value instanceof MappingNode mapping) {
                    Fields fields = new Fields(mapping, sources, issues);
                    Source source = new Source(fields.text("title"), fields.text("as-of"));
                    fields.finish();
                    sources.byKey.put(key, source);
                } else {
                    issues.add(Issue.error(
                            value.place(),
                            null,
                            "the source \"" + key + "\" is not a mapping",
                            "write {title: …, as-of: …}"));
                }
            });
        }
        return sources;
    }

    /** The source of that key, or one of plain text. {@code asOf} wins over the date of the key. */
    Source named(String keyOrText, @Nullable String asOf) {
        Source known = byKey.get(keyOrText);
        String date = asOf != null ? asOf : known == null ? "" : known.asOf();
        return new Source(known == null ? keyOrText : known.title(), date);
    }

    /** Several sources that say the same, joined; the date is that of the newest. */
    Source joined(List<String> keys, @Nullable String asOf) {
        List<Source> all = keys.stream().map(key -> named(key, asOf)).toList();
        return new Source(
                all.stream().map(Source::title).collect(Collectors.joining("; ")),
                all.stream().map(Source::asOf).max(String::compareTo).orElse(""));
    }

    Set<String> keys() {
        return byKey.keySet();
    }
}
