package io.ampacity.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.ampacity.routing.policy.RoutingPolicies;
import io.ampacity.scenario.ServiceLevelObjective;
import io.ampacity.simulator.failure.Failure;
import io.ampacity.simulator.fleet.Fleet;
import io.ampacity.simulator.replica.EngineSettings;
import io.ampacity.simulator.report.Distribution;
import io.ampacity.simulator.report.SimulationResult;
import io.ampacity.testing.SharedData;
import io.ampacity.traces.Limited;
import io.ampacity.traces.RequestSource;
import io.ampacity.traces.Scaled;
import io.ampacity.traces.reader.Traces;
import io.ampacity.units.TimeSpan;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Real traces: fast-forward against step by step, with failures, a tight cache and named prefixes. */
class RealTraceTest {

    @ParameterizedTest
    @CsvSource({
        "Azure_AzurePublicDataset/data/AzureLLMInferenceTrace_conv.csv, 4, 60000, false",
        "Azure_AzurePublicDataset/data/AzureLLMInferenceTrace_conv.csv, 12, 400000, true",
        "Azure_AzurePublicDataset/data/AzureLLMInferenceTrace_code.csv, 4, 100000, true",
        "kvcache-ai_Mooncake/FAST25-release/traces/conversation_trace.jsonl, 0.3, 1500000, false",
        "kvcache-ai_Mooncake/FAST25-release/traces/synthetic_trace.jsonl, 0.5, 900000, true"
    })
    void bothWaysAgree(String file, double speed, long kvTokens, boolean fails) {
        Path trace = SharedData.at(file);
        SimulationResult fast = run(trace, speed, kvTokens, fails, false);
        SimulationResult slow = run(trace, speed, kvTokens, fails, true);
        assertThat(fast.requests()).isEqualTo(slow.requests());
        assertThat(fast.outputTokens()).isEqualTo(slow.outputTokens());
        assertThat(fast.wastedTokens()).isEqualTo(slow.wastedTokens());
        assertThat(fast.byPool().getFirst().preemptions())
                .isEqualTo(slow.byPool().getFirst().preemptions());
        assertThat(fast.byPool().getFirst().cachedTokens())
                .isEqualTo(slow.byPool().getFirst().cachedTokens());
        assertThat(fast.energyJoules()).isCloseTo(slow.energyJoules(), within(1e-7 * slow.energyJoules()));
        alike(fast.timeToFirstTokenSeconds(), slow.timeToFirstTokenSeconds());
        alike(fast.timePerOutputTokenSeconds(), slow.timePerOutputTokenSeconds());
        alike(fast.interTokenLatencySeconds(), slow.interTokenLatencySeconds());
        alike(fast.endToEndSeconds(), slow.endToEndSeconds());
        assertThat(fast.sloAttainment()).isEqualTo(slow.sloAttainment());
        if (file.contains("Mooncake")) {
            assertThat(fast.byPool().getFirst().cachedTokens()).isPositive();
        }
    }

    private static void alike(Distribution fast, Distribution slow) {
        assertThat(fast.count()).isEqualTo(slow.count());
        assertThat(fast.mean()).isCloseTo(slow.mean(), within(1e-7 * slow.mean()));
        assertThat(fast.p50()).isCloseTo(slow.p50(), within(2e-3 * slow.p50()));
        assertThat(fast.p99()).isCloseTo(slow.p99(), within(2e-3 * slow.p99()));
        assertThat(fast.max()).isCloseTo(slow.max(), within(1e-6 * slow.max()));
    }

    private static SimulationResult run(Path trace, double speed, long kvTokens, boolean fails, boolean stepByStep) {
        Fleet fleet = Fleet.onePool(
                AffineModel.typical().withKvTokens(kvTokens),
                3,
                EngineSettings.LARGE.withMaxNumSeqs(256).withStepByStep(stepByStep),
                new ServiceLevelObjective(new TimeSpan(1), new TimeSpan(0.03), 0.95));
        List<Failure> failures = fails
                ? List.of(Failure.parse("replica:pool#1@30s+60s"), Failure.parse("pool:pool@100s+60s,slow=2"))
                : List.of();
        try (RequestSource source =
                new Limited(new Scaled(Traces.open(trace), speed), 3000, Double.POSITIVE_INFINITY)) {
            return Simulation.of(fleet)
                    .with(SimulationSettings.STANDARD
                            .withRouter(RoutingPolicies.LEAST_OUTSTANDING)
                            .withFailures(failures))
                    .run(source);
        }
    }
}
