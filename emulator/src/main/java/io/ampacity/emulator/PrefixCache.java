package io.ampacity.emulator;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** The beginnings of prompts that were read before, in blocks of {@value #BLOCK} tokens, the latest kept. Thread-safe. */
final class PrefixCache {

    static final int BLOCK = 64;

    private static final int BLOCKS = 100_000;

    private final Set<Long> known = Collections.newSetFromMap(new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Long, Boolean> eldest) {
            return size() > BLOCKS;
        }
    });

    /** How many tokens of the prompt were there already; afterwards all its whole blocks are. */
    synchronized int read(String prompt, int tokens) {
        int cached = 0;
        boolean unbroken = true;
        long hash = 7;
        int characters = BLOCK * Prompt.CHARACTERS_PER_TOKEN;
        for (int block = 0; (block + 1) * BLOCK < tokens && (block + 1) * characters <= prompt.length(); block++) {
            for (int i = block * characters; i < (block + 1) * characters; i++) {
                hash = hash * 1_000_003 + prompt.charAt(i);
            }
            boolean isNew = known.add(hash);
            unbroken &= !isNew;
            if (unbroken) {
                cached += BLOCK;
            }
        }
        return cached;
    }
}
