package io.ampacity.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Plan and replay in turn, from the scenario file to the verdict. */
class TighteningTest {

    @TempDir
    private Path folder;

    private JsonNode proven(int milliseconds) throws IOException {
        Path scenario = folder.resolve("tight-" + milliseconds + ".yaml");
        Files.writeString(scenario, """
                ampacity: 1
                name: tight
                horizon: {start: 2027-01, period: quarter, periods: 1}
                suppliers:
                  aws: {regions: [aws:us-east-1], chips: [h100-sxm], contracts: [on-demand]}
                workloads:
                  chat:
                    kind: serving
                    model: llama-3.1-8b
                    traffic: {rate: 12 /s, peak-to-mean: 2, burstiness: 2, prompt-tokens: {mean: 2000}, output-tokens: {mean: 300}}
                    objective: {time-to-first-token: %d ms, time-per-output-token: 25 ms, attainment: 95 %%}
                """.formatted(milliseconds));
        CommandLineRun run =
                CommandLineRun.of("plan", scenario.toString(), "--prove", "--duration", "4 min", "--json", "--quiet");
        JsonNode document = run.json();
        assertThat(document.get("rounds").asInt()).isBetween(1, 3);
        boolean holds = document.get("verdict").asString().equals("It holds");
        assertThat(run.exitCode()).as(run.err()).isEqualTo(holds ? 0 : 1);
        return document;
    }

    @Test
    void theLoopEndsWhenThePaperSaysThatThePlanHoldsOrAfterThreeRounds() throws IOException {
        int tightened = 0;
        for (int milliseconds : new int[] {170, 190, 220, 280, 400}) {
            JsonNode document = proven(milliseconds);
            boolean holds = document.get("verdict").asString().equals("It holds");
            int rounds = document.get("rounds").asInt();
            JsonNode margin = document.get("margins").get("chat");
            assertThat(holds || rounds == 3)
                    .as("%d ms ended after %d rounds", milliseconds, rounds)
                    .isTrue();
            assertThat(margin != null).isEqualTo(rounds > 1);
            if (margin != null) {
                tightened++;
                assertThat(margin.asDouble()).isBetween(0.02, 0.5);
                JsonNode placed = document.get("placement").get(0);
                assertThat(placed.get("capacityRequestsPerSecond").asDouble())
                        .isGreaterThanOrEqualTo((1 + margin.asDouble())
                                * placed.get("peakRequestsPerSecond").asDouble()
                                * (1 - 1e-6));
            }
        }
        assertThat(tightened).isPositive();
    }
}
