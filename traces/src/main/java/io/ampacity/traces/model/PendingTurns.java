package io.ampacity.traces.model;

import java.util.Arrays;

/** Turns that are due, the earliest first; equal times in order of arrival. A binary heap over columns. */
final class PendingTurns {

    private double[] times = new double[64];
    private long[] sessions = new long[64];
    private int[] turns = new int[64];
    private int[] turnsLeft = new int[64];
    private int[] contexts = new int[64];
    private int size;

    boolean isEmpty() {
        return size == 0;
    }

    double time() {
        return times[0];
    }

    long session() {
        return sessions[0];
    }

    /** The turn's number, from 0. */
    int turn() {
        return turns[0];
    }

    /** Turns that follow this one. */
    int turnsLeft() {
        return turnsLeft[0];
    }

    /** Tokens of the prompt and answer before. */
    int context() {
        return contexts[0];
    }

    void add(double time, long session, int turn, int left, int context) {
        if (size == times.length) {
            int capacity = size * 2;
            times = Arrays.copyOf(times, capacity);
            sessions = Arrays.copyOf(sessions, capacity);
            turns = Arrays.copyOf(turns, capacity);
            turnsLeft = Arrays.copyOf(turnsLeft, capacity);
            contexts = Arrays.copyOf(contexts, capacity);
        }
        int at = size++;
        while (at > 0) {
            int parent = (at - 1) >>> 1;
            if (!before(time, session, parent)) {
                break;
            }
            move(parent, at);
            at = parent;
        }
        put(at, time, session, turn, left, context);
    }

    void remove() {
        int last = --size;
        double time = times[last];
        long session = sessions[last];
        int at = 0;
        while (true) {
            int child = 2 * at + 1;
            if (child >= last) {
                break;
            }
            if (child + 1 < last && before(times[child + 1], sessions[child + 1], child)) {
                child++;
            }
            if (before(time, session, child)) {
                break;
            }
            move(child, at);
            at = child;
        }
        put(at, time, session, turns[last], turnsLeft[last], contexts[last]);
    }

    void clear() {
        size = 0;
    }

    /** A session has one turn pending at most, so its number breaks every tie. */
    private boolean before(double time, long session, int other) {
        return time < times[other] || (time == times[other] && session < sessions[other]);
    }

    private void move(int from, int to) {
        put(to, times[from], sessions[from], turns[from], turnsLeft[from], contexts[from]);
    }

    private void put(int at, double time, long session, int turn, int left, int context) {
        times[at] = time;
        sessions[at] = session;
        turns[at] = turn;
        turnsLeft[at] = left;
        contexts[at] = context;
    }
}
