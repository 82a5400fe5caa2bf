package io.ampacity.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

final class EstimateCommandTest {

    private static final String[] LINE = {
        "estimate", "--model", "llama-3.1-8b", "--chip", "h100-sxm", "--prompt-tokens", "512", "--output-tokens", "128"
    };

    private static CommandLineRun run(String... more) {
        return CommandLineRun.of(Stream.concat(Stream.of(LINE), Stream.of(more)).toArray(String[]::new));
    }

    @Test
    void everyPromisedKeyIsThere() {
        JsonNode estimate =
                run("--batch", "8", "--region", "aws:us-east-1", "--json").json();

        for (String key : new String[] {
            "timeToFirstTokenSeconds",
            "interTokenLatencySeconds",
            "endToEndSeconds",
            "outputTokensPerSecond",
            "averagePowerWatts",
            "energyPerOutputTokenJoules",
            "carbonPerOutputTokenGrams",
            "costPerMillionOutputTokensUsd"
        }) {
            JsonNode banded = estimate.get(key);
            assertThat(banded).as(key).isNotNull();
            if (!banded.isNull()) {
                assertThat(banded.get("low").asDouble())
                        .as(key)
                        .isLessThanOrEqualTo(banded.get("value").asDouble());
                assertThat(banded.get("high").asDouble())
                        .as(key)
                        .isGreaterThanOrEqualTo(banded.get("value").asDouble());
            }
        }
        assertThat(estimate.get("memory").get("weightsBytes").asDouble()).isBetween(15e9, 17e9);
        assertThat(estimate.get("memory").get("kvBytesPerToken").asDouble()).isEqualTo(131_072);
        assertThat(estimate.get("memory").get("kvTokens").asLong()).isPositive();
        assertThat(estimate.get("binding").asString()).isNotBlank();
        assertThat(estimate.get("provenance").asString()).isIn("calibrated", "kin", "uncalibrated");
    }

    @Test
    void costIsPriceOverRate() {
        JsonNode estimate =
                run("--concurrency", "4", "--price", "3.6", "--json").json();

        double rate = estimate.get("outputTokensPerSecond").get("value").asDouble();
        assertThat(estimate.get("costPerMillionOutputTokensUsd").get("value").asDouble())
                .isCloseTo(3.6 / 3600 / rate * 1e6, within(1e-9));
    }

    @Test
    void twiceThePriceIsTwiceTheCost() {
        double once = cost("2");
        assertThat(cost("4")).isCloseTo(2 * once, within(1e-9));
    }

    private static double cost(String price) {
        return run("--batch", "8", "--price", price, "--json")
                .json()
                .get("costPerMillionOutputTokensUsd")
                .get("value")
                .asDouble();
    }

    @Test
    void textAndJsonTellTheSame() {
        CommandLineRun text = run("--batch", "8");

        assertThat(text.exitCode()).isZero();
        assertThat(text.out()).contains("time to first token").contains("80 %");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "--batch 8 --concurrency 8",
                "--batch 0",
                "--batch x",
                "--batch 8 --price -1",
                "--batch 8 --price NaN",
                "--batch 8 --region nowhere",
                "--batch 8 --offer nothing",
                "--batch 8 --tensor-parallel 0",
                "--batch 8 --precision fp2"
            })
    void whatCannotBeEstimatedIsBadInput(String more) {
        CommandLineRun run = run((more + " --json").strip().split(" ", -1));

        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.json().get("errors")).isNotEmpty();
        assertThat(run.err()).isNotBlank();
    }

    @Test
    void aModelTooBigForTheChipsSaysByHowMuch() {
        CommandLineRun run = CommandLineRun.of(
                "estimate",
                "--model",
                "llama-3.1-405b",
                "--chip",
                "h100-sxm",
                "--prompt-tokens",
                "1",
                "--output-tokens",
                "1",
                "--batch",
                "1");

        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err()).contains("does not fit").contains("GB").contains("Maybe");
    }
}
