package io.ampacity.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DraftAndAdapterOptionsTest {

    @TempDir
    @SuppressWarnings("NullAway.Init") // set by JUnit
    Path folder;

    private CommandLineRun run(String... more) throws IOException {
        Path trace = folder.resolve("trace.csv");
        List<String> rows = new ArrayList<>(List.of("arrival_s,prompt_tokens,output_tokens"));
        for (int i = 0; i < 50; i++) {
            rows.add(i * 0.2 + "," + (100 + i * 37 % 1000) + "," + (50 + i * 13 % 100));
        }
        Files.write(trace, rows);
        List<String> line = new ArrayList<>(List.of(
                "simulate", "--model", "llama-3.1-8b", "--chip", "h100-sxm", "--trace", trace.toString(), "--json"));
        line.addAll(List.of(more));
        return CommandLineRun.of(line.toArray(String[]::new));
    }

    private double tokenSeconds(String... more) throws IOException {
        return run(more).json().get("timePerOutputTokenSeconds").get("mean").asDouble();
    }

    @Test
    void draftsThatAreAcceptedSaveTime() throws IOException {
        double plain = tokenSeconds();
        assertThat(tokenSeconds("--speculative-tokens", "3")).isLessThan(0.6 * plain);
        assertThat(tokenSeconds("--speculative-tokens", "3", "--acceptance", "0"))
                .isGreaterThan(plain);
    }

    @Test
    void adaptersCostTime() throws IOException {
        assertThat(tokenSeconds("--lora-rank", "64", "--lora-adapters", "50")).isGreaterThan(tokenSeconds());
    }

    @Test
    void whatMakesNoSenseIsRefused() throws IOException {
        assertThat(run("--acceptance", "0.5").exitCode()).isEqualTo(ExitCode.BAD_INPUT);
        assertThat(run("--speculative-tokens", "3", "--acceptance", "1.5").err())
                .contains("0 to 1");
        assertThat(run("--speculative-tokens", "0").exitCode()).isEqualTo(ExitCode.BAD_INPUT);
        assertThat(run("--lora-adapters", "4").err()).contains("--lora-rank");
        assertThat(run("--lora-rank", "64", "--lora-adapters", "100000").err()).contains("KV cache");
    }
}
