package io.ampacity.documents.schema;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Turns attribute tables into a JSON Schema, draft 2020-12, as plain maps and lists. */
public final class JsonSchema {

    private final Map<String, Object> definitions = new LinkedHashMap<>();

    private JsonSchema() {}

    /** The schema of documents whose root is {@code root}. */
    public static Map<String, Object> of(Section root, String identifier, String comment) {
        JsonSchema schema = new JsonSchema();
        Map<String, Object> body = schema.object(root);
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("$schema", "https://json-schema.org/draft/2020-12/schema");
        document.put("$id", identifier);
        document.put("$comment", comment);
        document.putAll(body);
        document.put("$defs", schema.definitions);
        return document;
    }

    /** A reference to the definition of a section, which is added when it is new. */
    Map<String, Object> reference(Section section) {
        String name = section.name().replace(' ', '-');
        if (!definitions.containsKey(name)) {
            definitions.put(name, Map.of());
            definitions.put(name, object(section));
        }
        return map("$ref", "#/$defs/" + name);
    }

    private Map<String, Object> object(Section section) {
        Map<String, Object> properties = new LinkedHashMap<>();
        for (Attribute<?> attribute : section.attributes()) {
            Map<String, Object> property = new LinkedHashMap<>();
            property.put("description", attribute.description());
            String defaultText = attribute.defaultText();
            if (defaultText != null) {
                property.put("default", defaultText);
            }
            Map<String, Object> value = attribute.type().jsonSchema(this);
            if (attribute.required()) {
                property.putAll(value);
            } else {
                property.put("anyOf", List.of(value, map("type", "null")));
            }
            properties.put(attribute.key(), property);
        }
        List<String> required = section.attributes().stream()
                .filter(Attribute::required)
                .<String>map(Attribute::key)
                .toList();
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("title", section.name());
        object.put("description", section.description());
        object.put("type", "object");
        object.put("properties", properties);
        if (!required.isEmpty()) {
            object.put("required", required);
        }
        object.put("additionalProperties", false);
        return object;
    }

    /** A map that keeps its order, of keys and values in turn. */
    static Map<String, Object> map(Object... keysAndValues) {
        Map<String, Object> map = new LinkedHashMap<>();
        for (int i = 0; i < keysAndValues.length; i += 2) {
            map.put((String) keysAndValues[i], keysAndValues[i + 1]);
        }
        return map;
    }

    /** Text with the characters that mean something in a pattern escaped, as ECMA 262 with the u flag wants it. */
    static String escaped(String text) {
        return text.replaceAll("([\\\\^$.|?*+()\\[\\]{}/])", "\\\\$1");
    }
}
