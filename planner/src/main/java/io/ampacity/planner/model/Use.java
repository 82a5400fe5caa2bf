package io.ampacity.planner.model;

import io.ampacity.planner.model.Candidate.BatchOn;
import io.ampacity.planner.model.Candidate.ServingOn;
import io.ampacity.planner.model.Candidate.TrainingOn;
import io.ampacity.planner.solver.Variable;

/** A candidate in one period, with its variables and what they mean in physical units. */
public sealed interface Use {

    Candidate candidate();

    int period();

    /**
     * Serving in a period.
     *
     * @param replicas whole number of replicas kept running
     * @param share of the workload's traffic, 0 to 1
     * @param meanRate of the whole workload in requests/s
     * @param peakRate of the whole workload in requests/s
     */
    record Serving(ServingOn candidate, int period, Variable replicas, Variable share, double meanRate, double peakRate)
            implements Use {

        /** Part of the workload's peak that one replica carries; may be above 1. */
        public double peakPerReplica() {
            return candidate.numbers().requestsPerSecond() / peakRate;
        }

        /** Chips that would be busy on average if replicas followed the load, for the whole share. */
        public double meanChips() {
            return meanRate / candidate.numbers().requestsPerSecond() * candidate.chips();
        }
    }

    /**
     * Training in a period.
     *
     * @param running 1 when the gang is here in this period
     * @param work part of the whole run done here, 0 to 1
     * @param mostWork most of it that the gang does in the period
     */
    record Training(TrainingOn candidate, int period, Variable running, Variable work, double mostWork)
            implements Use {}

    /**
     * Batch work in a period.
     *
     * @param present 1 when the pool takes part
     * @param work part of the period's batch done here, 0 to 1
     * @param tokens output tokens of the whole batch of the period
     * @param meanReplicas replicas that the whole batch keeps busy for the whole period
     */
    record Batch(BatchOn candidate, int period, Variable present, Variable work, double tokens, double meanReplicas)
            implements Use {}
}
