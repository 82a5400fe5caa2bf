package io.ampacity.emulator;

/**
 * Text that depends on a seed and a prompt alone: word after word, one word a token. The answer to a prompt that ends with
 * the first words of an answer is the rest of it.
 */
final class Answer {

    private static final String[] SYLLABLES = {
        "ba", "cor", "del", "fi", "gan", "hu", "jo", "ka", "lem", "mi", "nor", "pu", "ra", "sil", "tu", "vex"
    };

    private final long key;

    Answer(long seed, int promptHash) {
        key = mix(seed ^ ((long) promptHash << 20));
    }

    /** The word at a position, from 0, with the blank before it. */
    String word(int position) {
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
            if (!text.startsWith(word, place)) {
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
