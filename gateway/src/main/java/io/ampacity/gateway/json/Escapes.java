package io.ampacity.gateway.json;

import java.nio.charset.StandardCharsets;

/** Escapes in JSON strings. */
final class Escapes {

    private static final int UNICODE_LENGTH = 6;

    private Escapes() {}

    /** The place after the escape at {@code place}. */
    static int checked(byte[] bytes, int place, int limit) {
        if (place + 1 >= limit) {
            throw new MalformedJson("an escape is cut off", place);
        }
        return switch (bytes[place + 1]) {
            case '"', '\\', '/', 'b', 'f', 'n', 'r', 't' -> place + 2;
            case 'u' -> checkedUnicode(bytes, place, limit);
            default -> throw new MalformedJson("an escape is none of JSON", place);
        };
    }

    private static int checkedUnicode(byte[] bytes, int place, int limit) {
        if (place + UNICODE_LENGTH > limit) {
            throw new MalformedJson("an escape is cut off", place);
        }
        for (int i = place + 2; i < place + UNICODE_LENGTH; i++) {
            if (Character.digit(bytes[i], 16) < 0) {
                throw new MalformedJson("an escape is none of JSON", place);
            }
        }
        return place + UNICODE_LENGTH;
    }

    /** The text of a string that was checked. */
    static String resolve(byte[] bytes, int from, int to) {
        String raw = new String(bytes, from, to - from, StandardCharsets.UTF_8);
        StringBuilder text = new StringBuilder(raw.length());
        int i = 0;
        while (i < raw.length()) {
            char character = raw.charAt(i);
            if (character != '\\') {
                text.append(character);
                i++;
                continue;
            }
            char escaped = raw.charAt(i + 1);
            i += 2;
            switch (escaped) {
                case 'b' -> text.append('\b');
                case 'f' -> text.append('\f');
                case 'n' -> text.append('\n');
                case 'r' -> text.append('\r');
                case 't' -> text.append('\t');
                case 'u' -> {
                    text.append((char) Integer.parseInt(raw, i, i + 4, 16));
                    i += 4;
                }
                default -> text.append(escaped);
            }
        }
        return text.toString();
    }
}
