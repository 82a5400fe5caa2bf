package io.ampacity.facts.imports;

import io.ampacity.documents.DocumentNode;
import io.ampacity.documents.DocumentNode.MappingNode;
import io.ampacity.documents.DocumentNode.ScalarNode;
import io.ampacity.documents.DocumentNode.SequenceNode;
import io.ampacity.documents.Issue;
import io.ampacity.documents.Place;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A {@code config.json}, read by key: the text part of a multi-modal model first, then the model itself.
 *
 * <p>A mistake is noted and answered with a stand-in; {@link #failed()} tells that the model must not be used.
 */
final class ModelConfig {

    private static final int LARGEST = 100_000_000;

    private final MappingNode whole;
    private final @Nullable MappingNode text;
    private final List<Issue> issues = new ArrayList<>();
    private boolean failed;

    ModelConfig(MappingNode whole) {
        this.whole = whole;
        this.text = whole.member("text_config") instanceof MappingNode nested ? nested : null;
    }

    List<Issue> issues() {
        return List.copyOf(issues);
    }

    boolean failed() {
        return failed;
    }

    boolean has(String key) {
        return node(key) != null;
    }

    /** The value of a key; null when it is absent or null in both parts. */
    @Nullable DocumentNode node(String key) {
        DocumentNode nested = text == null ? null : present(text.member(key));
        return nested != null ? nested : present(whole.member(key));
    }

    String text(String key) {
        return node(key) instanceof ScalarNode scalar ? scalar.text() : "";
    }

    boolean flag(String key) {
        return text(key).equals("true");
    }

    /** The first of several keys that is there, as a whole number above zero; a mistake when none is. */
    int number(String... keys) {
        Integer number = optional(keys);
        if (number == null) {
            error(
                    whole.place().below(keys[0]),
                    null,
                    "\"" + keys[0] + "\" is missing",
                    "this is no config.json of a language model");
            return 1;
        }
        return number;
    }

    /** As {@link #number}, or {@code absent} when no key is there. */
    int numberOr(int absent, String... keys) {
        Integer number = optional(keys);
        return number == null ? absent : number;
    }

    @Nullable Integer optional(String... keys) {
        for (String key : keys) {
            DocumentNode node = node(key);
            if (node instanceof ScalarNode scalar) {
                return whole(key, scalar);
            }
            if (node != null) {
                error(node.place(), null, "\"" + key + "\" is not a number", null);
                return 1;
            }
        }
        return null;
    }

    private int whole(String key, ScalarNode scalar) {
        try {
            double number = Double.parseDouble(scalar.text());
            if (number == Math.rint(number) && number >= 0 && number <= LARGEST) {
                return (int) number;
            }
        } catch (NumberFormatException notANumber) {
            // told below
        }
        error(
                scalar.place(),
                scalar.text(),
                "\"" + key + "\" is \"" + shortened(scalar.text()) + "\", not a whole number from 0 to " + LARGEST,
                "check the file");
        return 1;
    }

    /** The words of a list; empty when it is absent. */
    List<String> words(String key) {
        List<String> words = new ArrayList<>();
        if (node(key) instanceof SequenceNode sequence) {
            for (DocumentNode element : sequence.elements()) {
                words.add(element instanceof ScalarNode scalar ? scalar.text() : "");
            }
        }
        return words;
    }

    /** The mapping below a key, read alone; null when it is absent. */
    @Nullable ModelConfig below(String key) {
        return node(key) instanceof MappingNode mapping ? new ModelConfig(mapping) : null;
    }

    Place place() {
        return whole.place();
    }

    void error(Place place, @Nullable String value, String problem, @Nullable String advice) {
        failed = true;
        issues.add(Issue.error(place, value, problem, advice));
    }

    void doubt(String problem) {
        issues.add(Issue.warning(whole.place(), null, problem, null));
    }

    private static @Nullable DocumentNode present(@Nullable DocumentNode node) {
        return node instanceof ScalarNode scalar && scalar.isNull() ? null : node;
    }

    private static String shortened(String text) {
        return text.length() <= 40 ? text : text.substring(0, 37) + "...";
    }
}
