package io.ampacity.documents.schema;

import org.jspecify.annotations.Nullable;

/**
 * One key of a {@link Section}.
 *
 * @param required whether a document must state it
 * @param defaultText what is read when a document does not state it; null when nothing is
 * @param whenAbsent what absence means, in words for the reader of the reference page; null when the default says it
 * @param description what it means, one or two sentences
 * @param example a value as it would be written; null when the default or the type shows one
 */
public record Attribute<T>(
        String key,
        ValueType<T> type,
        boolean required,
        @Nullable String defaultText,
        @Nullable String whenAbsent,
        String description,
        @Nullable String example) {

    /** An attribute that may be left out. */
    public static <T> Attribute<T> of(String key, ValueType<T> type, String description) {
        return new Attribute<>(key, type, false, null, null, description, null);
    }

    /** The same, but a document must state it. */
    public Attribute<T> mandatory() {
        return new Attribute<>(key, type, true, defaultText, whenAbsent, description, example);
    }

    /** The same, read as {@code text} when a document does not state it. */
    public Attribute<T> orElse(String text) {
        return new Attribute<>(key, type, required, text, whenAbsent, description, example);
    }

    /** The same, with words for what absence means. */
    public Attribute<T> whenAbsent(String meaning) {
        return new Attribute<>(key, type, required, defaultText, meaning, description, example);
    }

    /** The same, with a value as it would be written. */
    public Attribute<T> example(String text) {
        return new Attribute<>(key, type, required, defaultText, whenAbsent, description, text);
    }

    /** A value to show a person who left it out. */
    String shownExample() {
        if (example != null) {
            return example;
        }
        return defaultText != null ? defaultText : type.example();
    }
}
