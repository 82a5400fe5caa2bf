package io.ampacity.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.ampacity.simulator.failure.process.FailureModel;
import io.ampacity.simulator.failure.process.FailureModelReader;
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

/** Failures by published rates, by one's own, and out of records. */
final class DrawnFailuresTest {

    @TempDir
    @SuppressWarnings("NullAway.Init") // JUnit sets it
    private Path folder;

    private CommandLineRun run(String... more) throws IOException {
        StringBuilder rows = new StringBuilder("arrival_s,prompt_tokens,output_tokens\n");
        for (int i = 0; i <= 1000; i++) {
            rows.append(i * 36).append(",100,10\n");
        }
        Path trace = Files.writeString(folder.resolve("trace.csv"), rows);
        List<String> line = List.of(
                "simulate",
                "--model",
                "llama-3.1-8b",
                "--chip",
                "h100-sxm",
                "--replicas",
                "4",
                "--trace",
                trace.toString(),
                "--json");
        return CommandLineRun.of(Stream.concat(line.stream(), Stream.of(more)).toArray(String[]::new));
    }

    @Test
    void thePublishedRatesGiveBackTheirTable() throws IOException {
        FailureModel published = FailureModelReader.read(DrawnFailures.published());
        double seconds = 54 * 86_400.0;
        // The fleet of the table: 16,384 chips in servers of 8.
        List<FailureModel.Place> places = List.of(new FailureModel.Place("p", "s", "site", "r", 16_384, 1));
        double chips = 0;
        double all = 0;
        for (int seed = 0; seed < 8; seed++) {
            var drawn = published.draw(places, seed, seconds);
            chips += drawn.stream().filter(one -> "chip".equals(one.cause())).count() / 8.0;
            all += drawn.stream().filter(one -> !"region".equals(one.cause())).count() / 8.0;
        }
        assertThat(chips).isCloseTo(268, within(4 * Math.sqrt(268 / 8.0)));
        assertThat(all).isCloseTo(419, within(5 * Math.sqrt(419 / 8.0)));
        assertThat(published.components())
                .allSatisfy(one -> assertThat(one.source()).isNotEmpty());
    }

    @Test
    void ratesOfOnesOwnAreDrawnBySeedAndCounted() throws IOException {
        Path model = Files.writeString(folder.resolve("rates.yaml"), """
                components:
                  - {id: chip, of: chip, mean-time-between: 1 h, mean-time-to-repair: 5 min}
                """);
        JsonNode one = run("--failures", model.toString(), "--seed", "1").json();
        JsonNode other = run("--failures", model.toString(), "--seed", "2").json();

        assertThat(one.get("disruptions").get(0).get("cause").stringValue()).isEqualTo("chip");
        assertThat(one.get("disruptions").get(0).get("count").asLong()).isBetween(15L, 65L);
        assertThat(one.get("disruptions")).isNotEqualTo(other.get("disruptions"));
        assertThat(one.get("availabilityByPool").get("pool").asDouble()).isBetween(0.75, 0.97);
        assertThat(one.get("disruptions"))
                .isEqualTo(run("--failures", model.toString(), "--seed", "1")
                        .json()
                        .get("disruptions"));
    }

    @Test
    void aSeriesOfAvailabilityTakesItsShareOfTheReplicas() throws IOException {
        Path series = Files.writeString(
                folder.resolve("zone.json"), "{\"metadata\": {\"gap_seconds\": 3600}, \"data\": [16, 8, 0, 16, 4]}");
        JsonNode result = run("--fail-replay", series + "=pool:pool").json();

        // Of four replicas, two are down for an hour, then all, and one is left from the fifth hour on for an hour.
        double end = result.get("simulatedSeconds").asDouble();
        double boots = 7 * 120;
        assertThat(result.get("availabilityByPool").get("pool").asDouble())
                .isCloseTo(1 - ((2 + 4 + 3) * 3600 + boots - 2 * 120 + 120) / (4 * end), within(120 * 2 / (4 * end)));
        JsonNode shifted = run("--fail-replay", series + "=pool:pool@60s").json();
        assertThat(run("--fail-replay", series + "=pool:pool@1m").json().get("availabilityByPool"))
                .isEqualTo(shifted.get("availabilityByPool"));
        assertThat(shifted.get("disruptions").get(0).get("count").asLong())
                .isEqualTo(result.get("disruptions").get(0).get("count").asLong());
    }

    @Test
    void aListOfOutagesIsReplayedWhereItTellsBothTimes() throws IOException {
        Path list = Files.writeString(folder.resolve("outages.csv"), """
                date,subject,start_utc,end_utc,note
                2025-10-20,AWS,07:11,09:11,"a, b"
                2025-10-21,AWS,,,listing only
                """);
        CommandLineRun run = run("--fail-replay", list + "=pool:pool");

        assertThat(run.err()).contains("1 of 2 outages");
        assertThat(run.json().get("disruptions").get(0).get("totalSeconds").asDouble())
                .isEqualTo(7200);
    }

    @Test
    void realSeriesAreReplayed() throws IOException {
        Path data = Path.of(System.getProperty("shared.data", "nowhere"));
        Path zone = data.resolve("skypilot-org_spot-traces/availability/1-node/aws-02-15-2023/us-west-2b_v100_1.json");
        assumeTrue(Files.exists(zone), "the shared data is not here");
        JsonNode result = run("--fail-replay", zone + "=pool:pool@10s").json();
        assertThat(result.get("availabilityByPool").get("pool").asDouble()).isBetween(0.05, 0.999);
        JsonNode outage = run("--fail-replay", data.resolve("normalised/cloud_outages.csv") + "=pool:pool@1h")
                .json();
        assertThat(outage.get("disruptions").get(0).get("count").asLong()).isPositive();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "--failures no-such-file.yaml",
                "--fail-replay x.json",
                "--fail-replay trace.csv=pool:pool",
                "--fail-replay trace.csv=galaxy:pool",
                "--fail-replay trace.csv=pool:pool@yesterday",
                "--fail server:pool@0s"
            })
    void whatCannotBeDrawnIsBadInputWithAdvice(String more) throws IOException {
        CommandLineRun run =
                run(more.replace("trace.csv", folder + "/trace.csv").split(" ", -1));

        assertThat(run.exitCode()).as(run.err()).isEqualTo(2);
        assertThat(run.err()).doesNotContain("should not happen");
    }
}
