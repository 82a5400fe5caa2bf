package io.ampacity.gateway.json;

/** Writes JSON by hand, for lines that are written for every request. */
public final class JsonText {

    private final StringBuilder out = new StringBuilder(1024);
    private boolean comma;

    /** Begins an object, as a member when {@code key} is not empty. */
    public JsonText object(String key) {
        name(key);
        out.append('{');
        comma = false;
        return this;
    }

    public JsonText endObject() {
        out.append('}');
        comma = true;
        return this;
    }

    public JsonText array(String key) {
        name(key);
        out.append('[');
        comma = false;
        return this;
    }

    public JsonText endArray() {
        out.append(']');
        comma = true;
        return this;
    }

    public JsonText put(String key, String value) {
        name(key);
        quote(out, value);
        return this;
    }

    public JsonText put(String key, long value) {
        name(key);
        out.append(value);
        return this;
    }

    public JsonText put(String key, boolean value) {
        name(key);
        out.append(value);
        return this;
    }

    /** A number; null when it is not finite, since unknown is not zero. */
    public JsonText put(String key, double value) {
        name(key);
        if (Double.isFinite(value)) {
            out.append(value);
        } else {
            out.append("null");
        }
        return this;
    }

    /** A count; null when it is negative, since unknown is not zero. */
    public JsonText count(String key, long value) {
        name(key);
        if (value >= 0) {
            out.append(value);
        } else {
            out.append("null");
        }
        return this;
    }

    private void name(String key) {
        if (comma) {
            out.append(',');
        }
        comma = true;
        if (!key.isEmpty()) {
            // Keys are ours, and plain.
            out.append('"').append(key).append("\":");
        }
    }

    /** Writes a text in quotes. */
    public static void quote(StringBuilder out, String text) {
        if (isPlain(text)) {
            out.append('"').append(text).append('"');
            return;
        }
        out.append('"');
        for (int i = 0; i < text.length(); i++) {
            char character = text.charAt(i);
            switch (character) {
                case '"' -> out.append("\\\"");
                case '\\' -> out.append("\\\\");
                case '\n' -> out.append("\\n");
                case '\r' -> out.append("\\r");
                case '\t' -> out.append("\\t");
                default -> {
                    if (character < ' ' || (Character.isSurrogate(character) && !paired(text, i))) {
                        out.append(String.format("\\u%04x", (int) character));
                    } else {
                        out.append(character);
                    }
                }
            }
        }
        out.append('"');
    }

    private static boolean isPlain(String text) {
        for (int i = 0; i < text.length(); i++) {
            char character = text.charAt(i);
            if (character < ' ' || character == '"' || character == '\\' || Character.isSurrogate(character)) {
                return false;
            }
        }
        return true;
    }

    private static boolean paired(String text, int i) {
        return Character.isHighSurrogate(text.charAt(i))
                ? i + 1 < text.length() && Character.isLowSurrogate(text.charAt(i + 1))
                : i > 0 && Character.isHighSurrogate(text.charAt(i - 1));
    }

    /** A text in quotes. */
    public static String quoted(String text) {
        StringBuilder quoted = new StringBuilder(text.length() + 2);
        quote(quoted, text);
        return quoted.toString();
    }

    /** All of it as one line, with its end. */
    public String line() {
        return out.append('\n').toString();
    }

    @Override
    public String toString() {
        return out.toString();
    }
}
