package io.ampacity.physics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.ampacity.facts.Deployment;
import io.ampacity.testing.Seeds;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class StepTermsTest {

    private static final ServingPhysics PHYSICS = new ServingPhysics(EfficiencyTable.empty());

    private static ServingStepModel with(StepTerms terms) {
        return PHYSICS.withTerms(terms).stepModel(Fixtures.H100, Fixtures.LLAMA_8B, Deployment.tensorParallel(1));
    }

    private static final ServingStepModel PLAIN = with(StepTerms.NONE);

    private static StepTerms drafting(int tokens, double acceptance) {
        return new StepTerms(tokens, acceptance, 0, 0, 0);
    }

    private static StepTerms hitting(double rate) {
        return new StepTerms(0, 0, rate, 0, 0);
    }

    private static StepTerms adapters(int rank, int count) {
        return new StepTerms(0, 0, 0, rank, count);
    }

    @Test
    void draftsThatAreAllAcceptedGiveOneMoreTokenThanDrafted() {
        assertThat(new Drafting(3, 1).tokensPerStep()).isEqualTo(4);
        assertThat(new Drafting(3, 0).tokensPerStep()).isEqualTo(1);
        assertThat(new Drafting(4, 0.7).tokensPerStep()).isCloseTo((1 - Math.pow(0.7, 5)) / 0.3, within(1e-12));
    }

    @Test
    void draftsHelpSmallBatchesAndHurtLargeOnes() {
        ServingStepModel drafted = with(drafting(3, 0.7));
        assertThat(drafted.stepSeconds(0, 0, 1, 1000)).isLessThan(0.6 * PLAIN.stepSeconds(0, 0, 1, 1000));
        ServingStepModel refused = with(drafting(3, 0));
        for (int sequences : new int[] {1, 16, 256, 900}) {
            assertThat(refused.stepSeconds(0, 0, sequences, 0)).isGreaterThan(PLAIN.stepSeconds(0, 0, sequences, 0));
        }
        double smallGain = PLAIN.stepSeconds(0, 0, 1, 0) / drafted.stepSeconds(0, 0, 1, 0);
        double largeGain = PLAIN.stepSeconds(0, 0, 900, 0) / drafted.stepSeconds(0, 0, 900, 0);
        assertThat(largeGain).isLessThan(0.7 * smallGain);
    }

    @Test
    void aHigherAcceptanceIsNeverSlower() {
        SplittableRandom random = Seeds.random();
        for (int round = 0; round < 500; round++) {
            int drafted = 1 + random.nextInt(8);
            double low = random.nextDouble();
            double high = low + (1 - low) * random.nextDouble();
            int sequences = 1 + random.nextInt(500);
            assertThat(new Speculation(PLAIN, new Drafting(drafted, high), 32).stepSeconds(0, 0, sequences, 1e4))
                    .isLessThanOrEqualTo(
                            new Speculation(PLAIN, new Drafting(drafted, low), 32).stepSeconds(0, 0, sequences, 1e4));
        }
    }

    @Test
    void aCachedShareOfAPromptIsNotComputed() {
        double whole = PLAIN.stepSeconds(8000, 8000 * 4000.0, 0, 0);
        double before = whole;
        for (double rate = 0.1; rate < 1; rate += 0.1) {
            double hit = with(hitting(rate)).stepSeconds(8000, 8000 * 4000.0, 0, 0);
            assertThat(hit).isLessThanOrEqualTo(before);
            before = hit;
        }
        int rest = 2000;
        assertThat(with(hitting(0.75)).stepSeconds(8000, 8000 * 4000.0, 0, 0))
                .as("what a chunk on top of cached tokens takes")
                .isCloseTo(PLAIN.stepSeconds(rest, rest * (6000 + rest / 2.0), 0, 0), within(1e-12));
        assertThat(with(hitting(0.75)).stepSeconds(0, 0, 64, 64_000)).isEqualTo(PLAIN.stepSeconds(0, 0, 64, 64_000));
    }

    @Test
    void adaptersTakeTimeAndRoomTheMoreOfThem() {
        ServingStepModel few = with(adapters(16, 2));
        ServingStepModel many = with(adapters(16, 200));
        for (int sequences : new int[] {1, 8, 64}) {
            assertThat(few.stepSeconds(0, 0, sequences, 0)).isGreaterThan(PLAIN.stepSeconds(0, 0, sequences, 0));
            assertThat(many.stepSeconds(0, 0, sequences, 0))
                    .isGreaterThanOrEqualTo(few.stepSeconds(0, 0, sequences, 0));
        }
        assertThat(many.kvTokens()).isLessThan(few.kvTokens());
        assertThat(few.kvTokens()).isLessThan(PLAIN.kvTokens());
    }

    /** LoRA of rank 16 on all linear layers of Llama 3.1 8B has 41.9 M parameters. */
    @Test
    void anAdapterHasThePublishedSize() {
        assertThat(Adapters.parametersEach(ModelShape.of(Fixtures.LLAMA_8B), 16))
                .isCloseTo(41.9e6, within(0.1e6));
    }

    @Test
    void everyTermKeepsDecodeAffineAndPowerBetweenItsBounds() {
        SplittableRandom random = Seeds.random();
        for (int round = 0; round < 60; round++) {
            ServingStepModel step = with(new StepTerms(
                    random.nextInt(5), random.nextDouble(), random.nextDouble() * 0.95, random.nextInt(2) * 32, 20));
            int sequences = 1 + random.nextInt(600);
            double context = random.nextDouble() * 300_000;
            assertThat(step.stepSeconds(0, 0, sequences, context))
                    .isCloseTo(
                            step.decodeBaseSeconds(sequences) + step.decodeSecondsPerContextToken(sequences) * context,
                            within(1e-9));
            double joules = step.decodeBaseJoules(sequences) + step.decodeJoulesPerContextToken(sequences) * context;
            assertThat(step.stepJoules(0, 0, sequences, context)).isCloseTo(joules, within(1e-6 * joules));
            double watts = step.stepChipJoules(0, 0, sequences, context) / step.stepSeconds(0, 0, sequences, context);
            assertThat(watts).isBetween(step.chipIdleWatts() * 0.999, 700.0);
        }
    }

    @Test
    void termsOutsideTheirRangeAreNamed() {
        assertThatThrownBy(() -> drafting(3, 1.5))
                .hasMessageContaining("acceptance")
                .hasMessageContaining("1.5");
        assertThatThrownBy(() -> hitting(1)).hasMessageContaining("prefix hit rate");
        assertThatThrownBy(() -> with(adapters(256, 50_000))).hasMessageContaining("no room");
    }
}
