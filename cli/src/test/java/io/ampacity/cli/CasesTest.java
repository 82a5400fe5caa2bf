package io.ampacity.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** The cases among the examples run, and find what their pages say. */
final class CasesTest {

    @TempDir
    @SuppressWarnings("NullAway.Init") // JUnit sets it
    private Path folder;

    private static CommandLineRun plan(String example, String... more) {
        List<String> line =
                new ArrayList<>(List.of("plan", Examples.file(example).toString(), "--json"));
        line.addAll(List.of(more));
        return CommandLineRun.of(line.toArray(String[]::new));
    }

    private static JsonNode training(String chips) {
        return CommandLineRun.of(
                        "training",
                        "--model",
                        "gpt-3-175b",
                        "--chip",
                        "a100-sxm-80gb",
                        "--chips",
                        chips,
                        "--tokens",
                        "300B",
                        "--sequence",
                        "2048",
                        "--json")
                .json();
    }

    private static int chips(JsonNode plan, String workload, String period) {
        int chips = 0;
        for (JsonNode placement : plan.get("placement")) {
            boolean same = placement.get("workload").asString().equals(workload)
                    && placement.get("period").asString().equals(period);
            chips += same ? placement.get("chips").asInt() : 0;
        }
        return chips;
    }

    @Test
    void tenThousandGpusTrainSlowerThanSixteenFewer() {
        assertThat(training("9984").get("wallSeconds").asDouble())
                .isLessThan(0.8 * training("10000").get("wallSeconds").asDouble());
    }

    @Test
    void theSupercomputerTrainsAndServes() {
        CommandLineRun run = plan("supercomputer/scenario.yaml");

        assertThat(run.exitCode()).as(run.err()).isZero();
        JsonNode plan = run.json();
        assertThat(chips(plan, "chat", "2023-06")).isBetween(5000, 9000);
        assertThat(chips(plan, "next-model", "2023-02") + chips(plan, "next-model", "2023-03"))
                .isGreaterThanOrEqualTo(1024);
    }

    @Test
    void oneCloudIsShortWhenPromptsGrow() {
        CommandLineRun run = plan("second-cloud/shortage.yaml");

        assertThat(run.exitCode()).isEqualTo(ExitCode.NO);
        assertThat(run.json().get("relaxations").size()).isPositive();
        assertThat(run.json().get("relaxations").toString()).contains("suppliers.azure.quotas");
    }

    @Test
    void aSecondCloudKeepsMostRequestsWhenTheFirstIsLost() {
        assertThat(attained("after")).isGreaterThan(attained("before") + 0.3);
    }

    /** At these odds the partner's chip is begun, and renting stands by for the future in which it fails. */
    @Test
    void aPartnersChipIsBegunAndItsFailureIsBridged() {
        CommandLineRun run = plan(
                "chip-options/partner.yaml",
                "--facts",
                Examples.file("chip-options/own-accelerator.yaml").toString());

        assertThat(run.exitCode()).as(run.err()).isZero();
        JsonNode plan = run.json();
        assertThat(plan.get("projects").toString()).contains("programmes.accelerator");
        assertThat(plan.get("futures").size()).isEqualTo(2);
    }

    @Test
    void tenGigawattsAreBuiltAndHalfAYearOfSlipIsPaidInRent() {
        JsonNode onTime = tenGigawatts("ten-gigawatts");
        JsonNode late = tenGigawatts("slip");

        long chips = 0;
        for (JsonNode held : onTime.get("capacity")) {
            chips += held.get("period").asString().equals("2029-07")
                    ? held.get("count").asLong()
                    : 0;
        }
        assertThat(chips).isBetween(8_000_000L, 11_000_000L);
        // Each is within 3 %, so their difference is known to about 3 billion.
        double more =
                late.get("objectiveUsd").asDouble() - onTime.get("objectiveUsd").asDouble();
        assertThat(more).isBetween(2e9, 9e9);
    }

    private static JsonNode tenGigawatts(String which) {
        CommandLineRun run = plan(
                "ten-gigawatts/" + which + ".yaml",
                "--facts",
                Examples.file("ten-gigawatts/own-accelerator.yaml").toString(),
                "--gap",
                "3 %");
        assertThat(run.exitCode()).as(run.err()).isZero();
        return run.json();
    }

    /** Share of requests in time when the first cloud is lost for three of six seconds of the busiest hour. */
    private double attained(String which) {
        Path file = folder.resolve(which + ".json");
        CommandLineRun run = plan("second-cloud/" + which + ".yaml", "--out", file.toString());
        assertThat(run.exitCode()).as(run.err()).isZero();
        JsonNode found = CommandLineRun.of(
                        "simulate",
                        file.toString(),
                        "--period",
                        "2025-Q3",
                        "--duration",
                        "6s",
                        "--fail",
                        "supplier:azure@2s+3s",
                        "--json")
                .json();
        return found.get("sloAttainment").asDouble();
    }
}
