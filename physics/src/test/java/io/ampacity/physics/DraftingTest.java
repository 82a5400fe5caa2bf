package io.ampacity.physics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.ampacity.facts.Deployment;
import io.ampacity.testing.Seeds;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Tokens drafted and checked several at once. */
class DraftingTest {

    private static final Deployment TWO = Deployment.tensorParallel(2);

    private static ServingStepModel plain() {
        return ServingPhysics.stepModel(
                Fixtures.H100,
                Fixtures.LLAMA_8B,
                TWO,
                EngineLimits.of(Fixtures.H100, TWO),
                Efficiencies.TYPICAL,
                Decoding.GREEDY,
                Provenance.UNCALIBRATED);
    }

    private static ServingStepModel drafted(int tokens, double acceptance) {
        return ServingPhysics.drafting(plain(), Fixtures.LLAMA_8B, new Drafting(tokens, acceptance));
    }

    @Test
    void theYieldIsTheMeanOfAcceptedRuns() {
        SplittableRandom random = Seeds.random();
        for (int tokens = 1; tokens <= 4; tokens++) {
            Drafting drafting = new Drafting(tokens, 0.7);
            int rounds = 200_000;
            long yielded = 0;
            for (int round = 0; round < rounds; round++) {
                int run = 1;
                while (run <= tokens && random.nextDouble() < 0.7) {
                    run++;
                }
                yielded += run;
            }
            assertThat(drafting.tokensPerStep()).isCloseTo((double) yielded / rounds, within(0.02));
        }
    }

    @Test
    void aLonelySequenceGainsAndALargeBatchDoesNot() {
        ServingStepModel plain = plain();
        ServingStepModel drafted = drafted(3, 0.8);
        assertThat(drafted.stepSeconds(0, 0, 1, 1000)).isLessThan(0.6 * plain.stepSeconds(0, 0, 1, 1000));
        assertThat(drafted.stepSeconds(0, 0, 1000, 1e5)).isGreaterThan(0.8 * plain.stepSeconds(0, 0, 1000, 1e5));
    }

    @Test
    void tokensThatAreNeverRightOnlyCost() {
        ServingStepModel plain = plain();
        ServingStepModel drafted = drafted(2, 0);
        for (int sequences : new int[] {1, 10, 100, 1000}) {
            assertThat(drafted.stepSeconds(0, 0, sequences, sequences * 500.0))
                    .isGreaterThan(plain.stepSeconds(0, 0, sequences, sequences * 500.0));
        }
    }

    @Test
    void aDraftedStepStaysAffineInContextAndAboveTheDataSheet() {
        SplittableRandom random = Seeds.random();
        for (int round = 0; round < 200; round++) {
            ServingStepModel step = drafted(1 + random.nextInt(4), random.nextDouble());
            int sequences = 1 + random.nextInt(500);
            double context = sequences * random.nextDouble() * 5000;
            double seconds = step.stepSeconds(0, 0, sequences, context);
            assertThat(seconds)
                    .isCloseTo(
                            step.decodeBaseSeconds(sequences) + step.decodeSecondsPerContextToken(sequences) * context,
                            within(1e-9 * seconds));
            assertThat(seconds).isGreaterThanOrEqualTo(step.dataSheetSeconds(0, 0, sequences, context) * (1 - 1e-9));
        }
    }

    @Test
    void aPromptTakesAsLongBesideDraftedTokensAsBesidePlainOnes() {
        ServingStepModel plain = plain();
        ServingStepModel drafted = drafted(1, 0.5);
        double pairs = 4000 * 2000.0;
        double beside = drafted.stepSeconds(4000, pairs, 10, 1e4) - drafted.stepSeconds(0, 0, 10, 1e4);
        assertThat(beside)
                .isCloseTo(plain.stepSeconds(4000, pairs, 20, 1e4) - plain.stepSeconds(0, 0, 20, 1e4), within(1e-9));
    }

    @Test
    void impossibleDraftsAreRefused() {
        assertThatThrownBy(() -> new Drafting(0, 0.5)).hasMessageContaining("drafting 0 tokens is none");
        assertThatThrownBy(() -> new Drafting(1, 1.5)).hasMessageContaining("an acceptance of 1.5 is outside 0 to 1");
    }
}
