package io.ampacity.traces;

/**
 * A trace played several times over, end to end.
 *
 * <p>One mean gap lies between the last request of a round and the first of the next, so that the rate stays the same.
 * Each round has sessions and prefix blocks of its own: a repeat stands for other users, and would otherwise find its
 * whole past in the cache.
 */
public final class Repeated extends DelegatingSource {

    /** How far apart the rounds of a trace of one request are: it has no gap to go by. */
    private static final double LONE_REQUEST_PERIOD_SECONDS = 1;

    private final long rounds;
    private long round;
    private double offsetSeconds;
    private long requests;
    private double firstSeconds;
    private double lastSeconds;
    private long largestSession = -1;

    /** @param rounds how often the trace is played; at least 1 */
    public Repeated(RequestSource source, long rounds) {
        super(source);
        if (rounds < 1) {
            throw new IllegalArgumentException(
                    "a trace is repeated " + rounds + " times; it must be at least 1. Maybe use 1 for once");
        }
        this.rounds = rounds;
    }

    @Override
    public boolean next() {
        if (!source.next()) {
            if (requests == 0 || round + 1 >= rounds) {
                return false;
            }
            double span = lastSeconds - firstSeconds;
            offsetSeconds += requests == 1 ? LONE_REQUEST_PERIOD_SECONDS : span + span / (requests - 1);
            round++;
            requests = 0;
            source.rewind();
            if (!source.next()) {
                return false;
            }
        }
        lastSeconds = source.arrivalSeconds();
        if (requests++ == 0) {
            firstSeconds = lastSeconds;
        }
        if (round == 0) {
            largestSession = Math.max(largestSession, source.session());
        }
        return true;
    }

    @Override
    public double arrivalSeconds() {
        return source.arrivalSeconds() + offsetSeconds;
    }

    @Override
    public long prefixBlock(int index) {
        // An odd multiplier gives every round another offset; that names of two rounds meet is as likely as any
        // collision of 64-bit hashes.
        return source.prefixBlock(index) + round * 0x9E3779B97F4A7C15L;
    }

    @Override
    public long session() {
        long session = source.session();
        return session == UNKNOWN_SESSION ? session : (session + round * (largestSession + 1)) & Long.MAX_VALUE;
    }

    @Override
    public void rewind() {
        source.rewind();
        round = 0;
        offsetSeconds = 0;
        requests = 0;
    }
}
