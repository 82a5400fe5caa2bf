package io.ampacity.documents.schema;

import io.ampacity.documents.DocumentNode;
import io.ampacity.documents.DocumentNode.MappingNode;
import io.ampacity.documents.DocumentNode.ScalarNode;
import io.ampacity.documents.DocumentNode.SequenceNode;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A mapping with a table of its own.
 *
 * @param shorthand the attribute that a single value stands for, so that {@code output-tokens: 200} is
 *     {@code output-tokens: {mean: 200}}; null when a mapping must be written
 */
public record Nested(Section section, @Nullable Attribute<?> shorthand) implements ValueType<Form> {

    public static Nested of(Section section) {
        return new Nested(section, null);
    }

    @Override
    public @Nullable Form read(DocumentNode node, SchemaReading reading) {
        return switch (node) {
            case MappingNode mapping -> Form.read(section, mapping, reading);
            case ScalarNode scalar
            when shorthand != null && !scalar.isNull() ->
                Form.read(
                        section,
                        new MappingNode(
                                scalar.place(),
                                Map.of(shorthand.key(), scalar),
                                Map.of(shorthand.key(), scalar.place())),
                        reading);
            case ScalarNode scalar
            when scalar.quoted() && scalar.text().equals("{}") ->
                Form.read(section, new MappingNode(scalar.place(), Map.of(), Map.of()), reading);
            case ScalarNode _, SequenceNode _ -> {
                reading.error(
                        node.place(),
                        SchemaReading.text(node),
                        (node instanceof SequenceNode ? "a list" : "a single value")
                                + " stands here, but a mapping is needed: a " + section.name(),
                        "write " + String.join(": …, ", section.keys()) + ": … indented below the key");
                yield null;
            }
        };
    }

    @Override
    public String description() {
        return "[" + section.name() + "](#" + ReferencePage.anchor(section) + ")"
                + (shorthand == null ? "" : ", or its " + shorthand.key() + " alone");
    }

    @Override
    public String example() {
        return "{…}";
    }

    @Override
    public Map<String, Object> jsonSchema(JsonSchema schema) {
        Map<String, Object> mapping = schema.reference(section);
        return shorthand == null
                ? mapping
                : JsonSchema.map("anyOf", List.of(mapping, shorthand.type().jsonSchema(schema)));
    }

    @Override
    public List<Section> sections() {
        return List.of(section);
    }
}
