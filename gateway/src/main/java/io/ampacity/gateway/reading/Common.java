package io.ampacity.gateway.reading;

import io.ampacity.documents.schema.Amount;
import io.ampacity.documents.schema.Attribute;
import io.ampacity.documents.schema.Word;
import io.ampacity.units.Dimension;
import java.util.LinkedHashMap;
import java.util.Map;

/** Attributes that many sections of a gateway's document have the like of. */
final class Common {

    static final int LONGEST_PORT = 65_535;
    static final int LONGEST_TEXT = 500;

    private Common() {}

    static Attribute<Double> seconds(String key, String usual, String description) {
        return Attribute.of(key, Amount.of(Dimension.TIME).positive().atMost(86_400), description)
                .orElse(usual);
    }

    static Attribute<Boolean> flag(String key, String description, String usual) {
        Map<String, Boolean> words = new LinkedHashMap<>();
        words.put("yes", true);
        words.put("no", false);
        words.put("true", true);
        words.put("false", false);
        return Attribute.of(key, new Word<>(words), description).orElse(usual);
    }

    static Map<String, String> words(String... words) {
        Map<String, String> meanings = new LinkedHashMap<>();
        for (String word : words) {
            meanings.put(word, word);
        }
        return meanings;
    }
}
