package io.ampacity.physics.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assertions.withinPercentage;

import io.ampacity.facts.Chip;
import io.ampacity.facts.LanguageModel;
import io.ampacity.facts.Precision;
import io.ampacity.physics.Fixtures;
import io.ampacity.testing.Seeds;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class TrainingPhysicsTest {

    /** Step times of arXiv 2205.05198, table 5, on A100 80 GB with 25 GB/s of network a chip. */
    private record Measured(
            int heads,
            int hidden,
            int layers,
            int tensor,
            int pipeline,
            int chunks,
            int global,
            int micro,
            double fullSeconds,
            double selectiveSeconds) {}

    private static final Measured[] MEASURED = {
        new Measured(64, 6144, 48, 8, 1, 1, 4, 4, 1.42, 1.10),
        new Measured(96, 12288, 96, 8, 8, 3, 64, 1, 18.13, 13.75),
        new Measured(128, 20480, 105, 8, 35, 3, 280, 1, 49.05, 37.83),
        new Measured(160, 25600, 128, 8, 64, 1, 512, 1, 94.42, 71.49)
    };

    private static double seconds(Measured row, boolean full) {
        LanguageModel model = Fixtures.dense(
                "gpt", row.layers, row.hidden, row.heads, row.heads, row.hidden / row.heads, 4 * row.hidden, 51200, 2);
        TrainingLayout layout = new TrainingLayout(
                row.tensor,
                row.pipeline,
                row.chunks,
                1,
                row.global,
                row.micro,
                2048,
                full ? Recomputation.FULL : Recomputation.SELECTIVE,
                !full,
                false,
                false,
                Precision.BF16);
        return TrainingPhysics.step(Fixtures.A100, model, layout, TrainingEfficiencies.MEASURED_ON_A100)
                .seconds();
    }

    @Test
    void eightMeasuredStepsAreMetWithinThreePercentOnAverage() {
        double sum = 0;
        for (Measured row : MEASURED) {
            for (boolean full : new boolean[] {true, false}) {
                double measured = full ? row.fullSeconds : row.selectiveSeconds;
                double error = Math.abs(seconds(row, full) / measured - 1);
                assertThat(error).as("%s full=%s", row, full).isLessThan(0.07);
                sum += error;
            }
        }
        assertThat(sum / 8).isLessThan(0.03);
    }

    private static final TrainingLayout LLAMA_LAYOUT =
            new TrainingLayout(8, 16, 8, 128, 2048, 1, 8192, Recomputation.NONE, true, true, true, Precision.BF16);

    @Test
    void llama405bOn16384ChipsLiesInThePublishedUtilisation() {
        TrainingStep step =
                TrainingPhysics.step(Fixtures.H100, Fixtures.LLAMA_405B, LLAMA_LAYOUT, TrainingEfficiencies.HOPPER);
        assertThat(LLAMA_LAYOUT.chips()).isEqualTo(16_384);
        assertThat(step.utilisation()).isBetween(0.38, 0.43);
    }

    @Test
    void llama405bKeepsOverNineTenthsOfItsTime() {
        Reliability reliability = new Reliability(16_384 * 54 * 24.0 / 419, 5, 600);
        assertThat(reliability.secondsBetweenInterruptions(16_384) / 3600).isCloseTo(3.09, within(0.01));
        assertThat(reliability.goodput(16_384)).isBetween(0.9, 0.97);
    }

    @Test
    void youngsIntervalIsCloseToTheBest() {
        SplittableRandom random = Seeds.random();
        for (int round = 0; round < 200; round++) {
            Reliability reliability = new Reliability(
                    1_000 + random.nextDouble() * 1e6, 1 + random.nextDouble() * 60, random.nextInt(900));
            int chips = 1 + random.nextInt(1_000);
            double best = 0;
            double young = reliability.checkpointIntervalSeconds(chips);
            for (double factor = 0.2; factor < 5; factor *= 1.05) {
                best = Math.max(best, reliability.goodput(chips, young * factor));
            }
            assertThat(reliability.goodput(chips)).isCloseTo(best, withinPercentage(2));
        }
    }

    @Test
    void goodputEqualsASimulatedRun() {
        SplittableRandom random = Seeds.random();
        Reliability reliability = new Reliability(100, 30, 120);
        double between = reliability.secondsBetweenInterruptions(100);
        double interval = reliability.checkpointIntervalSeconds(100);
        double wall = 0;
        double saved = 0;
        double failure = -between * Math.log(1 - random.nextDouble());
        while (saved < interval * 20_000) {
            if (failure >= interval + 30) {
                failure -= interval + 30;
                wall += interval + 30;
                saved += interval;
            } else {
                wall += failure + 120;
                failure = -between * Math.log(1 - random.nextDouble());
            }
        }
        assertThat(saved / wall).isCloseTo(reliability.goodput(100), withinPercentage(2));
    }

    @Test
    void aBetterNetworkNeverSlowsTraining() {
        Chip slow = Fixtures.chip("slow", 989, 0, 0, 80, 3.35, 700, 100, 8);
        assertThat(TrainingPhysics.step(Fixtures.H100, Fixtures.LLAMA_405B, LLAMA_LAYOUT, TrainingEfficiencies.HOPPER)
                        .seconds())
                .isLessThan(TrainingPhysics.step(slow, Fixtures.LLAMA_405B, LLAMA_LAYOUT, TrainingEfficiencies.HOPPER)
                        .seconds());
    }
}
