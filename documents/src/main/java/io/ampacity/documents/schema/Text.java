package io.ampacity.documents.schema;

import io.ampacity.documents.DocumentNode;
import io.ampacity.documents.DocumentNode.ScalarNode;
import io.ampacity.documents.Excerpt;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Free text.
 *
 * @param verbatim whether blank text and blanks around it are kept, rather than refused and stripped
 */
public record Text(int longest, boolean verbatim) implements ValueType<String> {

    /** Text that is not blank. */
    public static Text upTo(int characters) {
        return new Text(characters, false);
    }

    /** Any text, just as it stands. */
    public static Text verbatim(int characters) {
        return new Text(characters, true);
    }

    @Override
    public @Nullable String read(DocumentNode node, SchemaReading reading) {
        ScalarNode scalar = reading.scalar(node, "text", example());
        if (scalar == null) {
            return null;
        }
        String text = verbatim ? scalar.text() : scalar.text().strip();
        if (text.isEmpty() && !verbatim) {
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
        return JsonSchema.map("type", List.of("string", "number"), "minLength", verbatim ? 0 : 1, "maxLength", longest);
    }
}
