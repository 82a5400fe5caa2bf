package io.ampacity.simulator.serving;

import io.ampacity.units.Bytes;
import io.ampacity.units.Fraction;
import io.ampacity.units.TimeSpan;
import io.ampacity.units.UnitException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * An option's value with terms, such as {@code queue,target=8,min=1}: a head, then names with values. What is not asked
 * for is a mistake, which {@link #done} tells.
 */
final class Terms {

    /** A lone m is minutes here: no time on the command line is in metres. */
    private static final Pattern MINUTES = Pattern.compile("^([0-9.]+) ?m$");

    private final String option;
    private final String text;
    private final String head;
    private final Map<String, String> values = new LinkedHashMap<>();
    private final Map<String, String> known = new LinkedHashMap<>();

    Terms(String option, String text) {
        this.option = option;
        this.text = text;
        String[] terms = text.split(",", -1);
        head = terms[0].strip();
        if (head.isEmpty()) {
            throw wrong("begins with nothing", "see ampacity simulate --help");
        }
        for (int i = 1; i < terms.length; i++) {
            int equals = terms[i].indexOf('=');
            String name = (equals < 0 ? terms[i] : terms[i].substring(0, equals)).strip();
            if (values.put(
                            name,
                            equals < 0 ? "" : terms[i].substring(equals + 1).strip())
                    != null) {
                throw wrong("says " + name + " twice", "leave one of them out");
            }
        }
    }

    String head() {
        return head;
    }

    /** Whether a name is there without a value. */
    boolean flag(String name) {
        known.put(name, "");
        return values.containsKey(name) && values.get(name).isEmpty();
    }

    boolean has(String name) {
        return values.containsKey(name);
    }

    String word(String name) {
        known.put(name, "");
        String value = values.get(name);
        if (value == null || value.isEmpty()) {
            throw wrong("says no " + name, "add " + name + "=…");
        }
        return value;
    }

    double seconds(String name, double otherwise) {
        known.put(name, "");
        return has(name) ? seconds(word(name)) : otherwise;
    }

    /** A length of time. */
    double seconds(String value) {
        try {
            return TimeSpan.parse(MINUTES.matcher(value).replaceFirst("$1 min")).seconds();
        } catch (UnitException e) {
            throw wrong("has a time that cannot be read, " + value, "times look like 200 ms, 5 s, 20 min or 6 h");
        }
    }

    double share(String name, double otherwise) {
        known.put(name, "");
        return has(name) ? share(word(name)) : otherwise;
    }

    /** A part of a whole. */
    double share(String value) {
        try {
            return Fraction.parse(value).value();
        } catch (UnitException e) {
            throw wrong("has a share that cannot be read, " + value, "shares look like 70 % or 0.7");
        }
    }

    double number(String name, double otherwise) {
        known.put(name, "");
        return has(name) ? number(word(name)) : otherwise;
    }

    double number(String value) {
        try {
            return Double.parseDouble(value);
        } catch (NumberFormatException e) {
            throw wrong("has a number that cannot be read, " + value, "numbers look like 8 or 2.5");
        }
    }

    int count(String name, int otherwise) {
        known.put(name, "");
        return has(name) ? count(word(name)) : otherwise;
    }

    int count(String value) {
        try {
            return Integer.parseInt(value);
        } catch (NumberFormatException e) {
            throw wrong("has a whole number that cannot be read, " + value, "whole numbers look like 8");
        }
    }

    /** Bytes, or bytes a second. */
    double bytes(String name) {
        String value = word(name).replaceFirst("/s$", "");
        try {
            return Bytes.parse(value).bytes();
        } catch (UnitException e) {
            throw wrong("has bytes that cannot be read, " + value, "they look like 50 GB, and 50 GB/s for a link");
        }
    }

    /** Refuses names that nobody asked for. */
    void done() {
        for (String name : values.keySet()) {
            if (!known.containsKey(name)) {
                throw wrong(
                        "says " + name + ", which is unknown",
                        known.isEmpty() ? "leave it out" : "one of " + String.join(", ", known.keySet()));
            }
        }
    }

    IllegalArgumentException wrong(String what, String advice) {
        return new IllegalArgumentException(option + ": \"" + text + "\" " + what + ". Maybe " + advice);
    }
}
