package io.ampacity.documents;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A value of a YAML or JSON document that knows its place. Immutable. */
public sealed interface DocumentNode {

    Place place();

    /** A mapping; keys keep their order. {@code keyPlaces} tells where each key itself stands. */
    record MappingNode(Place place, Map<String, DocumentNode> members, Map<String, Place> keyPlaces)
            implements DocumentNode {

        public MappingNode {
            members = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(members));
            keyPlaces = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(keyPlaces));
        }

        public @Nullable DocumentNode member(String key) {
            return members.get(key);
        }
    }

    /** A sequence. */
    record SequenceNode(Place place, List<DocumentNode> elements) implements DocumentNode {

        public SequenceNode {
            elements = List.copyOf(elements);
        }
    }

    /**
     * A scalar as it was written.
     *
     * @param text the text without quotes
     * @param quoted whether it stood in quotes, so that {@code "null"} is text and {@code null} is nothing
     */
    record ScalarNode(Place place, String text, boolean quoted) implements DocumentNode {

        /** Whether this says that there is no value: {@code null}, {@code ~} or nothing at all, unquoted. */
        public boolean isNull() {
            return !quoted && (text.isEmpty() || text.equals("null") || text.equals("~"));
        }
    }
}
