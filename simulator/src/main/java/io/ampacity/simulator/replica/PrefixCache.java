package io.ampacity.simulator.replica;

import java.util.Arrays;

/**
 * Named pieces of prompts whose keys and values are kept: held by running requests, or idle and waiting to be used again
 * or evicted, the longest idle first. A piece is one block as the trace names it, many KV blocks long.
 *
 * <p>A hash table with linear probing maps names to nodes; idle nodes form a doubly linked list.
 */
final class PrefixCache {

    static final int NONE = -1;

    private long[] names = new long[4];
    private int[] holders = new int[4];
    private int[] newer = new int[4];
    private int[] older = new int[4];
    private int nodes;
    private int firstFree = NONE;

    private int[] table = emptyTable(8);
    private int present;
    private int idle;
    private int oldest = NONE;
    private int newest = NONE;

    /** Nodes held by nobody. */
    int idle() {
        return idle;
    }

    /** Nodes in all. */
    int present() {
        return present;
    }

    /** The node of a name; {@link #NONE} when it is not cached. */
    int find(long name) {
        int mask = table.length - 1;
        for (int at = home(name, mask); table[at] != NONE; at = (at + 1) & mask) {
            if (names[table[at]] == name) {
                return table[at];
            }
        }
        return NONE;
    }

    boolean isIdle(int node) {
        return holders[node] == 0;
    }

    /** One more request uses the node. */
    void hold(int node) {
        if (holders[node]++ == 0) {
            unlink(node);
            idle--;
        }
    }

    /** One request fewer uses the node. */
    void release(int node) {
        if (--holders[node] == 0) {
            older[node] = newest;
            newer[node] = NONE;
            if (newest == NONE) {
                oldest = node;
            } else {
                newer[newest] = node;
            }
            newest = node;
            idle++;
        }
    }

    /** Adds a name that is not there yet, held once. */
    void insert(long name) {
        if (2 * (present + 1) > table.length) {
            rehash();
        }
        int node;
        if (firstFree == NONE) {
            if (nodes == names.length) {
                names = Arrays.copyOf(names, nodes * 2);
                holders = Arrays.copyOf(holders, nodes * 2);
                newer = Arrays.copyOf(newer, nodes * 2);
                older = Arrays.copyOf(older, nodes * 2);
            }
            node = nodes++;
        } else {
            node = firstFree;
            firstFree = newer[node];
        }
        names[node] = name;
        holders[node] = 1;
        place(node);
        present++;
    }

    /** Drops the node that has been idle longest; returns its name. */
    long evictOldest() {
        int node = oldest;
        long name = names[node];
        unlink(node);
        idle--;
        present--;
        int mask = table.length - 1;
        int hole = home(names[node], mask);
        while (table[hole] != node) {
            hole = (hole + 1) & mask;
        }
        // Later entries of the same run move back, so that no probe meets a false end.
        for (int at = (hole + 1) & mask; table[at] != NONE; at = (at + 1) & mask) {
            int wanted = home(names[table[at]], mask);
            if (((at - wanted) & mask) >= ((at - hole) & mask)) {
                table[hole] = table[at];
                hole = at;
            }
        }
        table[hole] = NONE;
        newer[node] = firstFree;
        firstFree = node;
        return name;
    }

    /** Forgets everything. */
    void clear() {
        Arrays.fill(table, NONE);
        nodes = 0;
        present = 0;
        idle = 0;
        firstFree = NONE;
        oldest = NONE;
        newest = NONE;
    }

    private void unlink(int node) {
        if (older[node] == NONE) {
            oldest = newer[node];
        } else {
            newer[older[node]] = newer[node];
        }
        if (newer[node] == NONE) {
            newest = older[node];
        } else {
            older[newer[node]] = older[node];
        }
    }

    private void rehash() {
        int[] previous = table;
        table = emptyTable(previous.length * 2);
        for (int node : previous) {
            if (node != NONE) {
                place(node);
            }
        }
    }

    private void place(int node) {
        int mask = table.length - 1;
        int at = home(names[node], mask);
        while (table[at] != NONE) {
            at = (at + 1) & mask;
        }
        table[at] = node;
    }

    private static int home(long name, int mask) {
        long mixed = name * 0x9E3779B97F4A7C15L;
        return (int) (mixed >>> 32) & mask;
    }

    private static int[] emptyTable(int size) {
        int[] table = new int[size];
        Arrays.fill(table, NONE);
        return table;
    }
}
