package io.ampacity.simulator;

import io.ampacity.simulator.replica.ReplicaGauges;

/**
 * Is told what happens in a run as it happens, for logs and traces. Calls never overlap. Within a part of the fleet that
 * shares nothing with the rest they come in order of the moment at which the engine knows; such parts follow one another.
 * A completed request is told when its last step ends, and its times may lie a network delay later.
 */
public interface RunObserver {

    /** Watches nothing, and costs nothing. */
    RunObserver NONE = new RunObserver() {};

    /** A request arrived. */
    default void arrived(double atSeconds, String workload, long id, int promptTokens, int outputTokens) {}

    /** A request was sent to a replica, for the {@code attempt}-th time. */
    default void sent(double atSeconds, String workload, long id, String pool, int replica, int attempt) {}

    /** An attempt failed; the request is tried again, or {@linkplain #lost lost}. */
    default void failed(double atSeconds, String workload, long id, String pool) {}

    /** No pool took a request. */
    default void rejected(double atSeconds, String workload, long id) {}

    /** A request failed and is not tried again. */
    default void lost(double atSeconds, String workload, long id) {}

    /** A request ended well. */
    default void completed(FinishedRequest request) {}

    /**
     * A replica ran a number of equal steps.
     *
     * @param number of the replica in its pool, from 0
     * @param replica as it is at the end of these steps, before those that end with them leave
     */
    default void ran(String pool, int number, ReplicaGauges replica, double from, double to, double joules) {}

    /** Something that was said to fail began or ceased to. */
    default void failure(double atSeconds, String name, boolean starts) {}
}
