package io.ampacity.gateway.json;

import java.nio.charset.StandardCharsets;

/**
 * A place in JSON bytes that moves forward over whole values. It checks what it walks over and copies nothing: strings are
 * told as ranges of bytes, escapes and all. Reusable; for one thread.
 *
 * <p>Usage: {@link #enterObject()}, then while {@link #nextKey()} either read the value or {@link #skip()} it; likewise
 * {@link #enterArray()} and {@link #nextElement()}. Every method throws {@link MalformedJson} where the bytes are no JSON.
 */
public final class JsonCursor {

    private static final int DEEPEST = 256;

    private byte[] bytes = new byte[0];
    private int position;
    private int limit;
    private int depth;
    private boolean first;
    private int start;
    private int end;

    /** Begins anew at {@code from}; nothing at or beyond {@code to} is looked at. */
    public JsonCursor over(byte[] source, int from, int to) {
        bytes = source;
        position = from;
        limit = to;
        depth = 0;
        first = false;
        return this;
    }

    /** Where the next byte is read. */
    public int position() {
        return position;
    }

    /** First byte of the key or string that was read last, inside its quotes. */
    public int start() {
        return start;
    }

    /** The byte after the key or string that was read last, its closing quote. */
    public int end() {
        return end;
    }

    /** The first byte of the next value, without moving over it; 0 at the end. */
    public int peek() {
        while (position < limit) {
            byte next = bytes[position];
            if (next != ' ' && next != '\n' && next != '\r' && next != '\t') {
                return next & 0xff;
            }
            position++;
        }
        return 0;
    }

    /** Moves into an object; false, without moving, when the value is another. */
    public boolean enterObject() {
        return enter('{');
    }

    /** Moves into an array; false, without moving, when the value is another. */
    public boolean enterArray() {
        return enter('[');
    }

    private boolean enter(char bracket) {
        if (peek() != bracket) {
            return false;
        }
        if (++depth > DEEPEST) {
            throw new MalformedJson("more than " + DEEPEST + " levels", position);
        }
        position++;
        first = true;
        return true;
    }

    /** Moves to the next key and over its colon; false, past the closing brace, when there is none. */
    public boolean nextKey() {
        if (leaves('}')) {
            return false;
        }
        if (peek() != '"') {
            throw new MalformedJson("a key is missing", position);
        }
        readString();
        if (peek() != ':') {
            throw new MalformedJson("a colon is missing", position);
        }
        position++;
        return true;
    }

    /** Moves to the next element; false, past the closing bracket, when there is none. */
    public boolean nextElement() {
        return !leaves(']');
    }

    private boolean leaves(char bracket) {
        int next = peek();
        boolean begins = first;
        first = false;
        if (next == bracket) {
            position++;
            depth--;
            return true;
        }
        if (!begins) {
            if (next != ',') {
                throw new MalformedJson("a comma or an end is missing", position);
            }
            position++;
            if (peek() == bracket) {
                throw new MalformedJson("a value is missing after a comma", position);
            }
        }
        return false;
    }

    /** Whether the key, or string, that was read last is {@code name}. */
    public boolean is(byte[] name) {
        return end - start == name.length && java.util.Arrays.equals(bytes, start, end, name, 0, name.length);
    }

    /** Reads a string; false, without moving, when the value is another. */
    public boolean string() {
        if (peek() != '"') {
            return false;
        }
        readString();
        return true;
    }

    /** The text of the key or string that was read last, escapes resolved. */
    public String text() {
        for (int i = start; i < end; i++) {
            if (bytes[i] == '\\') {
                return Escapes.resolve(bytes, start, end);
            }
        }
        return new String(bytes, start, end - start, StandardCharsets.UTF_8);
    }

    /** Reads a whole number of at least 0; −1, moving over the value, when it is another. */
    public long count() {
        int next = peek();
        int from = position;
        skip();
        if (next < '0' || next > '9' || position - from > 18) {
            return -1;
        }
        long number = 0;
        for (int i = from; i < position; i++) {
            if (bytes[i] < '0' || bytes[i] > '9') {
                return -1;
            }
            number = number * 10 + bytes[i] - '0';
        }
        return number;
    }

    /** Reads a value; whether it is {@code true}. */
    public boolean isTrue() {
        boolean yes = peek() == 't';
        skip();
        return yes;
    }

    /** Whether the next value is {@code null}, without moving. */
    public boolean isNull() {
        return peek() == 'n';
    }

    /** Moves over the next value, whatever it is. */
    public void skip() {
        switch (peek()) {
            case '"' -> {
                int keptStart = start;
                int keptEnd = end;
                readString();
                start = keptStart;
                end = keptEnd;
            }
            case '{' -> {
                enterObject();
                while (nextKey()) {
                    skip();
                }
            }
            case '[' -> {
                enterArray();
                while (nextElement()) {
                    skip();
                }
            }
            case 't' -> literal("true");
            case 'f' -> literal("false");
            case 'n' -> literal("null");
            default -> number();
        }
    }

    /** Checks that nothing but blanks follows. */
    public void finish() {
        peek();
        if (position < limit) {
            throw new MalformedJson("something follows the value", position);
        }
    }

    private void literal(String word) {
        if (limit - position < word.length()) {
            throw new MalformedJson("a value is cut off", position);
        }
        for (int i = 0; i < word.length(); i++) {
            if (bytes[position + i] != word.charAt(i)) {
                throw new MalformedJson("a value is none of JSON", position);
            }
        }
        position += word.length();
    }

    private void number() {
        int from = position;
        if (position < limit && bytes[position] == '-') {
            position++;
        }
        int digits = digits();
        if (digits == 0 || (digits > 1 && bytes[position - digits] == '0')) {
            throw new MalformedJson("a value is none of JSON", from);
        }
        if (position < limit && bytes[position] == '.') {
            position++;
            if (digits() == 0) {
                throw new MalformedJson("a number lacks digits", position);
            }
        }
        if (position < limit && (bytes[position] | 0x20) == 'e') {
            position++;
            if (position < limit && (bytes[position] == '+' || bytes[position] == '-')) {
                position++;
            }
            if (digits() == 0) {
                throw new MalformedJson("a number lacks digits", position);
            }
        }
    }

    private int digits() {
        int from = position;
        while (position < limit && bytes[position] >= '0' && bytes[position] <= '9') {
            position++;
        }
        return position - from;
    }

    private void readString() {
        int place = position + 1;
        start = place;
        byte[] source = bytes;
        int most = limit;
        while (place < most) {
            byte next = source[place];
            if (next == '"') {
                end = place;
                position = place + 1;
                return;
            }
            if (next == '\\') {
                place = Escapes.checked(source, place, most);
            } else if (next >= 0 && next < ' ') {
                throw new MalformedJson("a control character stands in a string", place);
            } else {
                place++;
            }
        }
        throw new MalformedJson("a string does not end", position);
    }
}
