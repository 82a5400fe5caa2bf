package io.ampacity.simulator.engine;

/** A queue of slots, open at both ends, in a ring. */
public final class SlotDeque {

    private int[] ring = new int[4];
    private int head;
    private int size;

    public int size() {
        return size;
    }

    public boolean isEmpty() {
        return size == 0;
    }

    public int first() {
        return ring[head];
    }

    public void addLast(int slot) {
        if (size == ring.length) {
            grow();
        }
        ring[(head + size) & (ring.length - 1)] = slot;
        size++;
    }

    public void addFirst(int slot) {
        if (size == ring.length) {
            grow();
        }
        head = (head - 1) & (ring.length - 1);
        ring[head] = slot;
        size++;
    }

    public int removeFirst() {
        int slot = ring[head];
        head = (head + 1) & (ring.length - 1);
        size--;
        return slot;
    }

    private void grow() {
        int[] wider = new int[ring.length * 2];
        for (int i = 0; i < size; i++) {
            wider[i] = ring[(head + i) & (ring.length - 1)];
        }
        ring = wider;
        head = 0;
    }
}
