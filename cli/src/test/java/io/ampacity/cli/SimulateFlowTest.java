package io.ampacity.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** How requests find replicas, halves on other chips, and jobs on pools of fixed size, by the command line. */
final class SimulateFlowTest {

    @TempDir
    @SuppressWarnings("NullAway.Init") // JUnit sets it
    private Path folder;

    @SuppressWarnings("NullAway.Init") // the test below sets it
    private Path trace;

    @BeforeEach
    void fiveHundredRequestsInFiveSeconds() throws IOException {
        trace = folder.resolve("trace.csv");
        Files.write(
                trace,
                Stream.concat(
                                Stream.of("arrival_s,prompt_tokens,output_tokens"),
                                Stream.iterate(0, i -> i < 500, i -> i + 1).map(i -> i / 100.0 + ",1000,200"))
                        .toList());
    }

    private CommandLineRun run(String... more) {
        List<String> line = List.of(
                "simulate",
                "--model",
                "llama-3.1-8b",
                "--chip",
                "h100-sxm",
                "--price",
                "2",
                "--trace",
                trace.toString());
        return CommandLineRun.of(Stream.concat(line.stream(), Stream.of(more)).toArray(String[]::new));
    }

    @Test
    void retriesAndWhatAPoolTakesAreAsAsked() {
        String failure = "replica:pool#0@2s+1h";
        JsonNode usual =
                run("--replicas", "3", "--fail", failure, "--json").json().get("requests");
        JsonNode never = run("--replicas", "3", "--fail", failure, "--retry", "never", "--json")
                .json()
                .get("requests");
        assertThat(usual.get("lost").asInt()).isZero();
        assertThat(usual.get("retried").asInt()).isPositive();
        assertThat(never.get("retried").asInt()).isZero();
        assertThat(never.get("lost").asInt()).isPositive();

        JsonNode few = run("--max-outstanding", "5", "--json").json().get("requests");
        assertThat(few.get("rejected").asInt()).isPositive();
    }

    @Test
    void aReplicaThatWasDownServesAgainAfterItsColdStart() {
        assertThat(availability("20s")).isLessThan(availability("1s"));
        assertThat(availability("1s")).isLessThan(availability("0s"));
    }

    private double availability(String coldStart) {
        return run("--replicas", "2", "--fail", "replica:pool#0@1s+1s", "--cold-start", coldStart, "--json")
                .json()
                .get("availabilityByPool")
                .get("pool")
                .asDouble();
    }

    @Test
    void answersOnOtherChipsCostTheirOwnPrice() {
        JsonNode result = run(
                        "--replicas",
                        "3",
                        "--disaggregate",
                        "1,link=50GB/s",
                        "--answers-chip",
                        "a100-sxm-80gb",
                        "--answers-price",
                        "1",
                        "--json")
                .json();
        assertThat(result.get("requests").get("completed").asInt()).isEqualTo(500);
        double seconds = result.get("simulatedSeconds").asDouble();
        assertThat(result.get("costUsd").asDouble()).isCloseTo((2 + 2 * 1) * seconds / 3600, within(1e-9));
        assertThat(result.get("costBasis").asString()).contains("a100-sxm-80gb at 1.0 USD");
    }

    @Test
    void aPoolOfFixedSizeLendsToAJob() {
        JsonNode job = run(
                        "--replicas",
                        "4",
                        "--job",
                        "t,work=1s,gang=2",
                        "--lend",
                        "400,cool-down=0s,reload=1s",
                        "--json")
                .json()
                .get("serving")
                .get("jobs")
                .get(0);
        assertThat(job.get("finished").asInt()).isEqualTo(1);
        assertThat(job.get("finishedSeconds").asDouble()).isCloseTo(1, within(1e-9));
    }

    @Test
    void anOptionWithoutEffectIsAMistake() {
        for (String[] wrong : new String[][] {
            {"--answers-chip", "l40s"},
            {"--answers-price", "2"},
            {"--lend", "8"},
            {"--retry", "0"},
            {"--max-outstanding", "0"},
            {"--dispatch", "throw"}
        }) {
            CommandLineRun run = run(wrong);
            assertThat(run.exitCode()).as(String.join(" ", wrong)).isEqualTo(2);
            assertThat(run.err()).contains(wrong[0]);
        }
    }
}
