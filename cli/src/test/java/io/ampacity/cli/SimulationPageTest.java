package io.ampacity.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The page of a replay tells of each feature that was used, and of no other. */
class SimulationPageTest {

    @TempDir
    @SuppressWarnings("NullAway.Init") // set by JUnit
    Path folder;

    private String page(String... more) throws IOException {
        Path trace = folder.resolve("trace.csv");
        List<String> rows = new ArrayList<>(List.of("arrival_s,prompt_tokens,output_tokens"));
        for (int i = 0; i < 300; i++) {
            rows.add(i * 0.05 + "," + (100 + i * 37 % 1000) + "," + (50 + i * 13 % 300));
        }
        Files.write(trace, rows);
        Path html = folder.resolve("page.html");
        List<String> line = new ArrayList<>(List.of("simulate", "--model", "llama-3.1-8b", "--chip", "h100-sxm"));
        line.addAll(List.of("--replicas", "4", "--trace", trace.toString(), "--html", html.toString(), "--quiet"));
        line.addAll(List.of(more));
        CommandLineRun run = CommandLineRun.of(line.toArray(String[]::new));
        assertThat(run.exitCode()).as(run.err()).isZero();
        return Files.readString(html);
    }

    @Test
    void aPlainReplayTellsOfNoFeature() throws IOException {
        assertThat(page())
                .contains("Pools")
                .doesNotContain(
                        "Priority classes",
                        "Second tries",
                        "Autoscaling",
                        "Jobs in valleys",
                        "Prompts and answers apart",
                        "Offload tiers",
                        "Moved requests",
                        "Limits on power");
    }

    @Test
    void featuresHaveTheirSections() throws IOException {
        assertThat(page("--scheduler", "priority", "--class", "a,share=50%", "--class", "b,share=50%,priority=2"))
                .contains("Priority classes");
        assertThat(page("--hedge", "1 ms")).contains("Second tries");
        assertThat(page("--scale", "plan,at=0s:2,max=4,every=2s", "--job", "batch,tasks=3,work=2s"))
                .contains("Autoscaling", "Jobs in valleys", "3 of 3");
        assertThat(page("--disaggregate", "1,link=50GB/s", "--offload", "host,room=100GB,link=50GB/s"))
                .contains("Prompts and answers apart", "1 + 3", "Offload tiers");
        assertThat(page("--power-cap", "pool:pool=2 kW", "--fail", "pool:pool@5s+5s,notice=100ms"))
                .contains("Limits on power", "pool:pool", "Moved requests");
    }
}
