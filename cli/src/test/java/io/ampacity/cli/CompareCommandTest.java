package io.ampacity.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** Two replays in pairs. */
final class CompareCommandTest {

    private static final String BOTH =
            "--model llama-3.1-8b --chip h100-sxm --trace azure-conversation-2023 --limit 300 --speed 8 --ttft '100"
                    + " ms'";

    @TempDir
    @SuppressWarnings("NullAway.Init") // JUnit sets it
    private Path folder;

    private static JsonNode metric(JsonNode document, String path) {
        for (JsonNode one : document.get("metrics")) {
            if (one.get("metric").stringValue().equals(path)) {
                return one;
            }
        }
        throw new AssertionError(path + " is not in " + document);
    }

    @Test
    void aThingDiffersInNothingFromItself() {
        CommandLineRun run = CommandLineRun.of(
                "compare", "simulate --replicas 2", "simulate --replicas 2", "--with", BOTH, "--seeds", "3", "--json");

        assertThat(run.exitCode()).as(run.err()).isZero();
        JsonNode document = run.json();
        assertThat(document.get("metrics")).hasSizeGreaterThan(10);
        for (JsonNode one : document.get("metrics")) {
            assertThat(one.get("difference").asDouble()).isZero();
            assertThat(one.get("low").asDouble()).isZero();
            assertThat(one.get("high").asDouble()).isZero();
            assertThat(one.get("shown").asBoolean()).isFalse();
        }
        assertThat(document.get("verdict").stringValue()).startsWith("No difference");
    }

    @Test
    void aKnownDifferenceIsFoundAndAWorseBEndsWithOne() {
        CommandLineRun run = CommandLineRun.of(
                "compare",
                "simulate --replicas 2 --price 3",
                "simulate --replicas 1 --price 3",
                "--with",
                BOTH,
                "--seeds",
                "4",
                "--decide",
                "timePerOutputTokenSeconds.mean",
                "--json");

        assertThat(run.exitCode()).as(run.err()).isEqualTo(1);
        JsonNode document = run.json();
        assertThat(document.get("verdict").stringValue()).startsWith("B is worse");
        assertThat(document.get("pairs").asInt()).isEqualTo(4);
        JsonNode cost = metric(document, "costUsd");
        // Half the replicas, for somewhat longer.
        assertThat(cost.get("b").asDouble() / cost.get("a").asDouble()).isBetween(0.5, 0.9);
        assertThat(cost.get("shown").asBoolean()).isTrue();
        CommandLineRun back = CommandLineRun.of(
                "compare",
                "simulate --replicas 1",
                "simulate --replicas 2",
                "--with",
                BOTH,
                "--decide",
                "timePerOutputTokenSeconds.mean");
        assertThat(back.exitCode()).as(back.err()).isZero();
        assertThat(back.out()).contains("B is better").contains("timePerOutputTokenSeconds.mean");
    }

    @Test
    void resultsThatWereWrittenAreComparedWithoutConfidence() throws IOException {
        Path[] results = {folder.resolve("one.json"), folder.resolve("two.json")};
        for (int i = 0; i < 2; i++) {
            Files.writeString(
                    results[i],
                    CommandLineRun.of(ComparedRun.split("simulate --json --replicas " + (i + 1) + " " + BOTH)
                                    .toArray(String[]::new))
                            .out());
        }
        CommandLineRun run = CommandLineRun.of("compare", results[0].toString(), results[1].toString(), "--json");

        assertThat(run.exitCode()).as(run.err()).isZero();
        assertThat(run.json().get("pairs").asInt()).isEqualTo(1);
        assertThat(metric(run.json(), "endToEndSeconds.mean").get("low").isNull())
                .isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "--seeds 0",
                "--confidence 100",
                "--decide nothing",
                "--with --seed=3",
                "--with --no-such-option",
                "--with '--ttft"
            })
    void whatCannotBeComparedIsBadInputWithAdvice(String more) {
        CommandLineRun run = CommandLineRun.of(java.util.stream.Stream.concat(
                        java.util.stream.Stream.of(
                                "compare", "simulate --replicas 1 " + BOTH, "simulate --replicas 2 " + BOTH),
                        java.util.stream.Stream.of(more.split(" ", 2)))
                .toArray(String[]::new));

        assertThat(run.exitCode()).as(run.err()).isEqualTo(2);
        assertThat(run.err()).doesNotContain("should not happen");
    }

    @Test
    void aLineIsTakenApartAsAShellWould() {
        assertThat(ComparedRun.split("simulate  --ttft '1 s' a\"b c\"d ''"))
                .containsExactly("simulate", "--ttft", "1 s", "ab cd", "");
    }

    private Path recorded() throws IOException {
        Path trace = folder.resolve("trace.csv");
        List<String> rows = new ArrayList<>(List.of("arrival_s,prompt_tokens,output_tokens"));
        SplittableRandom random = new SplittableRandom(5);
        double now = 0;
        for (int i = 0; i < 1500; i++) {
            now += -Math.log(1 - random.nextDouble()) / 20;
            rows.add(now + "," + (50 + random.nextInt(2000)) + "," + (1 + random.nextInt(200)));
        }
        return Files.write(trace, rows);
    }

    @Test
    void aTraceFromAFileIsComparedByItsBlocks() throws IOException {
        String with = "--model llama-3.1-8b --chip h100-sxm --ttft '100 ms' --trace " + recorded();
        CommandLineRun run = CommandLineRun.of(
                "compare",
                "simulate --replicas 3",
                "simulate --replicas 1",
                "--with",
                with,
                "--json",
                "--decide",
                "endToEndSeconds.mean");

        assertThat(run.exitCode()).as(run.err()).isEqualTo(1);
        JsonNode document = run.json();
        assertThat(document.get("method").stringValue()).isEqualTo("block-bootstrap");
        assertThat(document.get("blocks").asInt()).isEqualTo(50);
        // The seed changes nothing, so the third to fifth pair would only tell the same.
        assertThat(document.get("pairs").asInt()).isEqualTo(2);
        for (String figure : List.of(
                "endToEndSeconds.mean",
                "endToEndSeconds.p99",
                "timeToFirstTokenSeconds.p50",
                "timePerOutputTokenSeconds.mean",
                "energyJoules")) {
            JsonNode told = metric(document, figure);
            assertThat(told.get("low").asDouble())
                    .as(figure)
                    .isLessThan(told.get("high").asDouble());
            assertThat(told.get("difference").asDouble())
                    .as(figure)
                    .isBetween(told.get("low").asDouble(), told.get("high").asDouble());
        }
        assertThat(metric(document, "endToEndSeconds.mean").get("shown").asBoolean())
                .isTrue();
        assertThat(metric(document, "costUsd").get("low").isNull()).isTrue();
    }

    @Test
    void aTraceFromAFileDoesNotDifferFromItself() throws IOException {
        String with = "--model llama-3.1-8b --chip h100-sxm --replicas 2 --trace " + recorded();
        CommandLineRun run = CommandLineRun.of("compare", "simulate", "simulate", "--with", with, "--json");
        assertThat(run.exitCode()).as(run.err()).isZero();
        for (JsonNode one : run.json().get("metrics")) {
            assertThat(one.get("low").asDouble()).isZero();
            assertThat(one.get("high").asDouble()).isZero();
        }
    }
}
