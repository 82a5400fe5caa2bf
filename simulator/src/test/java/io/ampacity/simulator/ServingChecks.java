package io.ampacity.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import io.ampacity.simulator.report.ClassResult;
import io.ampacity.simulator.report.HedgingResult;
import io.ampacity.simulator.report.ScalingResult;
import io.ampacity.simulator.report.SimulationResult;

/** What must hold of features beyond plain batching in every run. */
final class ServingChecks {

    private ServingChecks() {}

    static void check(SimulationResult result, String what) {
        if (!result.serving().classes().isEmpty()) {
            long completed = 0;
            long rejected = 0;
            for (ClassResult one : result.serving().classes()) {
                assertThat(one.arrived()).as(what).isEqualTo(one.completed() + one.rejected() + one.lost());
                assertThat(one.shed()).as(what).isLessThanOrEqualTo(one.rejected());
                completed += one.completed();
                rejected += one.rejected();
            }
            assertThat(completed).as(what).isEqualTo(result.requests().completed());
            assertThat(rejected).as(what).isEqualTo(result.requests().rejected());
        }
        for (ScalingResult scaling : result.serving().scaling()) {
            assertThat(scaling.meanReplicas()).as(what).isBetween(0.0, scaling.mostReplicas() + 1e-9);
            assertThat(scaling.replicaSeconds())
                    .as(what)
                    .isLessThanOrEqualTo(scaling.mostReplicas() * result.simulatedSeconds() * (1 + 1e-9));
        }
        HedgingResult hedging = result.serving().hedging();
        assertThat(hedging.won()).as(what).isLessThanOrEqualTo(hedging.hedges());
        assertThat(hedging.wastedOutputTokens()).as(what).isLessThanOrEqualTo(result.wastedTokens());
    }
}
