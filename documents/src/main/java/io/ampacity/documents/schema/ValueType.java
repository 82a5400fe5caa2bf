package io.ampacity.documents.schema;

import io.ampacity.documents.DocumentNode;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** How the value of an attribute is read, bounded and described. Immutable. */
public interface ValueType<T> {

    /**
     * Reads a value, adding every mistake in it to the reading.
     *
     * @return null when the value cannot be used; the reading then holds at least one error
     */
    @Nullable T read(DocumentNode node, SchemaReading reading);

    /** What may be written, in a few words for the reference page. */
    String description();

    /** A value as it would be written. */
    String example();

    /** The JSON Schema (draft 2020-12) of a value; sections go to {@code schema}. */
    Map<String, Object> jsonSchema(JsonSchema schema);

    /** Sections that a value holds, for the reference page. */
    default List<Section> sections() {
        return List.of();
    }
}
