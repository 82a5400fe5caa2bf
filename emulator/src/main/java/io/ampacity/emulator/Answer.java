package io.ampacity.emulator;

import org.jspecify.annotations.Nullable;

/**
 * Text that depends on a seed and a prompt alone: word after word, one word a token. The answer to a prompt that ends with
 * the first words of an answer is the rest of it.
 */
final class Answer {

    private static final String[] SYLLABLES = {
        "ba", "cor", "del", "fi", "gan", "hu", "jo", "ka", "lem", "mi", "nor", "pu", "ra", "sil", "tu", "vex"
    };

    private static final int PIECE = 4;

    private final long key;
    private final @Nullable String fixed;

    /** One whose text is {@code fixed}; null for one of words. */
    Answer(long seed, int promptHash, @Nullable String fixed) {
        this.fixed = fixed;
        key = mix(seed ^ ((long) promptHash << 20));
    }

    /** How many words it has; −1 when there is no end to it. */
    int words() {
        return fixed == null ? -1 : (fixed.length() + PIECE - 1) / PIECE;
    }

    /** The word at a position, from 0, with the blank before it. */
    String word(int position) {
        if (fixed != null) {
            int from = Math.min(fixed.length(), position * PIECE);
            return fixed.substring(from, Math.min(fixed.length(), from + PIECE));
        }
        long bits = mix(key + position);
        StringBuilder word = new StringBuilder(12);
        if (position > 0) {
            word.append(' ');
        }
        int syllables = 1 + (int) (bits & 1);
        for (int i = 0; i < syllables; i++) {
            word.append(SYLLABLES[(int) (bits >>> (4 + 4 * i)) & 15]);
        }
        return word.toString();
    }

    /** How many whole words of this answer {@code text} begins with; the rest of it is not looked at. */
    int wordsIn(String text) {
        int place = 0;
        int words = 0;
        while (place < text.length()) {
            String word = word(words);
            if (word.isEmpty() || !text.startsWith(word, place)) {
                break;
            }
            place += word.length();
            words++;
        }
        return words;
    }

    private static long mix(long value) {
        long mixed = (value ^ (value >>> 30)) * 0xBF58476D1CE4E5B9L;
        mixed = (mixed ^ (mixed >>> 27)) * 0x94D049BB133111EBL;
        return mixed ^ (mixed >>> 31);
    }
}
