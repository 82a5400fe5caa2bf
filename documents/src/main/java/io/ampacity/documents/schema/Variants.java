package io.ampacity.documents.schema;

import io.ampacity.documents.DocumentNode;
import io.ampacity.documents.DocumentNode.MappingNode;
import io.ampacity.documents.DocumentNode.ScalarNode;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A mapping whose table depends on what one of its keys says.
 *
 * @param key the key that says which, present in every section
 * @param usual the variant meant when the key is absent
 * @param variants the sections by the word that chooses them
 */
public record Variants(String key, String usual, Map<String, Section> variants) implements ValueType<Form> {

    public Variants {
        variants = Collections.unmodifiableMap(new LinkedHashMap<>(variants));
        if (!variants.containsKey(usual)) {
            throw new IllegalArgumentException("no variant is called " + usual);
        }
    }

    @Override
    public @Nullable Form read(DocumentNode node, SchemaReading reading) {
        if (!(node instanceof MappingNode mapping)) {
            reading.error(
                    node.place(),
                    SchemaReading.text(node),
                    "a mapping is needed here",
                    "write " + key + ": " + usual + " and more indented below the key");
            return null;
        }
        DocumentNode written = mapping.member(key);
        String variant = usual;
        if (written != null && !(written instanceof ScalarNode scalar && scalar.isNull())) {
            variant = new Word<>(words()).read(written, reading);
        }
        Section section = variant == null ? null : variants.get(variant);
        return section == null ? null : Form.read(section, mapping, reading);
    }

    private Map<String, String> words() {
        Map<String, String> words = new LinkedHashMap<>();
        variants.keySet().forEach(word -> words.put(word, word));
        return words;
    }

    /** The attribute that chooses, for the sections' tables. */
    public static Attribute<String> chooser(String key, String usual, List<String> words, String description) {
        Map<String, String> meanings = new LinkedHashMap<>();
        words.forEach(word -> meanings.put(word, word));
        return Attribute.of(key, new Word<>(meanings), description).orElse(usual);
    }

    @Override
    public String description() {
        List<String> links = new ArrayList<>();
        variants.values()
                .forEach(section -> links.add("[" + section.name() + "](#" + ReferencePage.anchor(section) + ")"));
        return String.join(" or ", links);
    }

    @Override
    public String example() {
        return "{" + key + ": " + usual + ", …}";
    }

    @Override
    public Map<String, Object> jsonSchema(JsonSchema schema) {
        Map<String, Object> result = Map.of();
        List<String> words = new ArrayList<>(variants.keySet());
        words.remove(usual);
        words.addFirst(usual);
        for (String word : words) {
            Section section = variants.get(word);
            if (section == null) {
                continue;
            }
            Map<String, Object> reference = schema.reference(section);
            if (word.equals(usual)) {
                result = reference;
                continue;
            }
            Map<String, Object> choice = new LinkedHashMap<>();
            choice.put(
                    "if",
                    JsonSchema.map("required", List.of(key), "properties", Map.of(key, JsonSchema.map("const", word))));
            choice.put("then", reference);
            choice.put("else", result);
            result = choice;
        }
        return result;
    }

    @Override
    public List<Section> sections() {
        return List.copyOf(variants.values());
    }
}
