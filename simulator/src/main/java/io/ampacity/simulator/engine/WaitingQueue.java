package io.ampacity.simulator.engine;

import java.util.Arrays;

/**
 * Requests that wait for a place: in order of arrival, or by rank (the lower first), which is a binary heap
 * that knows where each stands. Requests of equal rank go in order of arrival. Any of them can leave at once.
 */
public final class WaitingQueue {

    private final RequestSlab slab;
    private final boolean ranked;
    private final SlotList inOrder;
    private int[] heap = new int[4];
    private int size;

    public WaitingQueue(RequestSlab slab, boolean ranked) {
        this.slab = slab;
        this.ranked = ranked;
        inOrder = new SlotList(slab);
    }

    public boolean isEmpty() {
        return size() == 0;
    }

    public int size() {
        return ranked ? size : inOrder.size();
    }

    /** The request to be taken next; {@link RequestSlab#NONE} when there is none. */
    public int first() {
        if (!ranked) {
            return inOrder.first();
        }
        return size == 0 ? RequestSlab.NONE : heap[0];
    }

    /** A request arrives. */
    public void add(int slot) {
        if (ranked) {
            push(slot);
        } else {
            inOrder.addLast(slot);
        }
    }

    /** A preempted request comes back: to the head, or where its rank puts it. */
    public void putBack(int slot) {
        if (ranked) {
            push(slot);
        } else {
            inOrder.addFirst(slot);
        }
    }

    public void remove(int slot) {
        if (!ranked) {
            inOrder.remove(slot);
            return;
        }
        int at = slab.heapPosition[slot];
        int moved = heap[--size];
        if (at < size) {
            if (at > 0 && before(moved, heap[(at - 1) >>> 1])) {
                up(at, moved);
            } else {
                down(at, moved);
            }
        }
    }

    public int removeFirst() {
        int slot = first();
        remove(slot);
        return slot;
    }

    /** Whether the one goes before the other; both have a rank. */
    public static boolean before(RequestSlab slab, int slot, int other) {
        return slab.rank[slot] < slab.rank[other]
                || (slab.rank[slot] == slab.rank[other] && slab.id[slot] < slab.id[other]);
    }

    private boolean before(int slot, int other) {
        return before(slab, slot, other);
    }

    private void push(int slot) {
        if (size == heap.length) {
            heap = Arrays.copyOf(heap, size * 2);
        }
        up(size++, slot);
    }

    private void up(int from, int slot) {
        int hole = from;
        while (hole > 0) {
            int parent = (hole - 1) >>> 1;
            if (!before(slot, heap[parent])) {
                break;
            }
            place(hole, heap[parent]);
            hole = parent;
        }
        place(hole, slot);
    }

    private void down(int from, int slot) {
        int hole = from;
        while (true) {
            int child = 2 * hole + 1;
            if (child >= size) {
                break;
            }
            if (child + 1 < size && before(heap[child + 1], heap[child])) {
                child++;
            }
            if (before(slot, heap[child])) {
                break;
            }
            place(hole, heap[child]);
            hole = child;
        }
        place(hole, slot);
    }

    private void place(int at, int slot) {
        heap[at] = slot;
        slab.heapPosition[slot] = at;
    }
}
