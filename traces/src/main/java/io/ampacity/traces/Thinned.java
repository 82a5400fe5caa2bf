package io.ampacity.traces;

/**
 * A random part of a trace. Sessions are kept or left whole, so that turns and shared prefixes stay true; requests
 * without a session are drawn one by one.
 *
 * <p>The draw is a hash of the seed and the session (or the request's number), so it does not depend on the order of
 * other requests and is the same after {@link #rewind()}.
 */
public final class Thinned extends DelegatingSource {

    private final double share;
    private final long seed;
    private long number;

    /** @param share the part that is kept, from 0 to 1 */
    public Thinned(RequestSource source, double share, long seed) {
        super(source);
        if (!(share >= 0 && share <= 1)) {
            throw new IllegalArgumentException("the share kept of a trace is " + share
                    + "; it must lie between 0 and 1. Maybe a percentage was meant: divide it by 100");
        }
        this.share = share;
        this.seed = seed;
    }

    @Override
    public boolean next() {
        while (source.next()) {
            long key = source.session() == UNKNOWN_SESSION ? ~number++ : source.session();
            if (unit(mix(mix(seed) ^ key)) < share) {
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
