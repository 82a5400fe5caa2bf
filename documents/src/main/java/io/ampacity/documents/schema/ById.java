package io.ampacity.documents.schema;

import io.ampacity.documents.DocumentNode;
import io.ampacity.documents.DocumentNode.MappingNode;
import io.ampacity.documents.DocumentNode.ScalarNode;
import io.ampacity.documents.Excerpt;
import io.ampacity.documents.Place;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A mapping from names that the document gives to values of one type, in document order.
 *
 * @param what what one of the names stands for, such as {@code site}
 */
public record ById<T>(String what, ValueType<T> element) implements ValueType<Map<String, T>> {

    private static final String SHAPE = "[A-Za-z0-9][A-Za-z0-9._:-]{0,63}";
    private static final Pattern NAME = Pattern.compile(SHAPE);

    @Override
    public @Nullable Map<String, T> read(DocumentNode node, SchemaReading reading) {
        if (!(node instanceof MappingNode mapping)) {
            reading.error(
                    node.place(),
                    SchemaReading.text(node),
                    "a mapping from the name of each " + what + " to the " + what + " is needed here",
                    "write each " + what + " on its own line as name: " + element.example());
            return null;
        }
        Map<String, T> values = new LinkedHashMap<>();
        mapping.members().forEach((name, member) -> {
            Place keyPlace = mapping.keyPlaces().getOrDefault(name, member.place());
            if (!NAME.matcher(name).matches()) {
                reading.error(
                        keyPlace,
                        name,
                        Excerpt.quoted(name) + " cannot be the name of a " + what,
                        "use up to 64 letters, digits, dots, colons and hyphens");
                return;
            }
            DocumentNode stated = member instanceof ScalarNode scalar && scalar.isNull()
                    ? new MappingNode(keyPlace, Map.of(), Map.of())
                    : member;
            T value = element.read(stated, reading);
            if (value != null) {
                values.put(name, value);
            }
        });
        return values;
    }

    @Override
    public String description() {
        return "mapping: name → " + element.description();
    }

    @Override
    public String example() {
        return "{name: " + element.example() + "}";
    }

    @Override
    public Map<String, Object> jsonSchema(JsonSchema schema) {
        Map<String, Object> result = new LinkedHashMap<>();
        result.put("type", "object");
        result.put("propertyNames", JsonSchema.map("pattern", "^" + SHAPE + "$"));
        result.put(
                "additionalProperties",
                JsonSchema.map("anyOf", List.of(element.jsonSchema(schema), JsonSchema.map("type", "null"))));
        return result;
    }

    @Override
    public List<Section> sections() {
        return element.sections();
    }
}
