package io.ampacity.documents;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * One mistake in a document: what is wrong, with which value, where, and what to do about it.
 *
 * @param value the text found, shortened; null when the mistake is that nothing stands there
 * @param advice one sentence that follows "Maybe"; null when there is nothing better to say than the problem
 */
public record Issue(
        Severity severity,
        Place place,
        @Nullable String value,
        String problem,
        @Nullable String advice) {

    public Issue {
        value = value == null ? null : Excerpt.of(value);
        problem = Excerpt.visible(problem);
        advice = advice == null ? null : Excerpt.visible(advice);
    }

    /** Whether the document can still be used. */
    public enum Severity {
        ERROR,
        WARNING
    }

    public static Issue error(Place place, @Nullable String value, String problem, @Nullable String advice) {
        return new Issue(Severity.ERROR, place, value, problem, advice);
    }

    public static Issue warning(Place place, @Nullable String value, String problem, @Nullable String advice) {
        return new Issue(Severity.WARNING, place, value, problem, advice);
    }

    public boolean isError() {
        return severity == Severity.ERROR;
    }

    @Override
    public String toString() {
        String line = place + ": " + severity.name().toLowerCase(Locale.ROOT) + ": " + problem;
        return advice == null ? line : line + ". Maybe " + advice;
    }
}
