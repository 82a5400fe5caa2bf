package io.ampacity.routing.policy;

/** A 64-bit finaliser (David Stafford's variant 13): every input bit reaches every output bit. */
final class Mixing {

    private Mixing() {}

    static long mix(long value) {
        long mixed = (value ^ (value >>> 30)) * 0xBF58476D1CE4E5B9L;
        mixed = (mixed ^ (mixed >>> 27)) * 0x94D049BB133111EBL;
        return mixed ^ (mixed >>> 31);
    }

    /** A number in (0, 1). */
    static double unit(long value) {
        return ((mix(value) >>> 11) + 0.5) * 0x1.0p-53;
    }
}
