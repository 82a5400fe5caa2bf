package io.ampacity.physics.measurement;

import io.ampacity.facts.Deployment;

/**
 * Requests that arrived at their own times at one replica, and what each saw, in order of arrival. Arrays are not copied;
 * do not change them.
 *
 * @param source file, so that it can be found again
 * @param batchedTokens most new tokens of an iteration, as the engine was set; 0 when that is unknown
 * @param sequences most sequences at once, as the engine was set; 0 when that is unknown
 * @param kvTokens tokens of context that the engine had room for; 0 when that is unknown
 * @param arrivals seconds from the first arrival
 * @param firstTokens seconds from a request's arrival to its first token
 * @param lastTokens seconds from a request's arrival to its last token
 */
@SuppressWarnings("ArrayRecordComponent")
public record MeasuredTrace(
        String source,
        String chip,
        String model,
        Deployment deployment,
        int batchedTokens,
        int sequences,
        long kvTokens,
        double[] arrivals,
        int[] prompts,
        int[] outputs,
        double[] firstTokens,
        double[] lastTokens) {

    public int requests() {
        return arrivals.length;
    }
}
