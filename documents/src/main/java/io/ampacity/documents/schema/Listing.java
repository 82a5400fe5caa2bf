package io.ampacity.documents.schema;

import io.ampacity.documents.DocumentNode;
import io.ampacity.documents.DocumentNode.SequenceNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A list of values of one type; a single value is a list of one. Values that cannot be used are left out of what is
 * read, with their mistakes noted.
 *
 * @param distinct whether a value may stand in it only once
 */
public record Listing<T>(ValueType<T> element, boolean distinct) implements ValueType<List<T>> {

    public static <T> Listing<T> of(ValueType<T> element) {
        return new Listing<>(element, false);
    }

    /** A list in which no value stands twice. */
    public static <T> Listing<T> distinct(ValueType<T> element) {
        return new Listing<>(element, true);
    }

    @Override
    public List<T> read(DocumentNode node, SchemaReading reading) {
        List<DocumentNode> nodes = node instanceof SequenceNode list ? list.elements() : List.of(node);
        List<T> values = new ArrayList<>();
        for (DocumentNode each : nodes) {
            T value = element.read(each, reading);
            if (value == null) {
                continue;
            }
            if (distinct && values.contains(value)) {
                reading.error(
                        each.place(),
                        SchemaReading.text(each),
                        "\"" + value + "\" stands twice in this list",
                        "remove one of the two");
            } else {
                values.add(value);
            }
        }
        return List.copyOf(values);
    }

    @Override
    public String description() {
        return "list: " + element.description();
    }

    @Override
    public String example() {
        return "[" + element.example() + "]";
    }

    @Override
    public Map<String, Object> jsonSchema(JsonSchema schema) {
        Map<String, Object> items = element.jsonSchema(schema);
        Map<String, Object> list = new LinkedHashMap<>();
        list.put("type", "array");
        list.put("items", items);
        if (distinct) {
            list.put("uniqueItems", true);
        }
        return JsonSchema.map("anyOf", List.of(list, items));
    }

    @Override
    public List<Section> sections() {
        return element.sections();
    }
}
