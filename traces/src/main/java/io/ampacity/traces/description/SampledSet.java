package io.ampacity.traces.description;

/**
 * A set of 64-bit names that never outgrows its bound: when full it keeps only names whose hash begins with one more
 * zero bit, a fair half. Until then it is exact.
 *
 * <p>Open addressing with linear probing; 0 marks a free place.
 */
final class SampledSet {

    /** What adding a name tells. */
    enum Answer {
        NEW,
        SEEN,
        NOT_SAMPLED
    }

    private final int bound;
    private long[] table = new long[1 << 10];
    private int size;
    private int level;

    /** @param bound most names held */
    SampledSet(int bound) {
        this.bound = bound;
    }

    Answer add(long name) {
        long hash = mix(name);
        if (!sampled(hash)) {
            return Answer.NOT_SAMPLED;
        }
        if (!insert(hash)) {
            return Answer.SEEN;
        }
        if (++size * 2 > table.length) {
            if (size >= bound) {
                level++;
                rebuild(table.length);
            } else {
                rebuild(table.length * 2);
            }
        }
        return Answer.NEW;
    }

    /** How many different names were added; an estimate when {@link #isExact()} is false. */
    long distinct() {
        return (long) size << level;
    }

    boolean isExact() {
        return level == 0;
    }

    private boolean sampled(long hash) {
        return level == 0 || hash >>> (64 - level) == 0;
    }

    private boolean insert(long hash) {
        int mask = table.length - 1;
        int at = (int) hash & mask;
        while (table[at] != 0) {
            if (table[at] == hash) {
                return false;
            }
            at = (at + 1) & mask;
        }
        table[at] = hash;
        return true;
    }

    private void rebuild(int capacity) {
        long[] old = table;
        table = new long[capacity];
        size = 0;
        for (long hash : old) {
            if (hash != 0 && sampled(hash) && insert(hash)) {
                size++;
            }
        }
    }

    /** The finaliser of SplitMix64; a bijection, so that only one name has hash 0, and that one moves to 1. */
    private static long mix(long value) {
        long mixed = value + 0x9E3779B97F4A7C15L;
        mixed = (mixed ^ (mixed >>> 30)) * 0xBF58476D1CE4E5B9L;
        mixed = (mixed ^ (mixed >>> 27)) * 0x94D049BB133111EBL;
        mixed ^= mixed >>> 31;
        return mixed == 0 ? 1 : mixed;
    }
}
