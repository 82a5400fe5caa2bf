package io.ampacity.simulator.replica;

import io.ampacity.simulator.engine.RequestSlab;
import java.util.Arrays;

/**
 * The decoding requests of a replica by the step at which they end: a binary heap that knows where each request stands,
 * so that one can leave from the middle. Requests that end at the same step leave in order of arrival.
 */
final class FinishHeap {

    private final RequestSlab slab;
    private long[] finishStep = new long[4];
    private int[] slots = new int[4];
    private int size;

    FinishHeap(RequestSlab slab) {
        this.slab = slab;
    }

    int size() {
        return size;
    }

    /** The earliest finish step; only meaningful when there is one. */
    long firstStep() {
        return finishStep[0];
    }

    int first() {
        return slots[0];
    }

    long stepOf(int slot) {
        return finishStep[slab.heapPosition[slot]];
    }

    void add(long step, int slot) {
        if (size == slots.length) {
            finishStep = Arrays.copyOf(finishStep, size * 2);
            slots = Arrays.copyOf(slots, size * 2);
        }
        up(size++, step, slot);
    }

    void remove(int slot) {
        int at = slab.heapPosition[slot];
        size--;
        if (at < size) {
            long step = finishStep[size];
            int moved = slots[size];
            if (at > 0 && before(step, moved, (at - 1) >>> 1)) {
                up(at, step, moved);
            } else {
                down(at, step, moved);
            }
        }
    }

    void clear() {
        size = 0;
    }

    private void up(int from, long step, int slot) {
        int hole = from;
        while (hole > 0) {
            int parent = (hole - 1) >>> 1;
            if (!before(step, slot, parent)) {
                break;
            }
            place(hole, finishStep[parent], slots[parent]);
            hole = parent;
        }
        place(hole, step, slot);
    }

    private void down(int from, long step, int slot) {
        int hole = from;
        while (true) {
            int child = 2 * hole + 1;
            if (child >= size) {
                break;
            }
            if (child + 1 < size && before(finishStep[child + 1], slots[child + 1], child)) {
                child++;
            }
            if (before(step, slot, child)) {
                break;
            }
            place(hole, finishStep[child], slots[child]);
            hole = child;
        }
        place(hole, step, slot);
    }

    private boolean before(long step, int slot, int other) {
        return step < finishStep[other] || (step == finishStep[other] && slab.id[slot] < slab.id[slots[other]]);
    }

    private void place(int at, long step, int slot) {
        finishStep[at] = step;
        slots[at] = slot;
        slab.heapPosition[slot] = at;
    }
}
