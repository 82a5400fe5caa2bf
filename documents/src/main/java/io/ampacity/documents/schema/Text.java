package io.ampacity.documents.schema;

import io.ampacity.documents.DocumentNode;
import io.ampacity.documents.DocumentNode.ScalarNode;
import io.ampacity.documents.Excerpt;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Free text that is not blank. */
public record Text(int longest) implements ValueType<String> {

    public static Text upTo(int characters) {
        return new Text(characters);
    }

    @Override
    public @Nullable String read(DocumentNode node, SchemaReading reading) {
        ScalarNode scalar = reading.scalar(node, "text", example());
        if (scalar == null) {
            return null;
        }
        String text = scalar.text().strip();
        if (text.isEmpty()) {
            reading.error(node.place(), null, "the text is blank", "leave the key out");
            return null;
        }
        if (text.length() > longest) {
            reading.error(
                    node.place(),
                    text,
                    "the text " + Excerpt.quoted(text) + " has " + text.length() + " characters, more than " + longest,
                    "shorten it");
            return null;
        }
        return text;
    }

    @Override
    public String description() {
        return "text";
    }

    @Override
    public String example() {
        return "some words";
    }

    @Override
    public Map<String, Object> jsonSchema(JsonSchema schema) {
        return Map.of("type", java.util.List.of("string", "number"), "minLength", 1, "maxLength", longest);
    }
}
