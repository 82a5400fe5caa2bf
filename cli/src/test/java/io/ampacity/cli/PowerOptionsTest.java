package io.ampacity.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Power, electricity, jobs and capacity that is taken back, as they are asked for. */
class PowerOptionsTest {

    @TempDir
    @SuppressWarnings("NullAway.Init") // set by JUnit
    Path folder;

    private CommandLineRun run(String... more) throws IOException {
        Path trace = folder.resolve("trace.csv");
        List<String> rows = new ArrayList<>(List.of("arrival_s,prompt_tokens,output_tokens"));
        for (int i = 0; i < 600; i++) {
            rows.add(i * 0.1 + "," + (100 + i * 37 % 1000) + "," + (50 + i * 13 % 300));
        }
        Files.write(trace, rows);
        List<String> line = new ArrayList<>(List.of(
                "simulate",
                "--model",
                "llama-3.1-8b",
                "--chip",
                "h100-sxm",
                "--replicas",
                "4",
                "--trace",
                trace.toString(),
                "--json"));
        line.addAll(List.of(more));
        return CommandLineRun.of(line.toArray(String[]::new));
    }

    @Test
    void aLimitOnChipsSavesEnergyAndTakesTime() throws IOException {
        JsonNode free = run().json();
        JsonNode held = run("--power-cap", "400 W").json();
        assertThat(held.get("energyJoules").asDouble())
                .isLessThan(free.get("energyJoules").asDouble());
        assertThat(held.get("timePerOutputTokenSeconds").get("mean").asDouble())
                .isGreaterThan(free.get("timePerOutputTokenSeconds").get("mean").asDouble());
        assertThat(held.get("serving")
                        .get("powerCaps")
                        .get(0)
                        .get("slowedReplicas")
                        .asInt())
                .isEqualTo(4);
    }

    @Test
    void sheddingMovesWhatWasThere() throws IOException {
        JsonNode serving = run("--power-cap", "pool:pool=1.9 kW@20s+20s,by=shedding")
                .json()
                .get("serving");
        assertThat(serving.get("powerCaps").get(0).get("shedReplicas").asInt()).isEqualTo(2);
        assertThat(serving.get("moves").get("requests").asInt()).isPositive();
    }

    @Test
    void electricityByTheHourIsPriced() throws IOException {
        Path hours = folder.resolve("hours.csv");
        Files.write(hours, List.of("hour,usd_per_kwh,grams_per_kwh", "0,0.2,300"));
        JsonNode free = run().json();
        JsonNode priced = run("--electricity", hours.toString()).json();
        double kilowattHours = priced.get("energyJoules").asDouble() / 3.6e6;
        assertThat(priced.get("carbonGrams").asDouble()).isCloseTo(300 * kilowattHours, within(1e-6));
        assertThat(priced.get("costUsd").asDouble() - free.get("costUsd").asDouble())
                .isCloseTo(0.2 * kilowattHours, within(1e-9));
        assertThat(priced.get("costBasis").asString()).contains("hour to hour");
    }

    @Test
    void jobsAreTold() throws IOException {
        JsonNode job = run("--scale", "plan,at=0s:2,max=4,every=5s", "--job", "batch,tasks=10,work=10s,power=80%")
                .json()
                .get("serving")
                .get("jobs")
                .get(0);
        assertThat(job.get("finished").asInt()).isEqualTo(10);
        assertThat(job.get("usefulSeconds").asDouble()).isEqualTo(100);
    }

    @Test
    void spotSeriesMayBeReplayedWithANotice() throws IOException {
        Path zone = folder.resolve("zone.json");
        Files.writeString(zone, "{\"metadata\":{\"gap_seconds\":2},\"data\":[4,4,2,2,4,4]}");
        JsonNode killed = run("--speed", "5", "--fail-replay", zone + "=supplier:hyperstack")
                .json();
        JsonNode moved = run("--speed", "5", "--fail-replay", zone + "=supplier:hyperstack,notice=1s")
                .json();
        assertThat(killed.get("wastedTokens").asInt()).isPositive();
        assertThat(moved.get("wastedTokens").asInt()).isZero();
        assertThat(moved.get("serving").get("moves").get("tokensKept").asInt()).isPositive();
        assertThat(moved.get("costUsd").asDouble())
                .isLessThan(killed.get("costUsd").asDouble());
    }

    @Test
    void whatMakesNoSenseIsRefused() throws IOException {
        Path hours = folder.resolve("hours.csv");
        for (String rows : List.of(
                "",
                "a,b",
                "hour,usd_per_kwh",
                "hour,usd_per_kwh\n1,0.2",
                "hour,usd_per_kwh\n0,much",
                "hour,usd_per_kwh\n0",
                "hour,usd_per_kwh,grams_per_kwh\n0,1,2\n1,1,",
                "hour,grams_per_kwh\n0,-3")) {
            Files.writeString(hours, rows);
            CommandLineRun refused = run("--electricity", hours.toString());
            assertThat(refused.exitCode()).as(rows).isEqualTo(ExitCode.BAD_INPUT);
            assertThat(refused.err()).contains("--electricity");
        }
        for (List<String> wrong : List.of(
                List.of("--power-cap", "site:nowhere=2 MW"),
                List.of("--power-cap", "lots"),
                List.of("--job", "train,work=1h", "--scale", "queue,max=4", "--power-cap", "500 W"),
                List.of("--start", "noon"),
                List.of("--fail-replay", folder.resolve("none.json") + "=site:x,notice=soon"))) {
            assertThat(run(wrong.toArray(String[]::new)).exitCode())
                    .as("%s", wrong)
                    .isEqualTo(ExitCode.BAD_INPUT);
        }
    }
}
