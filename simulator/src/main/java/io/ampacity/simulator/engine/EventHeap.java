package io.ampacity.simulator.engine;

import java.util.Arrays;

/**
 * A priority queue of timed events in primitive arrays: a 4-ary heap ordered by time, then by sequence number. Events at
 * the same time come out in the order they were put in, so that a run does not depend on the shape of the heap.
 */
public final class EventHeap {

    private static final int ARITY = 4;

    private double[] seconds = new double[64];
    private long[] sequence = new long[64];
    private long[] payload = new long[64];
    private int size;

    public int size() {
        return size;
    }

    /** Time of the next event; infinite when there is none. */
    public double nextSeconds() {
        return size == 0 ? Double.POSITIVE_INFINITY : seconds[0];
    }

    /** Sequence number of the next event; only meaningful when there is one. */
    public long nextSequence() {
        return sequence[0];
    }

    /** Puts an event in; {@code number} breaks ties, the lower first. */
    public void add(double atSeconds, long number, long what) {
        if (size == seconds.length) {
            seconds = Arrays.copyOf(seconds, size * 2);
            sequence = Arrays.copyOf(sequence, size * 2);
            payload = Arrays.copyOf(payload, size * 2);
        }
        int hole = size++;
        while (hole > 0) {
            int parent = (hole - 1) / ARITY;
            if (!before(atSeconds, number, parent)) {
                break;
            }
            move(parent, hole);
            hole = parent;
        }
        place(hole, atSeconds, number, what);
    }

    /** Takes the next event out and returns what it is. */
    public long take() {
        if (size == 0) {
            throw new IllegalStateException("there is no event to take");
        }
        long taken = payload[0];
        size--;
        if (size > 0) {
            double lastSeconds = seconds[size];
            long lastNumber = sequence[size];
            long lastPayload = payload[size];
            int hole = 0;
            while (true) {
                int first = hole * ARITY + 1;
                if (first >= size) {
                    break;
                }
                int least = first;
                int end = Math.min(first + ARITY, size);
                for (int child = first + 1; child < end; child++) {
                    if (before(seconds[child], sequence[child], least)) {
                        least = child;
                    }
                }
                if (before(lastSeconds, lastNumber, least)) {
                    break;
                }
                move(least, hole);
                hole = least;
            }
            place(hole, lastSeconds, lastNumber, lastPayload);
        }
        return taken;
    }

    private boolean before(double atSeconds, long number, int other) {
        return atSeconds < seconds[other] || (atSeconds == seconds[other] && number < sequence[other]);
    }

    private void move(int from, int to) {
        seconds[to] = seconds[from];
        sequence[to] = sequence[from];
        payload[to] = payload[from];
    }

    private void place(int at, double atSeconds, long number, long what) {
        seconds[at] = atSeconds;
        sequence[at] = number;
        payload[at] = what;
    }
}
