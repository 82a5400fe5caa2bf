package io.ampacity.simulator;

/** Receives every completed request, in order of completion within a shard; calls never overlap. */
@FunctionalInterface
public interface RequestSink {

    /**
     * A request was completed.
     *
     * @param id number in its workload's source, from 0
     * @param arrivalSeconds when the client sent it
     * @param firstTokenSeconds when the client saw the first token
     * @param lastTokenSeconds when the client saw the last one
     */
    void completed(
            String workload,
            long id,
            double arrivalSeconds,
            double firstTokenSeconds,
            double lastTokenSeconds,
            int promptTokens,
            int outputTokens,
            String pool);
}
