package io.ampacity.simulator.report;

/**
 * What a limit on power came to.
 *
 * @param cap whose power, such as {@code site:paris}
 * @param capWatts the limit
 * @param startSeconds from when it held
 * @param endSeconds until when; the end of the run where it held to the end
 * @param uncappedWatts most that would have been drawn without it
 * @param boundWatts most that could be drawn under it: the limit is kept by construction
 * @param slowedReplicas replicas that were given less than their full power
 * @param shedReplicas replicas that were off
 */
public record PowerCapResult(
        String cap,
        double capWatts,
        double startSeconds,
        double endSeconds,
        double uncappedWatts,
        double boundWatts,
        int slowedReplicas,
        int shedReplicas) {}
