package io.ampacity.traces.reader;

import java.nio.file.Path;
import java.util.Arrays;

/**
 * Reads Mooncake traces: one JSON object a line with {@code timestamp} in milliseconds, {@code input_length},
 * {@code output_length} and {@code hash_ids}, the names of the prompt's blocks of 512 tokens.
 *
 * <p>Names may be numbers or strings; other members are skipped, whatever they hold.
 */
public final class MooncakeTraceReader extends TextReader {

    /** Tokens a block of the published traces holds. */
    public static final int BLOCK_TOKENS = 512;

    private static final int DEEPEST = 64;

    private int at;

    public MooncakeTraceReader(Path file) {
        super(file, false);
    }

    @Override
    boolean readRow() {
        if (!lines.next()) {
            if (lines.number() == 0) {
                throw Refusal.of(lines.name(), "is empty", "the copy was cut off");
            }
            return false;
        }
        at = lines.start();
        rowBlockCount = 0;
        boolean timed = false;
        boolean prompted = false;
        boolean answered = false;
        expect('{');
        if (!taken('}')) {
            do {
                int keyStart = string();
                int keyEnd = at - 1;
                expect(':');
                skipSpace();
                if (is(keyStart, keyEnd, "timestamp")) {
                    int start = at;
                    scalar();
                    rowArrival = seconds(start, at, "timestamp") / 1000;
                    timed = true;
                } else if (is(keyStart, keyEnd, "input_length")) {
                    int start = at;
                    scalar();
                    rowPrompt = tokens(start, at, "input_length");
                    prompted = true;
                } else if (is(keyStart, keyEnd, "output_length")) {
                    int start = at;
                    scalar();
                    rowOutput = tokens(start, at, "output_length");
                    answered = true;
                } else if (is(keyStart, keyEnd, "hash_ids")) {
                    blocks();
                } else {
                    skip(0);
                }
            } while (taken(','));
            expect('}');
        }
        skipSpace();
        if (at < lines.end()) {
            throw malformed("something follows the object");
        }
        require(timed, "timestamp");
        require(prompted, "input_length");
        require(answered, "output_length");
        return true;
    }

    private void require(boolean present, String member) {
        if (!present) {
            throw Refusal.at(
                    lines.name(),
                    lines.number(),
                    1,
                    member,
                    "the request " + Refusal.shown(lines.bytes(), lines.start(), lines.end()) + " has no \"" + member
                            + "\"",
                    "leave requests out that are not whole");
        }
    }

    private void blocks() {
        int count = 0;
        expect('[');
        if (!taken(']')) {
            do {
                skipSpace();
                if (count == rowBlocks.length) {
                    rowBlocks = Arrays.copyOf(rowBlocks, Math.max(64, count * 2));
                }
                if (at < lines.end() && lines.bytes()[at] == '"') {
                    int start = string();
                    rowBlocks[count++] = name(start, at - 1);
                } else {
                    int start = at;
                    scalar();
                    number(start, at, "hash_ids");
                    rowBlocks[count++] = name(start, at);
                }
            } while (taken(','));
            expect(']');
        }
        rowBlockCount = count;
    }

    /** Passes over any value. */
    private void skip(int depth) {
        skipSpace();
        if (depth > DEEPEST) {
            throw malformed("values are nested deeper than " + DEEPEST);
        }
        int first = at < lines.end() ? lines.bytes()[at] : 0;
        if (first == '"') {
            string();
        } else if (first == '[') {
            at++;
            if (!taken(']')) {
                do {
                    skip(depth + 1);
                } while (taken(','));
                expect(']');
            }
        } else if (first == '{') {
            at++;
            if (!taken('}')) {
                do {
                    string();
                    expect(':');
                    skip(depth + 1);
                } while (taken(','));
                expect('}');
            }
        } else {
            scalar();
        }
    }

    /** Passes over a number or a word; it must not be empty. */
    private void scalar() {
        byte[] bytes = lines.bytes();
        int start = at;
        while (at < lines.end() && bytes[at] != ',' && bytes[at] != '}' && bytes[at] != ']' && bytes[at] > ' ') {
            at++;
        }
        if (at == start) {
            throw malformed("a value is missing");
        }
    }

    /** Passes over a string and returns where its content starts; the content ends one before the cursor. */
    private int string() {
        expect('"');
        byte[] bytes = lines.bytes();
        int start = at;
        while (at < lines.end() && bytes[at] != '"') {
            at += bytes[at] == '\\' ? 2 : 1;
        }
        if (at >= lines.end()) {
            at = lines.end();
            throw malformed("a string does not end");
        }
        at++;
        return start;
    }

    private boolean is(int start, int end, String word) {
        if (end - start != word.length()) {
            return false;
        }
        for (int i = 0; i < word.length(); i++) {
            if (lines.bytes()[start + i] != word.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    private void expect(char wanted) {
        if (!taken(wanted)) {
            throw malformed("\"" + wanted + "\" is missing");
        }
    }

    private boolean taken(char wanted) {
        skipSpace();
        if (at < lines.end() && lines.bytes()[at] == wanted) {
            at++;
            return true;
        }
        return false;
    }

    private void skipSpace() {
        while (at < lines.end() && (lines.bytes()[at] == ' ' || lines.bytes()[at] == '\t')) {
            at++;
        }
    }

    private RuntimeException malformed(String problem) {
        return refuse(
                Math.min(at, lines.end()),
                lines.end(),
                "",
                "is not JSON as expected: " + problem,
                "each line holds one whole object with timestamp, input_length, output_length and hash_ids");
    }

    @Override
    public int prefixBlockTokens() {
        return BLOCK_TOKENS;
    }

    @Override
    void restart() {
        lines.rewind();
    }
}
