package io.ampacity.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** Replays on replicas described on the command line. */
final class SimulateCommandTest {

    @TempDir
    @SuppressWarnings("NullAway.Init") // JUnit sets it
    private Path folder;

    private Path trace(String... rows) throws IOException {
        Path trace = folder.resolve("trace.csv");
        Files.write(
                trace,
                Stream.concat(Stream.of("arrival_s,prompt_tokens,output_tokens"), Stream.of(rows))
                        .toList());
        return trace;
    }

    private static CommandLineRun run(Path trace, String... more) {
        List<String> line =
                List.of("simulate", "--model", "llama-3.1-8b", "--chip", "h100-sxm", "--trace", trace.toString());
        return CommandLineRun.of(Stream.concat(line.stream(), Stream.of(more)).toArray(String[]::new));
    }

    @Test
    void everyPromisedKeyIsThere() throws IOException {
        JsonNode result = run(trace("0,100,10", "1,200,20"), "--json").json();

        for (String key : new String[] {
            "requests",
            "promptTokens",
            "outputTokens",
            "simulatedSeconds",
            "wallSeconds",
            "peakMemoryBytes",
            "timeToFirstTokenSeconds",
            "timePerOutputTokenSeconds",
            "interTokenLatencySeconds",
            "endToEndSeconds",
            "sloAttainment",
            "energyJoules",
            "carbonGrams",
            "waterLitres",
            "costUsd",
            "bySupplier"
        }) {
            assertThat(result.has(key)).as(key).isTrue();
        }
        for (String key : new String[] {"mean", "p50", "p90", "p95", "p99", "max"}) {
            assertThat(result.get("endToEndSeconds").get(key).asDouble())
                    .as(key)
                    .isPositive();
        }
        assertThat(result.get("promptTokens").asLong()).isEqualTo(300);
        assertThat(result.get("outputTokens").asLong()).isEqualTo(30);
    }

    @Test
    void everyRequestHasARow() throws IOException {
        Path rows = folder.resolve("rows.csv");
        CommandLineRun run = run(trace("0,100,10", "1,200,20"), "--per-request", rows.toString());

        assertThat(run.exitCode()).isZero();
        List<String> lines = Files.readAllLines(rows);
        assertThat(lines.getFirst())
                .startsWith("id,arrival_s,first_token_s,last_token_s,prompt_tokens,output_tokens,pool");
        assertThat(lines).hasSize(3);
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .containsExactlyInAnyOrder("trace.csv", "rows.csv");
        }
    }

    @Test
    void aTraceWithoutRequestsIsReplayedWithAWarning() throws IOException {
        CommandLineRun run = run(trace(), "--json");

        assertThat(run.exitCode()).isZero();
        assertThat(run.json().get("requests").get("arrived").asLong()).isZero();
        assertThat(run.err()).contains("no request");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "--speed 0",
                "--speed NaN",
                "--speed -1",
                "--replicas 0",
                "--replicas 99999999999",
                "--router nobody",
                "--fail supplier:nobody@0s+1s",
                "--fail nonsense",
                "--fail worst",
                "--threads 0",
                "--max-num-seqs 0",
                "--max-batched-tokens 0",
                "--kv-tokens 0",
                "--ttft -1s",
                "--ttft 1",
                "--ttft 1s --attainment 200",
                "--tensor-parallel 3",
                "--pipeline-parallel 4000",
                "--period 2027-Q1",
                "--repeat 0",
                "--limit 0",
                "--per-request /",
                "--per-request /no/such/folder/x.csv",
                "--html /no/such/folder/x.html",
                "--model nothing",
                "--model nothing.json",
                "--trace-format burstgpt"
            })
    void whatCannotBeReplayedIsBadInputWithAdvice(String more) throws IOException {
        CommandLineRun run = run(trace("0,100,10"), more.split(" ", -1));

        assertThat(run.exitCode()).as(run.err()).isEqualTo(2);
        assertThat(run.out()).isEmpty();
        assertThat(run.err()).doesNotContain("should not happen").doesNotContain(".part");
    }

    @ParameterizedTest
    @ValueSource(strings = {"-1,5,5", "NaN,5,5", "0,NaN,5", "0,-5,5", "0,5", "0,99999999999999,5", "\u0000\u0001"})
    void aRowThatIsNoneIsBadInput(String row) throws IOException {
        CommandLineRun run = run(trace(row), "--json");

        assertThat(run.exitCode()).as(run.err()).isEqualTo(2);
        assertThat(run.json().get("errors")).isNotEmpty();
    }

    @Test
    void aModelOfOnesOwnRunsFromItsConfig() throws IOException {
        Path config = folder.resolve("config.json");
        Files.writeString(config, """
                {"architectures": ["LlamaForCausalLM"], "model_type": "llama", "hidden_size": 2048, "num_hidden_layers": 16,
                 "num_attention_heads": 32, "num_key_value_heads": 8, "intermediate_size": 8192, "vocab_size": 128256,
                 "torch_dtype": "bfloat16", "max_position_embeddings": 131072}
                """);
        CommandLineRun run = run(trace("0,100,10"), "--json");
        CommandLineRun own = CommandLineRun.of(
                "simulate",
                "--model",
                config.toString(),
                "--chip",
                "h100-sxm",
                "--trace",
                folder.resolve("trace.csv").toString(),
                "--json");

        assertThat(own.exitCode()).as(own.err()).isZero();
        assertThat(own.json().get("endToEndSeconds").get("mean").asDouble())
                .isLessThan(run.json().get("endToEndSeconds").get("mean").asDouble());
    }

    @Test
    void aTurkishLocaleChangesNothing() throws IOException {
        java.util.Locale before = java.util.Locale.getDefault();
        Path trace = trace("0,100,10");
        String usual = withoutTimes(run(trace, "--json", "--precision", "FP8", "--router", "ROUND-ROBIN"));
        try {
            java.util.Locale.setDefault(java.util.Locale.of("tr", "TR"));
            assertThat(withoutTimes(run(trace, "--json", "--precision", "FP8", "--router", "ROUND-ROBIN")))
                    .isEqualTo(usual);
        } finally {
            java.util.Locale.setDefault(before);
        }
    }

    private static String withoutTimes(CommandLineRun run) {
        return run.exitCode() + run.out().replaceAll("\"(wallSeconds|peakMemoryBytes)\" : [^,\\n]*", "");
    }
}
