package io.ampacity.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

final class ReconcileCommandTest {

    @TempDir
    private Path folder;

    private static JsonNode figure(JsonNode document, String id) {
        for (JsonNode figure : document.get("figures")) {
            if (figure.get("id").asString().equals(id)) {
                return figure;
            }
        }
        throw new AssertionError("no figure " + id);
    }

    /** 48.1 / 16 is 3.0 years, below what buyers use; chips must then be most of the four cents. */
    @Test
    void theThreeFiguresOf2023FitOnlyIfChipsLastThreeYears() {
        CommandLineRun run = CommandLineRun.of(
                "reconcile", Examples.file("query-economics/claims-2023.yaml").toString(), "--json");

        assertThat(run.exitCode()).isEqualTo(ExitCode.FINE);
        JsonNode document = run.json();
        assertThat(document.get("consistent").asBoolean()).isTrue();
        assertThat(figure(document, "chip-life").get("left").get("high").asDouble())
                .isBetween(3.0, 3.2);
        assertThat(figure(document, "searches-a-day").get("left").get("low").asDouble())
                .isGreaterThan(8.5e9);
        assertThat(figure(document, "chip-part").get("left").get("low").asDouble())
                .isGreaterThan(0.5);
    }

    @Test
    void theSameServiceOnChipsOf2026IsFarCheaperThanFourCents() {
        JsonNode document = CommandLineRun.of(
                        "reconcile",
                        Examples.file("query-economics/service-2026.yaml").toString(),
                        "--json")
                .json();

        JsonNode cost = figure(document, "cost-per-query").get("left");
        assertThat(cost.get("high").asDouble()).isLessThan(0.004);
        assertThat(cost.get("low").asDouble()).isPositive();
    }

    @Test
    void aContradictionEndsWithOne() throws IOException {
        Path file = folder.resolve("claims.yaml");
        Files.writeString(file, "{title: t, figures: {a: {value: 1, claim: yes}, b: 2}, relations: {r: a = b}}");

        CommandLineRun run = CommandLineRun.of("reconcile", file.toString());

        assertThat(run.exitCode()).isEqualTo(ExitCode.NO);
        assertThat(run.out()).contains("contradict");
    }

    @Test
    void aMistakeEndsWithTwoAndWritesNothing() throws IOException {
        Path file = folder.resolve("claims.yaml");
        Files.writeString(file, "{title: t, figures: {a: 1}, relations: {r: a = bee}}");
        Path paper = folder.resolve("paper.html");

        CommandLineRun run = CommandLineRun.of("reconcile", file.toString(), "--html", paper.toString());

        assertThat(run.exitCode()).isEqualTo(ExitCode.BAD_INPUT);
        assertThat(run.err()).contains("bee", "relations.r");
        assertThat(paper).doesNotExist();
    }
}
