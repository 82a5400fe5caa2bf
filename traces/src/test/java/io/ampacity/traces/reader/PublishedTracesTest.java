package io.ampacity.traces.reader;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.ampacity.testing.SharedData;
import io.ampacity.traces.RequestSource;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** Counts and means are those the publishers state in their descriptions of the data. */
class PublishedTracesTest {

    private record Totals(long requests, double meanPrompt, double meanOutput, double lastArrival, long blocks) {}

    private static Totals read(Path file) {
        try (RequestSource source = Traces.open(file)) {
            long requests = 0;
            long prompts = 0;
            long outputs = 0;
            long blocks = 0;
            double last = 0;
            while (source.next()) {
                assertThat(source.arrivalSeconds()).isGreaterThanOrEqualTo(last);
                last = source.arrivalSeconds();
                requests++;
                prompts += source.promptTokens();
                outputs += source.outputTokens();
                blocks += source.prefixBlocks();
                if (source.prefixBlockTokens() > 0) {
                    assertThat(source.prefixBlocks())
                            .isEqualTo(Math.ceilDiv(source.promptTokens(), source.prefixBlockTokens()));
                }
            }
            return new Totals(requests, prompts / (double) requests, outputs / (double) requests, last, blocks);
        }
    }

    @Test
    void azureConversationHasEveryRequest() {
        Totals totals = read(SharedData.at("Azure_AzurePublicDataset/data/AzureLLMInferenceTrace_conv.csv"));
        assertThat(totals.requests()).isEqualTo(19_366);
        // From 18:15:46.6805900 to 19:14:08.4025270.
        assertThat(totals.lastArrival()).isCloseTo(3501.721937, within(1e-6));
    }

    @Test
    void azureCodeHasEveryRequest() {
        Totals totals = read(SharedData.at("Azure_AzurePublicDataset/data/AzureLLMInferenceTrace_code.csv"));
        assertThat(totals.requests()).isEqualTo(8_819);
    }

    @Test
    void mooncakeConversationHasThePublishedMeans() {
        Totals totals = read(SharedData.at("kvcache-ai_Mooncake/FAST25-release/traces/conversation_trace.jsonl"));
        assertThat(totals.requests()).isEqualTo(12_031);
        assertThat(totals.meanPrompt()).isCloseTo(12_035, within(1.0));
        assertThat(totals.meanOutput()).isCloseTo(343, within(1.0));
    }

    @Test
    void mooncakeSyntheticHasThePublishedMeans() {
        Totals totals = read(SharedData.at("kvcache-ai_Mooncake/FAST25-release/traces/synthetic_trace.jsonl"));
        assertThat(totals.requests()).isEqualTo(3_993);
        assertThat(totals.meanPrompt()).isCloseTo(15_325, within(1.0));
        assertThat(totals.meanOutput()).isCloseTo(149, within(1.0));
        assertThat(totals.blocks()).isPositive();
    }
}
