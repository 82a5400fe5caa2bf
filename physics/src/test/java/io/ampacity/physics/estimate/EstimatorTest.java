package io.ampacity.physics.estimate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.withinPercentage;

import io.ampacity.facts.Deployment;
import io.ampacity.facts.Engine;
import io.ampacity.facts.Precision;
import io.ampacity.physics.Decoding;
import io.ampacity.physics.Efficiencies;
import io.ampacity.physics.EngineLimits;
import io.ampacity.physics.Fixtures;
import io.ampacity.physics.PhysicsException;
import io.ampacity.physics.Provenance;
import io.ampacity.physics.ServingPhysics;
import io.ampacity.physics.ServingStepModel;
import org.junit.jupiter.api.Test;

class EstimatorTest {

    private static final Estimator ESTIMATOR = new Estimator(ServingPhysics.shipped());
    private static final Deployment FOUR = Deployment.tensorParallel(4);

    private static Estimate loop(int clients) {
        return ESTIMATOR.closedLoop(Fixtures.H100, Fixtures.LLAMA_70B, FOUR, Lengths.fixed(1024, 256), clients);
    }

    @Test
    void littlesLawHoldsInAClosedLoop() {
        for (int clients : new int[] {1, 4, 16, 64}) {
            Estimate estimate = loop(clients);
            double requests = estimate.outputTokensPerSecond().value() / 256;
            assertThat(requests * estimate.endToEndSeconds().value()).isCloseTo(clients, withinPercentage(25));
        }
    }

    @Test
    void oneClientSeesThePromptStepThenDecodeSteps() {
        EngineLimits limits = EngineLimits.of(Engine.VLLM);
        ServingStepModel step = ServingPhysics.stepModel(
                Fixtures.H100,
                Fixtures.LLAMA_70B,
                FOUR,
                limits,
                Efficiencies.TYPICAL,
                Decoding.GREEDY,
                Provenance.UNCALIBRATED);
        ClosedLoop.Result result = new ClosedLoop(step, limits, Lengths.fixed(1000, 101), 1, 1, 1, 0).run();
        double prompt =
                step.stepSeconds(result.firstPrompt(), result.firstPrompt() * (result.firstPrompt() / 2.0), 0, 0);
        assertThat(result.firstWaveTokenSeconds())
                .isCloseTo(
                        prompt
                                + step.arrivalOverheadSeconds()
                                + result.firstPrompt() * step.readingSecondsPerToken()
                                + step.tokenOverheadSeconds()
                                + 1e-3,
                        withinPercentage(1));
        double decode = step.stepSeconds(0, 0, 1, 1040);
        assertThat(result.meanTokenSeconds()).isCloseTo(decode, withinPercentage(2));
    }

    @Test
    void moreClientsRaiseTheRateAndTheWait() {
        double rate = 0;
        double gap = 0;
        for (int clients : new int[] {1, 2, 8, 32, 128}) {
            Estimate estimate = loop(clients);
            assertThat(estimate.outputTokensPerSecond().value()).isGreaterThan(rate);
            assertThat(estimate.interTokenLatencySeconds().value()).isGreaterThan(gap);
            rate = estimate.outputTokensPerSecond().value();
            gap = estimate.interTokenLatencySeconds().value();
        }
    }

    @Test
    void everyBandHoldsItsValue() {
        Estimate estimate =
                ESTIMATOR.batch(Fixtures.H100, Fixtures.LLAMA_8B, Deployment.tensorParallel(1), 200, 400, 64);
        for (Banded banded : new Banded[] {
            estimate.timeToFirstTokenSeconds(),
            estimate.interTokenLatencySeconds(),
            estimate.outputTokensPerSecond(),
            estimate.averagePowerWatts(),
            estimate.energyPerOutputTokenJoules()
        }) {
            assertThat(banded.low()).isPositive().isLessThanOrEqualTo(banded.value());
            assertThat(banded.high()).isGreaterThanOrEqualTo(banded.value());
        }
        assertThat(estimate.energyPerOutputTokenJoules().value())
                .isCloseTo(
                        estimate.averagePowerWatts().value()
                                / estimate.outputTokensPerSecond().value(),
                        withinPercentage(1e-6));
    }

    @Test
    void aBatchBeyondTheRoomIsBoundByIt() {
        Estimate estimate =
                ESTIMATOR.batch(Fixtures.H100, Fixtures.LLAMA_8B, Deployment.tensorParallel(1), 8000, 400, 2000);
        assertThat(estimate.binding().id()).isEqualTo("kv-room");
        assertThat(estimate.runningSequences()).isLessThan(2000);
    }

    @Test
    void aModelThatIsTooLargeIsRefused() {
        assertThatThrownBy(() -> ESTIMATOR.batch(
                        Fixtures.H100,
                        Fixtures.DEEPSEEK_R1,
                        new Deployment(8, 1, 1, 1, Precision.BF16, Precision.BF16, Engine.SGLANG),
                        100,
                        100,
                        1))
                .isInstanceOf(PhysicsException.class)
                .hasMessageContaining("does not fit");
    }
}
