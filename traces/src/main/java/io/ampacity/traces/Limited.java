package io.ampacity.traces;

/** The beginning of a trace: at most so many requests, none arriving at or after so many seconds. */
public final class Limited extends DelegatingSource {

    private final long maximumRequests;
    private final double maximumSeconds;
    private long requests;

    /**
     * @param maximumRequests at least 0; {@link Long#MAX_VALUE} for no limit
     * @param maximumSeconds at least 0; {@link Double#POSITIVE_INFINITY} for no limit
     */
    public Limited(RequestSource source, long maximumRequests, double maximumSeconds) {
        super(source);
        if (maximumRequests < 0 || !(maximumSeconds >= 0)) {
            throw new IllegalArgumentException("a trace is limited to " + maximumRequests + " requests and "
                    + maximumSeconds + " s; neither may be negative. Maybe leave the limit away");
        }
        this.maximumRequests = maximumRequests;
        this.maximumSeconds = maximumSeconds;
    }

    @Override
    public boolean next() {
        if (requests >= maximumRequests || !source.next() || source.arrivalSeconds() >= maximumSeconds) {
            requests = maximumRequests;
            return false;
        }
        requests++;
        return true;
    }

    @Override
    public void rewind() {
        source.rewind();
        requests = 0;
    }
}
