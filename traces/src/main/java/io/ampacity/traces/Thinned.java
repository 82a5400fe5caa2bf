package io.ampacity.traces;

/**
 * A random part of a trace. Sessions are kept or left whole, so that turns and shared prefixes stay true; requests
 * without a session are drawn one by one.
 *
 * <p>The draw is a hash of the seed and the session (or the request's number), so it does not depend on the order of
 * other requests and is the same after {@link #rewind()}.
 */
public final class Thinned extends DelegatingSource {

    private final double from;
    private final double to;
    private final long seed;
    private long number;

    /** @param share the part that is kept, from 0 to 1 */
    public Thinned(RequestSource source, double share, long seed) {
        this(source, 0, share, seed);
    }

    /**
     * One of several parts that share nothing: those of one seed whose bands do not overlap.
     *
     * @param from where the band of draws that are kept begins, from 0 to 1
     * @param to where it ends, exclusive; from {@code from} to 1
     */
    public Thinned(RequestSource source, double from, double to, long seed) {
        super(source);
        if (!(from >= 0 && from <= to && to <= 1)) {
            throw new IllegalArgumentException("the part kept of a trace is from " + from + " to " + to
                    + "; it must lie between 0 and 1. Maybe a percentage was meant: divide it by 100");
        }
        this.from = from;
        this.to = to;
        this.seed = seed;
    }

    @Override
    public boolean next() {
        while (source.next()) {
            long key = source.session() == UNKNOWN_SESSION ? ~number++ : source.session();
            double draw = unit(mix(mix(seed) ^ key));
            if (draw >= from && draw < to) {
                return true;
            }
        }
        return false;
    }

    @Override
    public void rewind() {
        source.rewind();
        number = 0;
    }

    private static double unit(long bits) {
        return (bits >>> 11) * 0x1p-53;
    }

    /** The finaliser of SplitMix64 (Steele, Lea, Flood 2014), variant 13 of Stafford. */
    private static long mix(long value) {
        long mixed = value + 0x9E3779B97F4A7C15L;
        mixed = (mixed ^ (mixed >>> 30)) * 0xBF58476D1CE4E5B9L;
        mixed = (mixed ^ (mixed >>> 27)) * 0x94D049BB133111EBL;
        return mixed ^ (mixed >>> 31);
    }
}
