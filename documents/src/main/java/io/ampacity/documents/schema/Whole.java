package io.ampacity.documents.schema;

import io.ampacity.documents.DocumentNode;
import io.ampacity.documents.DocumentNode.ScalarNode;
import io.ampacity.documents.Excerpt;
import io.ampacity.units.Dimension;
import io.ampacity.units.UnitException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A whole number within bounds, both of which are allowed. */
public record Whole(int minimum, int maximum) implements ValueType<Integer> {

    public static Whole between(int minimum, int maximum) {
        return new Whole(minimum, maximum);
    }

    @Override
    public @Nullable Integer read(DocumentNode node, SchemaReading reading) {
        ScalarNode scalar = reading.scalar(node, "a whole number", example());
        if (scalar == null) {
            return null;
        }
        double number;
        try {
            number = Dimension.COUNT.parse(scalar.text());
        } catch (UnitException wrong) {
            reading.error(
                    node.place(),
                    scalar.text(),
                    Excerpt.quoted(scalar.text()) + " is not a whole number",
                    "write it like " + example());
            return null;
        }
        if (number != Math.rint(number)) {
            reading.error(
                    node.place(),
                    scalar.text(),
                    Excerpt.quoted(scalar.text()) + " is not a whole number",
                    "round it to " + Math.round(number));
            return null;
        }
        if (number < minimum || number > maximum) {
            reading.error(
                    node.place(),
                    scalar.text(),
                    Excerpt.quoted(scalar.text()) + " is out of range: it must be " + range(),
                    "write it like " + example());
            return null;
        }
        return (int) number;
    }

    private String range() {
        return maximum == Integer.MAX_VALUE ? "at least " + minimum : minimum + " to " + maximum;
    }

    @Override
    public String description() {
        return "whole number, " + range();
    }

    @Override
    public String example() {
        return Integer.toString(Math.clamp(8, minimum, maximum));
    }

    @Override
    public Map<String, Object> jsonSchema(JsonSchema schema) {
        return JsonSchema.map(
                "anyOf",
                List.of(
                        JsonSchema.map("type", "integer", "minimum", minimum, "maximum", maximum),
                        JsonSchema.map("type", "string", "pattern", "^\\s*[-+]?[0-9][0-9_.]*\\s*(k|M|G|B|T)?\\s*$")));
    }
}
