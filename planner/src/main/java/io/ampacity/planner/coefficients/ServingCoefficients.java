package io.ampacity.planner.coefficients;

/**
 * One replica that serves a workload within its objective.
 *
 * <p>Power is taken as linear in the rate r: {@code idleWatts + joulesPerRequest · r} for r up to
 * {@code requestsPerSecond}, chips with their share of servers, before PUE.
 *
 * @param requestsPerSecond most it carries at the objective, above 0
 * @param idleWatts of the whole replica when powered and without requests
 * @param joulesPerRequest what one request adds
 */
public record ServingCoefficients(double requestsPerSecond, double idleWatts, double joulesPerRequest) {

    public ServingCoefficients {
        if (!(requestsPerSecond > 0) || Double.isInfinite(requestsPerSecond)) {
            throw new IllegalArgumentException("a replica carries " + requestsPerSecond + " requests/s");
        }
        if (!(idleWatts >= 0) || !(joulesPerRequest >= 0)) {
            throw new IllegalArgumentException(
                    "a replica draws " + idleWatts + " W and " + joulesPerRequest + " J a request");
        }
    }

    /** Watts at the highest rate it carries. */
    public double fullWatts() {
        return idleWatts + joulesPerRequest * requestsPerSecond;
    }
}
