package io.ampacity.planner.model;

import io.ampacity.facts.Deployment;
import io.ampacity.planner.coefficients.BatchCoefficients;
import io.ampacity.planner.coefficients.ServingCoefficients;
import io.ampacity.planner.coefficients.TrainingCoefficients;
import io.ampacity.scenario.Workload;

/** A workload on a pool that may run it, with the numbers of doing so. */
public sealed interface Candidate {

    Workload workload();

    Pool pool();

    /** Short name for variables and messages. */
    String id();

    /** Serving by replicas of one layout. */
    record ServingOn(Workload.Serving workload, Pool pool, Deployment deployment, ServingCoefficients numbers)
            implements Candidate {
        @Override
        public String id() {
            return workload.id() + "@" + pool.id() + "/" + deployment.id();
        }

        /** Chips of one replica. */
        public int chips() {
            return deployment.chips();
        }
    }

    /** Training by one gang of a given size, for which the numbers hold exactly. */
    record TrainingOn(Workload.Training workload, Pool pool, int gangChips, TrainingCoefficients numbers)
            implements Candidate {
        @Override
        public String id() {
            return workload.id() + "@" + pool.id() + "/" + gangChips;
        }

        /** Part of the whole run that the gang does in a span of time, at most 1. */
        public double workIn(double seconds) {
            return Math.min(1, numbers.tokensPerSecondPerChip() * gangChips * seconds / workload.tokens());
        }
    }

    /** Batch work by replicas of one layout, at hours that serving leaves free. */
    record BatchOn(Workload.Batch workload, Pool pool, Deployment deployment, BatchCoefficients numbers)
            implements Candidate {
        @Override
        public String id() {
            return workload.id() + "@" + pool.id() + "/" + deployment.id();
        }

        /** Chips of one replica. */
        public int chips() {
            return deployment.chips();
        }
    }
}
