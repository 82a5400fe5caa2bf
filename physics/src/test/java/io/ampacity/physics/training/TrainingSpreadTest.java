package io.ampacity.physics.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assertions.withinPercentage;

import io.ampacity.facts.BuiltInCatalogue;
import io.ampacity.facts.Chip;
import io.ampacity.facts.LanguageModel;
import io.ampacity.facts.Precision;
import io.ampacity.physics.Fixtures;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class TrainingSpreadTest {

    private static final TrainingLayout DENSE =
            new TrainingLayout(8, 4, 1, 32, 512, 1, 8192, Recomputation.SELECTIVE, true, true, true, Precision.BF16);
    private static final TrainingLayout SPARSE =
            new TrainingLayout(1, 8, 1, 128, 2048, 1, 4096, Recomputation.SELECTIVE, true, true, true, Precision.BF16);

    private static TrainingSpread spread(StateSharding sharding, int experts, double overlap, Fabric fabric) {
        return new TrainingSpread(sharding, experts, overlap, TrainingSpread.ANY_SERVERS, fabric);
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
        return step(experts, overlap, fabric).seconds();
    }

    private static double withoutExchange(int experts, Fabric fabric) {
        TrainingStep step = step(experts, 0, fabric);
        return step.seconds() - step.exposedExchangeSeconds();
    }

    private static TrainingStep step(int experts, double overlap, Fabric fabric) {
        return TrainingPhysics.step(
                Fixtures.H100,
                Fixtures.DEEPSEEK_R1,
                SPARSE,
                spread(StateSharding.OPTIMIZER, experts, overlap, fabric),
                TrainingEfficiencies.HOPPER);
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
    void sharingWeightsExchangesHalfAsMuchAgainForEachMicroBatch() {
        double optimizer = exchange(StateSharding.OPTIMIZER, 1);
        assertThat(exchange(StateSharding.GRADIENTS, 1)).isEqualTo(optimizer);
        assertThat(exchange(StateSharding.WEIGHTS, 1)).isCloseTo(1.5 * optimizer, withinPercentage(0.01));
        assertThat(exchange(StateSharding.OPTIMIZER, 16)).isEqualTo(optimizer);
        assertThat(exchange(StateSharding.WEIGHTS, 16)).isCloseTo(24 * optimizer, withinPercentage(0.01));
    }

    private static double exchange(StateSharding sharding, int microBatches) {
        TrainingLayout layout = new TrainingLayout(
                8, 4, 1, 32, 32 * microBatches, 1, 8192, Recomputation.NONE, true, true, true, Precision.BF16);
        return TrainingPhysics.step(
                        Fixtures.H100,
                        Fixtures.LLAMA_70B,
                        layout,
                        spread(sharding, 1, 0, Fabric.FULL),
                        new TrainingEfficiencies(0.62, 1, 0.4, 0, TrainingEfficiencies.HOPPER.power()))
                .exposedExchangeSeconds();
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
    void expertsOverMoreServersTakeLessRoomAndMoreMessages() {
        double room = Double.POSITIVE_INFINITY;
        for (int experts : new int[] {2, 8, 32}) {
            double bytes = TrainingPhysics.stateBytes(
                    Fixtures.DEEPSEEK_R1, SPARSE, spread(StateSharding.OPTIMIZER, experts, 0, Fabric.FULL));
            assertThat(bytes).isLessThan(room);
            room = bytes;
        }
        assertThat(sparse(32, 0, Fabric.FULL)).isGreaterThan(sparse(8, 0, Fabric.FULL));
        assertThat(sparse(32, 1, Fabric.FULL)).isLessThan(sparse(32, 0, Fabric.FULL));
        assertThat(sparse(32, 0, new Fabric(2, 4, false))).isGreaterThan(sparse(32, 0, Fabric.FULL));
        assertThat(withoutExchange(8, new Fabric(1, 7, false)))
                .as("experts inside a server do not cross the network")
                .isCloseTo(withoutExchange(8, Fabric.FULL), withinPercentage(1e-6));
        assertThat(withoutExchange(32, new Fabric(1, 7, false))).isGreaterThan(withoutExchange(32, Fabric.FULL));
    }

    private static final LanguageModel V3 =
            Objects.requireNonNull(BuiltInCatalogue.load().models().get("deepseek-v3"));

    private static final Chip H800 =
            Objects.requireNonNull(BuiltInCatalogue.load().chips().get("h800-sxm"));

    /** The layout of arXiv 2412.19437, section 3.2: 2,048 chips, 16 stages, experts over 64, none of the layers cut. */
    private static final TrainingLayout PUBLISHED = new TrainingLayout(
            1, 16, 2, 128, 15_360, 1, 4096, Recomputation.SELECTIVE, true, true, true, Precision.FP8);

    private static double published(double overlap) {
        return TrainingPhysics.step(
                        H800,
                        V3,
                        PUBLISHED,
                        new TrainingSpread(StateSharding.OPTIMIZER, 64, overlap, 4, Fabric.FULL),
                        TrainingEfficiencies.of(H800))
                .seconds();
    }

    /** 2.664 million H800 hours for 14.8 T tokens; nothing here was fitted to it. */
    @Test
    void deepSeekV3TakesAboutThePublishedChipHours() {
        double chipHours = 14.8e12 / PUBLISHED.tokensPerStep() * published(1) * 2048 / 3600;
        assertThat(chipHours).isCloseTo(2.664e6, withinPercentage(15));
    }

    @Test
    void hidingMessagesToExpertsSavesMostOfThem() {
        assertThat(published(0.5)).isBetween(published(1), published(0));
        assertThat(published(0) / published(1)).isBetween(1.1, 2.0);
    }

    @Test
    void theSearchFindsWhatIsAtLeastAsFastAsThePublishedLayout() {
        LayoutSearch.Freedom freedom =
                new LayoutSearch.Freedom(null, null, 1, 4, Fabric.FULL, Recomputation.SELECTIVE, 15_360);
        LayoutSearch.Found found = new LayoutSearch(H800, V3, 4096, Precision.FP8, freedom)
                .fastest(2048)
                .orElseThrow();
        assertThat(found.step().seconds()).isLessThanOrEqualTo(published(1));
        assertThat(found.spread().expertParallel()).isGreaterThan(1);
        assertThat(TrainingPhysics.stateBytes(V3, found.layout(), found.spread()))
                .isLessThan(80e9);
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
