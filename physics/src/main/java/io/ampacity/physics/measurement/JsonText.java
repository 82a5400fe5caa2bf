package io.ampacity.physics.measurement;

import io.ampacity.documents.DocumentNode;
import io.ampacity.documents.DocumentNode.MappingNode;
import io.ampacity.documents.DocumentNode.ScalarNode;
import org.jspecify.annotations.Nullable;

/** Members of a JSON object as text and numbers. */
final class JsonText {

    private JsonText() {}

    static @Nullable String text(MappingNode object, String key) {
        DocumentNode node = object.member(key);
        return node instanceof ScalarNode scalar && !scalar.isNull() ? scalar.text() : null;
    }

    static @Nullable Double number(MappingNode object, String key) {
        String text = text(object, key);
        if (text == null) {
            return null;
        }
        try {
            double value = Double.parseDouble(text);
            return Double.isFinite(value) ? value : null;
        } catch (NumberFormatException notANumber) {
            return null;
        }
    }
}
