package io.ampacity.gateway.settings;

/**
 * A pool on trial: it gets a small part of the requests, and none once it is worse than the others.
 *
 * @param share of the model's requests, above 0 and at most a half
 * @param worseBy factor of the others' failures, or of their time to the first token, above which it is worse; above 1
 * @param requests over which it is compared, at least {@link #FEWEST_FAILURES}
 */
public record CanarySettings(double share, double worseBy, int requests) {

    /** Fewer failures than these may be chance. */
    public static final int FEWEST_FAILURES = 3;

    public CanarySettings {
        if (!(share > 0 && share <= 0.5) || !(worseBy > 1) || requests < FEWEST_FAILURES) {
            throw new IllegalArgumentException(
                    "no trial: share " + share + ", worse by " + worseBy + ", over " + requests);
        }
    }
}
