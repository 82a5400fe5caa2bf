package io.ampacity.documents.schema;

import io.ampacity.documents.DocumentNode;
import io.ampacity.documents.DocumentNode.ScalarNode;
import io.ampacity.documents.Excerpt;
import io.ampacity.documents.Nearest;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One of a few known words. Case and separators are forgiven. */
public record Word<T>(Map<String, T> meanings) implements ValueType<T> {

    public Word {
        meanings = Collections.unmodifiableMap(new LinkedHashMap<>(meanings));
    }

    /** The constants of an enumeration, written in lower case with hyphens. */
    public static <E extends Enum<E>> Word<E> of(Class<E> constants) {
        Map<String, E> meanings = new LinkedHashMap<>();
        for (E constant : constants.getEnumConstants()) {
            meanings.put(written(constant), constant);
        }
        return new Word<>(meanings);
    }

    /** An enumeration's constant as documents write it: {@code AVERAGE_DIRECT} is {@code average-direct}. */
    public static String written(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    @Override
    public @Nullable T read(DocumentNode node, SchemaReading reading) {
        ScalarNode scalar = reading.scalar(node, description(), example());
        if (scalar == null) {
            return null;
        }
        T meaning = meanings.get(Nearest.fold(scalar.text()));
        if (meaning == null) {
            List<String> near = reading.isSaturated() ? List.of() : Nearest.to(scalar.text(), meanings.keySet());
            reading.error(
                    node.place(),
                    scalar.text(),
                    Excerpt.quoted(scalar.text()) + " is not allowed here: it must be " + description(),
                    "you meant " + String.join(" or ", near.isEmpty() ? meanings.keySet() : near));
        }
        return meaning;
    }

    @Override
    public String description() {
        return (meanings.size() > 1 ? "one of " : "") + String.join(", ", meanings.keySet());
    }

    @Override
    public String example() {
        return meanings.keySet().iterator().next();
    }

    @Override
    public Map<String, Object> jsonSchema(JsonSchema schema) {
        return JsonSchema.map("enum", List.copyOf(meanings.keySet()));
    }
}
