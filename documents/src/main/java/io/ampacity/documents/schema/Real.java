package io.ampacity.documents.schema;

import io.ampacity.documents.DocumentNode;
import io.ampacity.documents.DocumentNode.ScalarNode;
import io.ampacity.documents.Excerpt;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A plain finite number whose unit its key names. */
public record Real() implements ValueType<Double> {

    @Override
    public @Nullable Double read(DocumentNode node, SchemaReading reading) {
        ScalarNode scalar = reading.scalar(node, "a number", example());
        if (scalar == null) {
            return null;
        }
        try {
            double number = scalar.quoted() ? Double.NaN : Double.parseDouble(scalar.text());
            if (Double.isFinite(number)) {
                return number;
            }
        } catch (NumberFormatException notANumber) {
            // Said below.
        }
        reading.error(
                node.place(),
                scalar.text(),
                Excerpt.quoted(scalar.text()) + " is not a finite number",
                "write it without quotes or unit, like " + example());
        return null;
    }

    @Override
    public String description() {
        return "number";
    }

    @Override
    public String example() {
        return "12.5";
    }

    @Override
    public Map<String, Object> jsonSchema(JsonSchema schema) {
        return JsonSchema.map("type", "number");
    }
}
