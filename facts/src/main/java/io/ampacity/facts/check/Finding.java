package io.ampacity.facts.check;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * A fact that cannot be right, or can hardly be.
 *
 * @param id the check that found it, such as {@code spot-above-on-demand}
 * @param subject the thing it is about
 * @param what one sentence
 * @param value what was found
 * @param expected what would be right
 * @param where file and line, or the entry of the catalogue
 * @param advice what to do about it
 */
public record Finding(
        String id,
        Severity severity,
        String subject,
        String what,
        String value,
        String expected,
        String where,
        String advice) {

    /** How bad it is: wrong, doubtful, or odd with a known reason. */
    public enum Severity {
        ERROR,
        WARNING,
        NOTE;

        public String id() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** This finding as a note, for a fact whose reason is written down. */
    Finding explained(String reason) {
        return new Finding(id, Severity.NOTE, subject, what, value, expected, where, "explained: " + reason);
    }

    /** The finding by key, for JSON. */
    public Map<String, Object> asMap() {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("id", id);
        map.put("severity", severity.id());
        map.put("subject", subject);
        map.put("what", what);
        map.put("value", value);
        map.put("expected", expected);
        map.put("where", where);
        map.put("advice", advice);
        return map;
    }

    @Override
    public String toString() {
        return where + ": " + severity.id() + " [" + id + "]: " + what + " (" + value + ", expected " + expected + "). "
                + advice;
    }
}
