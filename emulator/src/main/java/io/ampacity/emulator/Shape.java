package io.ampacity.emulator;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** The smallest value that a JSON schema takes, as far as types, constants, choices and required members go. */
final class Shape {

    private static final int DEEPEST = 32;

    private Shape() {}

    /** The value as text; an empty object for a schema that says nothing. */
    static String valueOf(JsonNode schema) {
        return value(schema, 0).toString();
    }

    private static JsonNode value(JsonNode schema, int depth) {
        JsonNodeFactory values = JsonMapper.shared().getNodeFactory();
        if (schema.has("const")) {
            return schema.path("const");
        }
        if (schema.path("enum").isArray() && !schema.path("enum").isEmpty()) {
            return schema.path("enum").get(0);
        }
        for (String choice : new String[] {"anyOf", "oneOf", "allOf"}) {
            if (!schema.path(choice).isEmpty() && depth < DEEPEST) {
                return value(schema.path(choice).get(0), depth + 1);
            }
        }
        JsonNode type = schema.path("type").isArray() ? schema.path("type").path(0) : schema.path("type");
        return switch (type.asString("object")) {
            case "string" -> values.stringNode("emulated");
            case "integer", "number" ->
                values.numberNode(Math.max(0, schema.path("minimum").asInt(0)));
            case "boolean" -> values.booleanNode(true);
            case "null" -> values.nullNode();
            case "array" -> {
                ArrayNode array = values.arrayNode();
                for (int i = 0; i < schema.path("minItems").asInt(0) && i < DEEPEST && depth < DEEPEST; i++) {
                    array.add(value(schema.path("items"), depth + 1));
                }
                yield array;
            }
            default -> {
                ObjectNode object = values.objectNode();
                if (depth < DEEPEST) {
                    schema.path("required")
                            .forEach(name -> object.set(
                                    name.asString(""),
                                    value(schema.path("properties").path(name.asString("")), depth + 1)));
                }
                yield object;
            }
        };
    }
}
