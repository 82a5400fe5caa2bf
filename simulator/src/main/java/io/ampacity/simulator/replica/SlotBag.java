package io.ampacity.simulator.replica;

import java.util.Arrays;

/** A small list of slots. */
final class SlotBag {

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

    /** Takes a slot out, if it is there. */
    boolean remove(int slot) {
        for (int i = 0; i < size; i++) {
            if (slots[i] == slot) {
                slots[i] = slots[--size];
                return true;
            }
        }
        return false;
    }

    void clear() {
        size = 0;
    }
}
