package io.ampacity.documents.schema;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A mapping with known keys: one attribute table.
 *
 * @param name what one such mapping is, in a word or two, such as {@code serving workload}; also names it in the JSON
 *     Schema
 * @param description what it is for
 */
public record Section(String name, String description, List<Attribute<?>> attributes) {

    public Section {
        attributes = List.copyOf(attributes);
        Set<String> keys = new HashSet<>();
        for (Attribute<?> attribute : attributes) {
            if (!keys.add(attribute.key())) {
                throw new IllegalArgumentException("section " + name + " has the key " + attribute.key() + " twice");
            }
        }
    }

    public static Section of(String name, String description, Attribute<?>... attributes) {
        return new Section(name, description, List.of(attributes));
    }

    public Optional<Attribute<?>> attribute(String key) {
        for (Attribute<?> attribute : attributes) {
            if (attribute.key().equals(key)) {
                return Optional.of(attribute);
            }
        }
        return Optional.empty();
    }

    List<String> keys() {
        return attributes.stream().<String>map(Attribute::key).toList();
    }
}
