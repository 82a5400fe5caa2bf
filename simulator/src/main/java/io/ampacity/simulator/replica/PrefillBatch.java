package io.ampacity.simulator.replica;

import java.util.Arrays;

/** The prefill chunks of the coming step: which request computes how many tokens, and the sums that the step model reads. */
final class PrefillBatch {

    private int[] slots = new int[4];
    private int[] tokens = new int[4];
    private int size;
    private int totalTokens;
    private double pairs;

    int size() {
        return size;
    }

    int slot(int index) {
        return slots[index];
    }

    int tokens(int index) {
        return tokens[index];
    }

    int totalTokens() {
        return totalTokens;
    }

    /** Query-key pairs of causal attention. */
    double pairs() {
        return pairs;
    }

    /** A request with {@code computed} tokens in the cache computes {@code count} more. */
    void add(int slot, int computed, int count) {
        if (size == slots.length) {
            slots = Arrays.copyOf(slots, size * 2);
            tokens = Arrays.copyOf(tokens, size * 2);
        }
        slots[size] = slot;
        tokens[size] = count;
        size++;
        totalTokens += count;
        pairs += count * (computed + 0.5 * count);
    }

    void clear() {
        size = 0;
        totalTokens = 0;
        pairs = 0;
    }
}
