package io.ampacity.simulator.engine;

import java.util.Arrays;

/**
 * The next wake-up of every replica: an indexed 4-ary heap, so that a wake-up is moved and never left behind stale. A
 * replica that sleeps for ever stands at infinity. Ties go to the wake-up that was set first.
 */
public final class ReplicaCalendar {

    private static final int ARITY = 4;

    private double[] seconds = {};
    private long[] sequence = {};
    private int[] heap = {};
    private int[] position = {};

    public ReplicaCalendar(int replicas) {
        grow(replicas);
    }

    /** Makes room for so many replicas; new ones sleep. */
    public void grow(int replicas) {
        int before = heap.length;
        seconds = Arrays.copyOf(seconds, replicas);
        Arrays.fill(seconds, before, replicas, Double.POSITIVE_INFINITY);
        sequence = Arrays.copyOf(sequence, replicas);
        heap = Arrays.copyOf(heap, replicas);
        position = Arrays.copyOf(position, replicas);
        for (int replica = before; replica < replicas; replica++) {
            heap[replica] = replica;
            position[replica] = replica;
        }
    }

    /** The replica that wakes next. */
    public int next() {
        return heap[0];
    }

    public double nextSeconds() {
        return heap.length == 0 ? Double.POSITIVE_INFINITY : seconds[heap[0]];
    }

    public long nextSequence() {
        return sequence[heap[0]];
    }

    /** Sets when a replica wakes; {@code number} breaks ties, the lower first. Setting the same time keeps the old one. */
    public void set(int replica, double atSeconds, long number) {
        if (seconds[replica] == atSeconds) {
            return;
        }
        seconds[replica] = atSeconds;
        sequence[replica] = number;
        if (!up(replica)) {
            down(replica);
        }
    }

    private boolean up(int replica) {
        int hole = position[replica];
        int start = hole;
        while (hole > 0) {
            int parent = (hole - 1) / ARITY;
            if (!before(replica, heap[parent])) {
                break;
            }
            place(heap[parent], hole);
            hole = parent;
        }
        place(replica, hole);
        return hole != start;
    }

    private void down(int replica) {
        int hole = position[replica];
        while (true) {
            int first = hole * ARITY + 1;
            if (first >= heap.length) {
                break;
            }
            int least = first;
            int end = Math.min(first + ARITY, heap.length);
            for (int child = first + 1; child < end; child++) {
                if (before(heap[child], heap[least])) {
                    least = child;
                }
            }
            if (!before(heap[least], replica)) {
                break;
            }
            place(heap[least], hole);
            hole = least;
        }
        place(replica, hole);
    }

    private boolean before(int one, int other) {
        return seconds[one] < seconds[other] || (seconds[one] == seconds[other] && sequence[one] < sequence[other]);
    }

    private void place(int replica, int at) {
        heap[at] = replica;
        position[replica] = at;
    }
}
