package io.ampacity.simulator.engine;

import static io.ampacity.simulator.engine.RequestSlab.NONE;

/** Requests in order, linked through the slab, so that any of them can leave at once. A request is in one list at most. */
public final class SlotList {

    private final RequestSlab slab;
    private int first = NONE;
    private int last = NONE;
    private int size;

    public SlotList(RequestSlab slab) {
        this.slab = slab;
    }

    public int size() {
        return size;
    }

    public boolean isEmpty() {
        return size == 0;
    }

    /** The first request; {@link RequestSlab#NONE} when there is none. */
    public int first() {
        return first;
    }

    /** The last request; {@link RequestSlab#NONE} when there is none. */
    public int last() {
        return last;
    }

    /** The request after one of the list; {@link RequestSlab#NONE} after the last. */
    public int after(int slot) {
        return slab.next[slot];
    }

    public void addLast(int slot) {
        slab.next[slot] = NONE;
        slab.previous[slot] = last;
        if (last == NONE) {
            first = slot;
        } else {
            slab.next[last] = slot;
        }
        last = slot;
        size++;
    }

    public void addFirst(int slot) {
        slab.previous[slot] = NONE;
        slab.next[slot] = first;
        if (first == NONE) {
            last = slot;
        } else {
            slab.previous[first] = slot;
        }
        first = slot;
        size++;
    }

    public void remove(int slot) {
        int before = slab.previous[slot];
        int after = slab.next[slot];
        if (before == NONE) {
            first = after;
        } else {
            slab.next[before] = after;
        }
        if (after == NONE) {
            last = before;
        } else {
            slab.previous[after] = before;
        }
        size--;
    }

    public int removeFirst() {
        int slot = first;
        remove(slot);
        return slot;
    }

    /** Lets go of all of them. */
    public void clear() {
        first = NONE;
        last = NONE;
        size = 0;
    }
}
