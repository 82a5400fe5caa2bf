package io.ampacity.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.ampacity.testing.SharedData;
import io.ampacity.traces.RequestSource;
import io.ampacity.traces.description.TraceDescription;
import io.ampacity.traces.reader.Traces;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Objects;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** Real traffic is planned for, and replayed on the plan with its largest supplier and its largest site lost. */
class RealTraceProofTest {

    @TempDir
    private Path folder;

    @ParameterizedTest
    @CsvSource({
        "Azure_AzurePublicDataset/data/AzureLLMInferenceTrace_conv.csv, 40",
        "Azure_AzurePublicDataset/data/AzureLLMInferenceTrace_code.csv, 40",
        "kvcache-ai_Mooncake/FAST25-release/traces/conversation_trace.jsonl, 6",
    })
    void aPlanForARealTraceSurvivesTheLossOfItsLargestSupplier(String file, double requestsPerSecond) throws Exception {
        Path trace = SharedData.at(file);
        Lengths prompts = new Lengths();
        Lengths outputs = new Lengths();
        TraceDescription description;
        try (RequestSource source = Traces.open(trace)) {
            while (source.next()) {
                prompts.add(source.promptTokens());
                outputs.add(source.outputTokens());
            }
            source.rewind();
            description = TraceDescription.of(source);
        }
        // Variation beyond this comes from quiet minutes between busy ones, which the replayed rate already bears.
        double burstiness = Math.clamp(Objects.requireNonNull(description.gapVariation()), 1, 3);
        Path scenario = folder.resolve("scenario.yaml");
        Files.writeString(
                scenario, String.format(Locale.ROOT, """
                ampacity: 1
                name: real-trace
                horizon: {start: 2027-01, period: quarter, periods: 4, discount-rate: 8 %%}
                suppliers:
                  aws: {regions: [aws:eu-north-1], chips: [h100-sxm, h200-sxm], contracts: [on-demand]}
                  nebius: {regions: [nebius:eu-north1], chips: [h100-sxm, h200-sxm], contracts: [on-demand]}
                  gcp: {regions: [gcp:europe-west4], chips: [h100-sxm], contracts: [on-demand]}
                workloads:
                  chat:
                    model: llama-3.1-70b
                    precision: fp8
                    traffic:
                      rate: %s /s
                      peak-to-mean: 1
                      burstiness: %.2f
                      prompt-tokens: %s
                      output-tokens: %s
                      trace: "%s"
                    objective: {time-to-first-token: 4 s, time-per-output-token: 80 ms, attainment: 90 %%}
                policy:
                  supplier-share-cap: 60 %%
                  survive: [{loss: supplier, service: 90 %%}]
                """, requestsPerSecond, burstiness, prompts, outputs, trace));

        Path plan = folder.resolve("plan.json");
        assertThat(CommandLineRun.of("plan", scenario.toString(), "--gap", "1 %", "--out", plan.toString(), "--quiet")
                        .exitCode())
                .isZero();
        CommandLineRun replay = CommandLineRun.of(
                "simulate", plan.toString(), "--duration", "10 min", "--fail", "worst", "--json", "--quiet");

        assertThat(replay.exitCode()).isZero();
        JsonNode result = replay.json();
        assertThat(result.path("requests").path("arrived").asLong()).isGreaterThan((long) (requestsPerSecond * 100));
        JsonNode window = result.path("failures").get(0);
        assertThat(window.path("failure").asString()).startsWith("supplier:");
        assertThat(window.path("before").path("sloAttainment").asDouble()).isGreaterThanOrEqualTo(0.90);
        assertThat(window.path("during").path("sloAttainment").asDouble()).isGreaterThanOrEqualTo(0.90 * 0.90);
        assertThat(window.path("after").path("sloAttainment").asDouble()).isGreaterThanOrEqualTo(0.90);
    }

    /** Mean, variation and maximum of lengths, as the language of scenarios writes them. */
    private static final class Lengths {
        private long count;
        private double sum;
        private double squares;
        private int maximum;

        void add(int length) {
            count++;
            sum += length;
            squares += (double) length * length;
            maximum = Math.max(maximum, length);
        }

        @Override
        public String toString() {
            double mean = sum / count;
            double variance = Math.max(0, squares / count - mean * mean);
            return String.format(
                    Locale.ROOT, "{mean: %.1f, cv: %.3f, maximum: %d}", mean, Math.sqrt(variance) / mean, maximum);
        }
    }
}
