package io.ampacity.physics.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assertions.withinPercentage;

import io.ampacity.facts.Precision;
import io.ampacity.physics.Fixtures;
import org.junit.jupiter.api.Test;

class TrainingSpreadTest {

    private static final TrainingLayout DENSE =
            new TrainingLayout(8, 4, 1, 32, 512, 1, 8192, Recomputation.SELECTIVE, true, true, true, Precision.BF16);
    private static final TrainingLayout SPARSE =
            new TrainingLayout(1, 8, 1, 128, 2048, 1, 4096, Recomputation.SELECTIVE, true, true, true, Precision.BF16);

    private static TrainingSpread spread(StateSharding sharding, int experts, double overlap, Fabric fabric) {
        return new TrainingSpread(sharding, experts, overlap, fabric);
    }

    private static double dense(StateSharding sharding, Fabric fabric) {
        return TrainingPhysics.step(
                        Fixtures.H100,
                        Fixtures.LLAMA_70B,
                        DENSE,
                        spread(sharding, 1, 0, fabric),
                        // nothing hides, so that messages are seen
                        new TrainingEfficiencies(0.62, 1, 0.4, 0, TrainingEfficiencies.HOPPER.power()))
                .exposedExchangeSeconds();
    }

    private static double sparse(int experts, double overlap, Fabric fabric) {
        return TrainingPhysics.step(
                        Fixtures.H100,
                        Fixtures.DEEPSEEK_R1,
                        SPARSE,
                        spread(StateSharding.OPTIMIZER, experts, overlap, fabric),
                        TrainingEfficiencies.HOPPER)
                .seconds();
    }

    /** ZeRO's figure 1 (arXiv 1910.02054): 7.5 B parameters on 64 replicas take 120, 31.4, 16.6 and 1.9 GB. */
    @Test
    void stateTakesTheBytesThatZeroPublished() {
        assertThat(7.5 * StateSharding.NONE.bytesPerParameter(64)).isCloseTo(120, within(0.1));
        assertThat(7.5 * StateSharding.OPTIMIZER.bytesPerParameter(64)).isCloseTo(31.4, within(0.1));
        assertThat(7.5 * StateSharding.GRADIENTS.bytesPerParameter(64)).isCloseTo(16.6, within(0.1));
        assertThat(7.5 * StateSharding.WEIGHTS.bytesPerParameter(64)).isCloseTo(1.9, within(0.05));
    }

    @Test
    void sharingWeightsExchangesHalfAsMuchAgain() {
        double optimizer = dense(StateSharding.OPTIMIZER, Fabric.FULL);
        assertThat(dense(StateSharding.GRADIENTS, Fabric.FULL)).isEqualTo(optimizer);
        assertThat(dense(StateSharding.WEIGHTS, Fabric.FULL)).isCloseTo(1.5 * optimizer, withinPercentage(0.01));
    }

    @Test
    void oversubscriptionSlowsRingsThatLeaveTheirRailAndNoOthers() {
        double full = dense(StateSharding.OPTIMIZER, Fabric.FULL);
        assertThat(dense(StateSharding.OPTIMIZER, new Fabric(1, 4, false))).isCloseTo(4 * full, withinPercentage(0.01));
        assertThat(dense(StateSharding.OPTIMIZER, new Fabric(32, 4, false))).isEqualTo(full);
        assertThat(dense(StateSharding.OPTIMIZER, new Fabric(1, 4, true)))
                .as("circuits")
                .isEqualTo(full);
    }

    @Test
    void expertsOverMoreReplicasTakeLessRoomAndMoreMessages() {
        double room = Double.POSITIVE_INFINITY;
        double before = sparse(1, 0, Fabric.FULL);
        for (int experts : new int[] {2, 8, 32}) {
            double bytes = TrainingPhysics.stateBytes(
                    Fixtures.DEEPSEEK_R1, SPARSE, spread(StateSharding.OPTIMIZER, experts, 0, Fabric.FULL));
            assertThat(bytes).isLessThan(room);
            room = bytes;
        }
        assertThat(sparse(32, 0, Fabric.FULL)).isGreaterThan(before);
        assertThat(sparse(32, 1, Fabric.FULL)).isLessThan(sparse(32, 0, Fabric.FULL));
        assertThat(sparse(32, 0, new Fabric(8, 4, false))).isGreaterThan(sparse(32, 0, Fabric.FULL));
        assertThat(sparse(8, 0, new Fabric(1, 7, false)) - sparse(8, 0, Fabric.FULL))
                .as("experts inside a server do not cross the network, their gradients do")
                .isLessThan(sparse(32, 0, new Fabric(1, 7, false)) - sparse(32, 0, Fabric.FULL));
    }

    @Test
    void whatALayoutSaysIsWhatItAlwaysSaid() {
        assertThat(TrainingPhysics.step(Fixtures.H100, Fixtures.LLAMA_70B, DENSE, TrainingEfficiencies.HOPPER))
                .isEqualTo(TrainingPhysics.step(
                        Fixtures.H100,
                        Fixtures.LLAMA_70B,
                        DENSE,
                        spread(StateSharding.OPTIMIZER, 1, 0, Fabric.FULL),
                        TrainingEfficiencies.HOPPER));
    }

    @Test
    void theEnergyOfARunIsTheSumOfItsParts() {
        TrainingStep step = TrainingPhysics.step(Fixtures.H100, Fixtures.LLAMA_70B, DENSE, TrainingEfficiencies.HOPPER);
        Reliability reliability = new Reliability(50_000, 30, 600);
        TrainingRun run = TrainingRun.of(1e12, step, DENSE, reliability, Fixtures.H100);
        TrainingEnergy energy = TrainingEnergy.of(run, step, DENSE, Fixtures.H100, 1.2);
        assertThat(energy.steps() + energy.waiting()).isCloseTo(run.chipJoules(), withinPercentage(1e-6));
        assertThat(energy.waiting()).isNotNegative();
        assertThat(energy.total() / (energy.total() - energy.facility())).isCloseTo(1.2, within(1e-9));
        assertThat(energy.server()).isCloseTo(3 * energy.network(), withinPercentage(1e-6));
    }

    @Test
    void nonsenseIsNamed() {
        assertThatThrownBy(() -> new Fabric(0, 1, false)).hasMessageContaining("rail");
        assertThatThrownBy(() -> new Fabric(1, 0.5, false)).hasMessageContaining("0.5");
        assertThatThrownBy(() -> sparse(3, 0, Fabric.FULL)).hasMessageContaining("divisor");
    }
}
