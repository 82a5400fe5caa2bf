package io.ampacity.simulator.report;

import org.jspecify.annotations.Nullable;

/**
 * What a job that fills valleys came to. Seconds of replicas are those of its gangs: useful, lost and overhead together.
 *
 * @param finished tasks that ended
 * @param running tasks that ran when the replay ended
 * @param starts how often a task began or went on
 * @param preempted how often traffic wanted the replicas back
 * @param failed how often a replica of a gang failed, or went off to save power
 * @param usefulSeconds seconds of replicas in which work was done that was kept
 * @param lostSeconds seconds of replicas whose work was done after the last checkpoint, and had to be done again
 * @param overheadSeconds seconds of replicas in which tasks began, wrote checkpoints, or waited for power under a limit
 * @param energyJoules of the facility
 * @param finishedSeconds when the last task ended; null when not all have
 */
public record JobResult(
        String job,
        String pool,
        int tasks,
        int finished,
        int running,
        long starts,
        long preempted,
        long failed,
        double usefulSeconds,
        double lostSeconds,
        double overheadSeconds,
        double energyJoules,
        @Nullable Double finishedSeconds) {}
