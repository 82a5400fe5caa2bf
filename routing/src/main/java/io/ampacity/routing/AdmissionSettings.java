package io.ampacity.routing;

/**
 * How far a pool may be loaded beyond the rate it was planned to carry.
 *
 * @param burstSeconds seconds of planned capacity that may be let in at once; infinite sheds nothing
 * @param burstRequests requests that may be let in at once beside that, so that a small pool bears the chance of gaps
 */
public record AdmissionSettings(double burstSeconds, double burstRequests) {

    /** Lets everything in, however long users wait. */
    public static final AdmissionSettings OPEN = new AdmissionSettings(Double.POSITIVE_INFINITY, 0);

    /** Sheds what lasts: five seconds of capacity and ten requests. */
    public static final AdmissionSettings STANDARD = new AdmissionSettings(5, 10);

    public AdmissionSettings {
        if (!(burstSeconds >= 0) || !(burstRequests >= 0)) {
            throw new IllegalArgumentException("admission bursts of " + burstSeconds + " s and " + burstRequests
                    + " requests; both are at least 0");
        }
    }
}
