package io.ampacity.routing;

/**
 * When a circuit breaker opens and how it closes again.
 *
 * @param failuresToOpen failures in a row that open it, at least 1
 * @param openSeconds time until the first probe
 * @param maximumOpenSeconds the wait doubles with each failed probe, up to this
 * @param probes requests let through at once while it is half open, at least 1
 */
public record BreakerSettings(int failuresToOpen, double openSeconds, double maximumOpenSeconds, int probes) {

    /** Five failures in a row open it for 5 s, then for up to 60 s; one probe at a time. */
    public static final BreakerSettings STANDARD = new BreakerSettings(5, 5, 60, 1);

    public BreakerSettings {
        if (failuresToOpen < 1 || probes < 1) {
            throw new IllegalArgumentException("a breaker needs at least 1 failure to open and 1 probe to close, not "
                    + failuresToOpen + " and " + probes);
        }
        if (!(openSeconds > 0) || !(maximumOpenSeconds >= openSeconds)) {
            throw new IllegalArgumentException("a breaker stays open for more than 0 s and at most its maximum, not "
                    + openSeconds + " s of " + maximumOpenSeconds + " s");
        }
    }
}
