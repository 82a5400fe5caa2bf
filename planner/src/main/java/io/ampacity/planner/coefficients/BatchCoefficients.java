package io.ampacity.planner.coefficients;

/**
 * One replica that generates tokens without a latency promise.
 *
 * @param outputTokensPerSecond at full load, the reading of prompts counted in, above 0
 * @param watts of the whole replica at full load, with its share of servers, before PUE
 */
public record BatchCoefficients(double outputTokensPerSecond, double watts) {

    public BatchCoefficients {
        if (!(outputTokensPerSecond > 0) || Double.isInfinite(outputTokensPerSecond) || !(watts >= 0)) {
            throw new IllegalArgumentException(
                    "a replica generates " + outputTokensPerSecond + " tokens/s at " + watts + " W");
        }
    }
}
