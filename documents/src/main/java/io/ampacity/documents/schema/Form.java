package io.ampacity.documents.schema;

import io.ampacity.documents.DocumentNode;
import io.ampacity.documents.DocumentNode.MappingNode;
import io.ampacity.documents.DocumentNode.ScalarNode;
import io.ampacity.documents.DocumentNode.SequenceNode;
import io.ampacity.documents.Excerpt;
import io.ampacity.documents.Nearest;
import io.ampacity.documents.Place;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A mapping filled in by a document and checked against its {@link Section}. Immutable. */
public final class Form {

    private final Section section;
    private final MappingNode node;
    private final Map<String, Object> values;
    private final boolean sound;

    private Form(Section section, MappingNode node, Map<String, Object> values, boolean sound) {
        this.section = section;
        this.node = node;
        this.values = values;
        this.sound = sound;
    }

    /** Checks a mapping against a section, adding every mistake in it to the reading. */
    static Form read(Section section, MappingNode node, SchemaReading reading) {
        int errorsBefore = reading.errors();
        Map<String, Object> values = new HashMap<>();
        node.members().keySet().forEach(key -> checkKey(section, node, key, reading));
        for (Attribute<?> attribute : section.attributes()) {
            Object value = readValue(attribute, node, reading);
            if (value != null) {
                values.put(attribute.key(), value);
            }
        }
        return new Form(section, node, values, reading.errors() == errorsBefore);
    }

    private static void checkKey(Section section, MappingNode node, String key, SchemaReading reading) {
        if (section.attribute(key).isPresent()) {
            return;
        }
        List<String> keys = section.keys();
        List<String> near = reading.isSaturated() ? List.of() : Nearest.to(key, keys);
        reading.error(
                node.keyPlaces().getOrDefault(key, node.place()),
                key,
                "the key " + Excerpt.quoted(key) + " is unknown in " + article(section.name()),
                near.isEmpty() ? "use one of " + String.join(", ", keys) : "you meant " + String.join(" or ", near));
    }

    private static @Nullable Object readValue(Attribute<?> attribute, MappingNode node, SchemaReading reading) {
        DocumentNode written = node.member(attribute.key());
        if (written != null && !(written instanceof ScalarNode scalar && scalar.isNull())) {
            return attribute.type().read(written, reading);
        }
        if (attribute.required()) {
            reading.error(
                    written == null ? node.place().below(attribute.key()) : written.place(),
                    null,
                    "\"" + attribute.key() + "\" is missing in this " + section(node, attribute),
                    "add " + attribute.key() + ": " + attribute.shownExample());
            return null;
        }
        String text = attribute.defaultText();
        return text == null
                ? null
                : attribute.type().read(new ScalarNode(node.place().below(attribute.key()), text, true), reading);
    }

    private static String section(MappingNode node, Attribute<?> attribute) {
        return node.place().path().isEmpty() ? "document" : "mapping, which needs it (" + attribute.description() + ")";
    }

    /** The table this was checked against. */
    public Section section() {
        return section;
    }

    /** Whether nothing in it, or below it, was wrong. */
    public boolean isSound() {
        return sound;
    }

    /** Where it stands. */
    public Place place() {
        return node.place();
    }

    /**
     * The value of an attribute that is mandatory or has a default.
     *
     * @throws IllegalStateException when there is none, which happens only in a form that is not sound
     */
    public <T> T value(Attribute<T> attribute) {
        T value = valueOrNull(attribute);
        if (value == null) {
            throw new IllegalStateException(
                    section.name() + " at " + node.place() + " has no value for " + attribute.key());
        }
        return value;
    }

    /** The value of an attribute; null when the document does not state it, or states it wrongly. */
    @SuppressWarnings("unchecked") // the value was read by this attribute's own type
    public <T> @Nullable T valueOrNull(Attribute<T> attribute) {
        if (section.attribute(attribute.key()).filter(attribute::equals).isEmpty()) {
            throw new IllegalArgumentException(section.name() + " has no attribute " + attribute.key());
        }
        return (T) values.get(attribute.key());
    }

    /** Whether the document states it itself. */
    public boolean states(Attribute<?> attribute) {
        DocumentNode written = node.member(attribute.key());
        return written != null && !(written instanceof ScalarNode scalar && scalar.isNull());
    }

    /** Where the value of an attribute stands, or would stand. */
    public Place place(Attribute<?> attribute) {
        DocumentNode written = node.member(attribute.key());
        return written == null ? node.place().below(attribute.key()) : written.place();
    }

    /** Where an element of a list attribute stands. */
    public Place place(Attribute<?> attribute, int index) {
        return node.member(attribute.key()) instanceof SequenceNode list
                        && index < list.elements().size()
                ? list.elements().get(index).place()
                : place(attribute);
    }

    /** The text a document gives for an attribute; null when it gives none, or more than a text. */
    public @Nullable String text(Attribute<?> attribute) {
        return node.member(attribute.key()) instanceof ScalarNode scalar ? Excerpt.of(scalar.text()) : null;
    }

    private static String article(String name) {
        return ("aeiou".indexOf(name.charAt(0)) >= 0 ? "an " : "a ") + name;
    }
}
