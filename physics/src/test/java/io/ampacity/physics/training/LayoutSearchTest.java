package io.ampacity.physics.training;

import static org.assertj.core.api.Assertions.assertThat;

import io.ampacity.facts.Precision;
import io.ampacity.physics.Fixtures;
import org.junit.jupiter.api.Test;

final class LayoutSearchTest {

    @Test
    void noLayoutOfTheSameGangAndStepIsFaster() {
        LayoutSearch.Found best = new LayoutSearch(Fixtures.H100, Fixtures.LLAMA_405B, 8192, Precision.BF16)
                .fastest(16_384)
                .orElseThrow();

        assertThat(best.layout().chips()).isEqualTo(16_384);
        for (int tensor = 1; tensor <= 8; tensor *= 2) {
            TrainingLayout other = new TrainingLayout(
                    tensor,
                    128 / tensor,
                    1,
                    128,
                    2048,
                    1,
                    8192,
                    Recomputation.SELECTIVE,
                    true,
                    true,
                    true,
                    Precision.BF16);
            double seconds = TrainingPhysics.step(
                            Fixtures.H100, Fixtures.LLAMA_405B, other, TrainingEfficiencies.HOPPER)
                    .seconds();
            assertThat(best.tokensPerSecond()).as("tensor %d", tensor).isGreaterThan(other.tokensPerStep() / seconds);
        }
    }

    @Test
    void stepsStayWithinSixteenMillionTokens() {
        for (int chips = 1024; chips <= 65_536; chips *= 2) {
            new LayoutSearch(Fixtures.H100, Fixtures.LLAMA_405B, 8192, Precision.BF16)
                    .fastest(chips)
                    .ifPresent(
                            found -> assertThat(found.layout().tokensPerStep()).isLessThan(17e6));
        }
    }

    @Test
    void whatDoesNotFitHasNoLayout() {
        assertThat(new LayoutSearch(Fixtures.H100, Fixtures.LLAMA_405B, 8192, Precision.BF16).fastest(8))
                .isEmpty();
    }
}
