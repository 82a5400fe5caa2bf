package io.ampacity.traces.reader;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Words that come again and again in a file, each made into a text once. Open addressing; grows with the words. */
final class Labels {

    private byte[][] keys = new byte[64][];
    private @Nullable String[] words = new String[64];
    private int size;

    /** The word in a stretch of bytes; null when it is empty. */
    @Nullable String of(byte[] bytes, int start, int end) {
        if (start >= end) {
            return null;
        }
        int at = slot(bytes, start, end);
        String known = words[at];
        if (known != null) {
            return known;
        }
        String word = new String(bytes, start, end - start, StandardCharsets.UTF_8);
        keys[at] = Arrays.copyOfRange(bytes, start, end);
        words[at] = word;
        if (++size * 2 > words.length) {
            grow();
        }
        return word;
    }

    /** Where a word stands, or would. */
    private int slot(byte[] bytes, int start, int end) {
        int hash = 1;
        for (int i = start; i < end; i++) {
            hash = 31 * hash + bytes[i];
        }
        int mask = words.length - 1;
        int at = (hash ^ hash >>> 15) & mask;
        while (words[at] != null && !Arrays.equals(keys[at], 0, keys[at].length, bytes, start, end)) {
            at = at + 1 & mask;
        }
        return at;
    }

    private void grow() {
        byte[][] oldKeys = keys;
        @Nullable String[] oldWords = words;
        keys = new byte[oldKeys.length * 2][];
        words = new String[oldKeys.length * 2];
        for (int i = 0; i < oldWords.length; i++) {
            if (oldWords[i] != null) {
                int at = slot(oldKeys[i], 0, oldKeys[i].length);
                keys[at] = oldKeys[i];
                words[at] = oldWords[i];
            }
        }
    }
}
