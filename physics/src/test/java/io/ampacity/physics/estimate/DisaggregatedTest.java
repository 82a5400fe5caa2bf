package io.ampacity.physics.estimate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assertions.withinPercentage;

import io.ampacity.facts.Deployment;
import io.ampacity.physics.Decoding;
import io.ampacity.physics.Efficiencies;
import io.ampacity.physics.EfficiencyTable;
import io.ampacity.physics.EngineLimits;
import io.ampacity.physics.Fixtures;
import io.ampacity.physics.Provenance;
import io.ampacity.physics.ServingPhysics;
import io.ampacity.physics.ServingStepModel;
import io.ampacity.testing.Seeds;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Prompts read on some workers, tokens decoded on others. */
class DisaggregatedTest {

    private static final Deployment WORKER = Deployment.tensorParallel(2);
    private static final double TRANSFER = 2e-6;

    private final Estimator estimator = new Estimator(new ServingPhysics(EfficiencyTable.empty()));

    private static ServingStepModel step() {
        return ServingPhysics.stepModel(
                Fixtures.H100,
                Fixtures.LLAMA_8B,
                WORKER,
                EngineLimits.of(Fixtures.H100, WORKER),
                Efficiencies.TYPICAL,
                Decoding.GREEDY,
                Provenance.UNCALIBRATED);
    }

    private static SplitLoop.Result run(int prefillers, int decoders, int prompt, int output, int clients) {
        return new SplitLoop(
                        step(),
                        prefillers,
                        8192,
                        step(),
                        decoders,
                        TRANSFER,
                        Lengths.fixed(prompt, output),
                        clients,
                        4 * clients)
                .run();
    }

    private SplitEstimate estimate(int prefillers, int decoders, int clients) {
        return estimator.disaggregated(
                new Pool(Fixtures.H100, WORKER, prefillers),
                new Pool(Fixtures.H100, WORKER, decoders),
                Fixtures.LLAMA_8B,
                Lengths.fixed(1000, 200),
                clients);
    }

    @Test
    void aLonelyRequestTakesTheSumOfItsParts() {
        ServingStepModel step = step();
        int prompt = 3000;
        int output = 101;
        SplitLoop.Result result = run(1, 1, prompt, output, 1);
        double first = step.arrivalOverheadSeconds()
                + prompt * step.readingSecondsPerToken()
                + step.stepSeconds(prompt, prompt * (prompt / 2.0), 0, 0)
                + prompt * TRANSFER
                + step.tokenOverheadSeconds();
        double tokens = 0;
        for (int token = 0; token < output - 1; token++) {
            tokens += step.stepSeconds(0, 0, 1, prompt + 1.0 + token);
        }
        assertThat(result.firstTokenSeconds()).isCloseTo(first, withinPercentage(1e-6));
        assertThat(result.tokenSeconds()).isCloseTo(tokens / (output - 1), withinPercentage(1e-6));
        assertThat(result.endToEndSeconds()).isCloseTo(first + tokens, withinPercentage(1e-6));
    }

    @Test
    void clientsInTheLoopAreRateTimesStay() {
        SplittableRandom random = Seeds.random();
        for (int round = 0; round < 20; round++) {
            int clients = 1 + random.nextInt(60);
            int output = 50 + random.nextInt(200);
            SplitLoop.Result result =
                    run(1 + random.nextInt(3), 1 + random.nextInt(3), 200 + random.nextInt(3000), output, clients);
            double inside = result.outputTokensPerSecond() / output * result.endToEndSeconds();
            // The last wave drains, so that fewer than all clients are inside towards the end.
            assertThat(inside).isBetween(0.7 * clients, clients * (1 + 1e-9));
            assertThat(result.prefillBusy()).isBetween(0.0, 1 + 1e-9);
            assertThat(result.runningSequences()).isLessThanOrEqualTo(clients);
        }
    }

    @Test
    void aRateIsNeverAboveWhatThePromptsAllow() {
        ServingStepModel step = step();
        SplitLoop.Result result = run(1, 8, 4000, 20, 64);
        double promptsPerSecond = 2 / step.stepSeconds(8000, 2 * 4000 * 2000.0, 0, 0);
        assertThat(result.prefillBusy()).isGreaterThan(0.8);
        assertThat(result.outputTokensPerSecond()).isLessThanOrEqualTo(20 * promptsPerSecond * (1 + 1e-9));
        assertThat(result.outputTokensPerSecond()).isGreaterThan(0.7 * 20 * promptsPerSecond);
    }

    @Test
    void moreWorkersOfAKindShortenWhatThatKindDoes() {
        SplitEstimate one = estimate(1, 1, 64);
        assertThat(estimate(4, 1, 64).timeToFirstTokenSeconds().value())
                .isLessThan(one.timeToFirstTokenSeconds().value());
        assertThat(estimate(1, 4, 64).interTokenLatencySeconds().value())
                .isLessThan(one.interTokenLatencySeconds().value());
    }

    @Test
    void promptsDoNotDisturbDecoding() {
        SplitEstimate split = estimate(2, 2, 32);
        Estimate together =
                estimator.closedLoop(Fixtures.H100, Fixtures.LLAMA_8B, WORKER, Lengths.fixed(1000, 200), 16);
        assertThat(split.interTokenLatencySeconds().value())
                .isLessThan(together.interTokenLatencySeconds().value());
    }

    @Test
    void keysAndValuesCrossTheLinkOfTheDomainOrTheNetwork() {
        double near = estimate(1, 1, 4).transferSeconds();
        double far = estimate(4, 4, 4).transferSeconds();
        double bytes = 1000.0 * step().memoryRoom().kvBytesPerToken();
        assertThat(near).isCloseTo(bytes / (2 * 450e9 * Efficiencies.TYPICAL.link()), withinPercentage(0.1));
        assertThat(far).isGreaterThan(5 * near);
    }

    @Test
    void powerLiesBetweenIdleAndDesignPower() {
        SplitEstimate estimate = estimate(2, 3, 50);
        double watts = estimate.averagePowerWatts().value();
        int chips = 10;
        assertThat(watts).isBetween(chips * 0.1 * 700, chips * 700.0);
        assertThat(estimate.energyPerOutputTokenJoules().value())
                .isCloseTo(watts / estimate.outputTokensPerSecond().value(), within(1e-9));
    }

    @Test
    void anEmptyPoolIsRefused() {
        assertThatThrownBy(() -> new Pool(Fixtures.H100, WORKER, 0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("a pool of 0 workers serves nobody");
    }
}
