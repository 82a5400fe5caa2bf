package io.ampacity.physics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assertions.withinPercentage;

import io.ampacity.facts.Chip;
import io.ampacity.facts.Deployment;
import io.ampacity.facts.Engine;
import io.ampacity.facts.LanguageModel;
import io.ampacity.facts.Precision;
import io.ampacity.testing.Seeds;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** What must hold whatever the efficiencies, models and layouts. */
class StepModelLawsTest {

    private static final List<LanguageModel> MODELS = List.of(
            Fixtures.LLAMA_8B, Fixtures.LLAMA_70B, Fixtures.QWEN_32B, Fixtures.QWEN_30B_A3B, Fixtures.DEEPSEEK_R1);
    private static final int ROUNDS = 300;

    private record Case(
            Chip chip, LanguageModel model, Deployment deployment, Efficiencies efficiencies, ServingStepModel step) {}

    private static Efficiencies efficiencies(SplittableRandom random) {
        return new Efficiencies(
                share(random),
                share(random),
                share(random),
                share(random),
                share(random),
                share(random),
                share(random),
                random.nextDouble(),
                share(random),
                random.nextDouble() * 2e-5,
                random.nextDouble() * 3e-3,
                random.nextDouble() * 5e-5,
                random.nextDouble() * 1e-3,
                random.nextDouble() * 5e-5,
                random.nextDouble() * 5e-5,
                random.nextDouble() * 1e-2,
                random.nextDouble() * 1e-3,
                new PowerCoefficients(random.nextDouble(), random.nextDouble(), random.nextDouble()));
    }

    private static double share(SplittableRandom random) {
        return 0.05 + 0.95 * random.nextDouble();
    }

    private static Case draw(SplittableRandom random) {
        while (true) {
            Chip chip = random.nextBoolean() ? Fixtures.H100 : Fixtures.B200;
            LanguageModel model = MODELS.get(random.nextInt(MODELS.size()));
            Precision precision = random.nextBoolean() ? Precision.BF16 : Precision.FP8;
            Deployment deployment = new Deployment(
                    1 << random.nextInt(4),
                    1 << random.nextInt(2),
                    1,
                    1 << random.nextInt(3),
                    precision,
                    precision,
                    List.of(Engine.VLLM, Engine.SGLANG, Engine.TRTLLM).get(random.nextInt(3)));
            if (ServingPhysics.memoryRoom(chip, model, deployment).fits()) {
                Efficiencies efficiencies = efficiencies(random);
                return new Case(chip, model, deployment, efficiencies, build(chip, model, deployment, efficiencies));
            }
        }
    }

    private static ServingStepModel build(
            Chip chip, LanguageModel model, Deployment deployment, Efficiencies efficiencies) {
        return ServingPhysics.stepModel(
                chip,
                model,
                deployment,
                EngineLimits.of(deployment.engine()),
                efficiencies,
                Decoding.SAMPLED,
                Provenance.UNCALIBRATED);
    }

    @Test
    void noStepIsFasterThanTheDataSheetAllows() {
        SplittableRandom random = Seeds.random();
        for (int round = 0; round < ROUNDS; round++) {
            Case drawn = draw(random);
            int tokens = random.nextInt(3) == 0 ? 0 : random.nextInt(16_384);
            double pairs = tokens * (random.nextInt(50_000) + tokens / 2.0);
            int sequences = random.nextInt(3_000);
            double context = sequences * (double) random.nextInt(20_000);
            double seconds = drawn.step.stepSeconds(tokens, pairs, sequences, context);
            assertThat(seconds)
                    .as("%s, %d tokens, %d sequences", drawn, tokens, sequences)
                    .isGreaterThanOrEqualTo(
                            drawn.step.dataSheetSeconds(tokens, pairs, sequences, context) * (1 - 1e-9));
        }
    }

    @Test
    void aPureDecodeStepIsExactlyAffineInContext() {
        SplittableRandom random = Seeds.random();
        for (int round = 0; round < ROUNDS; round++) {
            StepModel step = draw(random).step;
            int sequences = 1 + random.nextInt(6_000);
            double context = sequences * random.nextDouble() * 50_000;
            double seconds = step.decodeBaseSeconds(sequences) + step.decodeSecondsPerContextToken(sequences) * context;
            double joules = step.decodeBaseJoules(sequences) + step.decodeJoulesPerContextToken(sequences) * context;
            assertThat(step.stepSeconds(0, 0, sequences, context)).isCloseTo(seconds, withinPercentage(1e-9));
            assertThat(step.stepJoules(0, 0, sequences, context)).isCloseTo(joules, withinPercentage(1e-9));
        }
    }

    @Test
    void moreWorkNeverTakesLess() {
        SplittableRandom random = Seeds.random();
        for (int round = 0; round < ROUNDS; round++) {
            StepModel step = draw(random).step;
            int tokens = random.nextInt(8_192);
            double pairs = tokens * (random.nextInt(10_000) + tokens / 2.0);
            int sequences = 1 + random.nextInt(2_000);
            double context = sequences * (double) random.nextInt(10_000);
            double seconds = step.stepSeconds(tokens, pairs, sequences, context);
            assertThat(step.stepSeconds(tokens + 1, pairs, sequences, context)).isGreaterThanOrEqualTo(seconds);
            assertThat(step.stepSeconds(tokens, pairs + 1e6, sequences, context))
                    .isGreaterThanOrEqualTo(seconds);
            assertThat(step.stepSeconds(tokens, pairs, sequences + 1, context)).isGreaterThanOrEqualTo(seconds);
            assertThat(step.stepSeconds(tokens, pairs, sequences, context + 1e5))
                    .isGreaterThanOrEqualTo(seconds);
        }
    }

    @Test
    void aBiggerBatchNeverLowersTheRate() {
        SplittableRandom random = Seeds.random();
        for (int round = 0; round < ROUNDS; round++) {
            StepModel step = draw(random).step;
            int sequences = 1 + random.nextInt(1_000);
            double each = random.nextInt(4_000);
            double rate = sequences / step.stepSeconds(0, 0, sequences, sequences * each);
            double more = (sequences + 1) / step.stepSeconds(0, 0, sequences + 1, (sequences + 1) * each);
            assertThat(more).isGreaterThanOrEqualTo(rate * (1 - 1e-9));
        }
    }

    @Test
    void aBetterChipIsNeverSlower() {
        SplittableRandom random = Seeds.random();
        for (int round = 0; round < ROUNDS; round++) {
            Case drawn = draw(random);
            Chip better = better(drawn.chip, 1 + random.nextDouble(), 1 + random.nextDouble());
            ServingStepModel faster = build(better, drawn.model, drawn.deployment, drawn.efficiencies);
            int tokens = random.nextInt(8_192);
            int sequences = random.nextInt(2_000);
            double context = sequences * 1_000.0;
            assertThat(faster.stepSeconds(tokens, tokens * 500.0, sequences, context))
                    .isLessThanOrEqualTo(drawn.step.stepSeconds(tokens, tokens * 500.0, sequences, context));
        }
    }

    private static Chip better(Chip chip, double bandwidth, double arithmetic) {
        return Fixtures.chip(
                chip.id(),
                Fixtures.value(chip.peakFlops().get(Precision.BF16)) / 1e12 * arithmetic,
                Fixtures.value(chip.peakFlops().get(Precision.FP8)) / 1e12 * arithmetic,
                chip.peakFlops().containsKey(Precision.FP4)
                        ? Fixtures.value(chip.peakFlops().get(Precision.FP4)) / 1e12 * arithmetic
                        : 0,
                Fixtures.value(chip.memoryBytes()) / 1e9,
                Fixtures.value(chip.memoryBandwidth()) / 1e12 * bandwidth,
                Fixtures.value(chip.tdpWatts()),
                Fixtures.value(chip.scaleUpBandwidth()) / 1e9,
                8);
    }

    @Test
    void powerLiesBetweenIdleAndDesignPower() {
        SplittableRandom random = Seeds.random();
        for (int round = 0; round < ROUNDS; round++) {
            Case drawn = draw(random);
            int tokens = random.nextInt(2) * random.nextInt(8_192);
            int sequences = 1 + random.nextInt(2_000);
            double context = sequences * 800.0;
            double seconds = drawn.step.stepSeconds(tokens, tokens * 400.0, sequences, context);
            double chips = drawn.step.stepChipJoules(tokens, tokens * 400.0, sequences, context) / seconds;
            assertThat(chips).isGreaterThanOrEqualTo(drawn.step.chipIdleWatts() * (1 - 1e-9));
            assertThat(chips)
                    .isLessThanOrEqualTo(drawn.step.chips() * Fixtures.value(drawn.chip.tdpWatts()) * (1 + 1e-9));
            assertThat(drawn.step.stepJoules(tokens, tokens * 400.0, sequences, context) / seconds)
                    .isGreaterThanOrEqualTo(drawn.step.idleWatts() * (1 - 1e-9));
        }
    }

    @Test
    void anEmptyStepTakesNoTime() {
        ServingStepModel step =
                build(Fixtures.H100, Fixtures.LLAMA_8B, Deployment.tensorParallel(1), Efficiencies.TYPICAL);
        assertThat(step.stepSeconds(0, 0, 0, 0)).isZero();
        assertThat(step.stepJoules(0, 0, 0, 0)).isZero();
    }

    @Test
    void keysAndValuesFillWhatTheWeightsLeave() {
        MemoryRoom room = ServingPhysics.memoryRoom(Fixtures.H100, Fixtures.LLAMA_8B, Deployment.tensorParallel(1));
        double bytes = room.kvTokens() * room.kvBytesPerToken() + room.weightsBytes() + room.reservedBytes();
        assertThat(bytes).isCloseTo(room.usableBytes(), withinPercentage(0.01));
        MemoryRoom two = ServingPhysics.memoryRoom(Fixtures.H100, Fixtures.LLAMA_8B, Deployment.tensorParallel(2));
        assertThat(two.kvTokens()).isGreaterThan(2 * room.kvTokens());
    }

    @Test
    void latentCacheIsNotSharedByTensorParallelism() {
        Deployment eight = new Deployment(8, 1, 1, 1, Precision.FP8, Precision.FP8, Engine.SGLANG);
        Deployment copies = new Deployment(1, 1, 8, 8, Precision.FP8, Precision.FP8, Engine.SGLANG);
        Chip chip = Fixtures.B200;
        long shared =
                ServingPhysics.memoryRoom(chip, Fixtures.DEEPSEEK_R1, eight).kvTokens();
        long spread =
                ServingPhysics.memoryRoom(chip, Fixtures.DEEPSEEK_R1, copies).kvTokens();
        assertThat((double) spread).isCloseTo(8.0 * shared, within(3.0 * shared));
    }

    @Test
    void aModelThatDoesNotFitSaysByHowMuch() {
        assertThatThrownBy(() -> ServingPhysics.stepModel(
                        Fixtures.H100,
                        Fixtures.LLAMA_70B,
                        Deployment.tensorParallel(1),
                        EngineLimits.of(Engine.VLLM),
                        Efficiencies.TYPICAL,
                        Decoding.GREEDY,
                        Provenance.UNCALIBRATED))
                .isInstanceOf(PhysicsException.class)
                .hasMessageContaining("llama-3.1-70b does not fit on 1 × h100-sxm")
                .hasMessageContaining("each chip needs")
                .hasMessageContaining("Maybe use more chips");
    }
}
