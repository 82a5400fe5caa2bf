package io.ampacity.simulator.replica;

import java.util.Arrays;

/** A small list of slots. */
final class Leavers {

    private int[] slots = new int[4];
    private int size;

    boolean isEmpty() {
        return size == 0;
    }

    int size() {
        return size;
    }

    int slot(int index) {
        return slots[index];
    }

    void add(int slot) {
        if (size == slots.length) {
            slots = Arrays.copyOf(slots, size * 2);
        }
        slots[size++] = slot;
    }

    void clear() {
        size = 0;
    }
}
