package io.ampacity.documents.schema;

import io.ampacity.documents.DocumentNode;
import io.ampacity.documents.DocumentNode.ScalarNode;
import io.ampacity.documents.Excerpt;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The name of something known, looked up in the {@link Vocabulary} of a kind; aliases become ids.
 *
 * @param kind what it names, such as {@code chip}
 */
public record Name(String kind, String example) implements ValueType<String> {

    @Override
    public @Nullable String read(DocumentNode node, SchemaReading reading) {
        ScalarNode scalar = reading.scalar(node, "the name of a " + kind, example);
        if (scalar == null) {
            return null;
        }
        Vocabulary vocabulary = reading.vocabulary(kind);
        String id = vocabulary.resolve(scalar.text()).orElse(null);
        if (id == null) {
            reading.error(
                    node.place(),
                    scalar.text(),
                    Excerpt.quoted(scalar.text()) + " is not a known " + kind,
                    reading.isSaturated() ? null : vocabulary.advice(scalar.text()));
        }
        return id;
    }

    @Override
    public String description() {
        return "name of a " + kind;
    }

    @Override
    public Map<String, Object> jsonSchema(JsonSchema schema) {
        return JsonSchema.map("type", "string", "minLength", 1);
    }
}
