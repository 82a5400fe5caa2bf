package io.ampacity.physics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.ampacity.facts.Deployment;
import io.ampacity.testing.Seeds;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class CappedStepModelTest {

    private static final ServingPhysics PHYSICS = new ServingPhysics(EfficiencyTable.empty());
    private static final Deployment ONE = Deployment.tensorParallel(1);

    private static ServingStepModel capped(double watts) {
        return PHYSICS.withPowerCap(watts).stepModel(Fixtures.H100, Fixtures.LLAMA_8B, ONE);
    }

    private static final ServingStepModel FREE = PHYSICS.stepModel(Fixtures.H100, Fixtures.LLAMA_8B, ONE);

    @Test
    void theCapIsNeverExceededAndNoStepIsFasterThanWithout() {
        SplittableRandom random = Seeds.random();
        for (int round = 0; round < 40; round++) {
            double cap = random.nextDouble(90, 700);
            ServingStepModel step = capped(cap);
            for (int question = 0; question < 50; question++) {
                int tokens = random.nextInt(2) * (1 + random.nextInt(8192));
                int sequences = random.nextInt(tokens > 0 ? 0 : 1, 1000);
                double context = sequences * random.nextDouble(400);
                double seconds = step.stepSeconds(tokens, tokens * 300.0, sequences, context);
                double joules = step.stepChipJoules(tokens, tokens * 300.0, sequences, context);
                assertThat(joules / seconds).isLessThanOrEqualTo(cap * (1 + 1e-9));
                assertThat(joules / seconds).isGreaterThanOrEqualTo(step.chipIdleWatts() * 0.5);
                assertThat(seconds)
                        .isGreaterThanOrEqualTo(
                                FREE.stepSeconds(tokens, tokens * 300.0, sequences, context) * (1 - 1e-9));
            }
        }
    }

    @Test
    void aTighterCapIsNeverFaster() {
        double before = 0;
        for (double cap = 690; cap > 100; cap -= 20) {
            double prompt = capped(cap).stepSeconds(4096, 4096 * 2048.0, 0, 0);
            assertThat(prompt).isGreaterThanOrEqualTo(before * (1 - 1e-9));
            before = prompt;
        }
    }

    @Test
    void aCapAboveTheDesignPowerChangesNothing() {
        assertThat(capped(700).stepSeconds(2048, 2e6, 8, 8000)).isEqualTo(FREE.stepSeconds(2048, 2e6, 8, 8000));
        assertThat(capped(5000).decodeBaseSeconds(64)).isEqualTo(FREE.decodeBaseSeconds(64));
    }

    /** Splitwise (arXiv 2311.18677): at half the design power prompts take about 1.3 times as long, tokens no longer. */
    @Test
    void halfThePowerSlowsPromptsByAThirdAndTokensHardly() {
        ServingStepModel half = capped(350);
        double prompt = half.stepSeconds(4096, 4096 * 2048.0, 0, 0) / FREE.stepSeconds(4096, 4096 * 2048.0, 0, 0);
        assertThat(prompt).isBetween(1.2, 1.55);
        double token = half.stepSeconds(0, 0, 8, 8 * 800.0) / FREE.stepSeconds(0, 0, 8, 8 * 800.0);
        assertThat(token).isBetween(1.0, 1.12);
    }

    @Test
    void decodeStaysAffineInItsContext() {
        ServingStepModel step = capped(300);
        for (int sequences : new int[] {1, 30, 400}) {
            double base = step.decodeBaseSeconds(sequences);
            double slope = step.decodeSecondsPerContextToken(sequences);
            assertThat(step.stepSeconds(0, 0, sequences, 12_345)).isCloseTo(base + slope * 12_345, within(1e-12));
            assertThat(step.stepJoules(0, 0, sequences, 12_345))
                    .isCloseTo(
                            step.decodeBaseJoules(sequences) + step.decodeJoulesPerContextToken(sequences) * 12_345,
                            within(1e-6));
        }
    }

    @Test
    void aCapBelowIdleIsRefused() {
        assertThatThrownBy(() -> capped(50))
                .isInstanceOf(PhysicsException.class)
                .hasMessageContaining("50 W")
                .hasMessageContaining("idle")
                .hasMessageContaining("Maybe");
    }
}
