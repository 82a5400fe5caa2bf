package io.ampacity.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
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

    /** Whoever published the quantised copy; a format that is asked for wins. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "meta-llama/Llama-3.1-8B-Instruct-FP8",
                "RedHatAI/Meta-Llama-3.1-8B-Instruct-FP8-dynamic",
                "nvidia/Llama-3.1-8B-Instruct-FP8",
                "llama-3.1-8b-fp8"
            })
    void aNameThatTellsItsFormatIsUnderstood(String name) {
        JsonNode told = weights(name);
        JsonNode asked = weights("llama-3.1-8b", "--precision", "fp8");
        JsonNode wide = weights(name, "--precision", "bf16");

        assertThat(told.asDouble()).isEqualTo(asked.asDouble());
        assertThat(wide.asDouble()).isGreaterThan(1.5 * told.asDouble());
    }

    private static JsonNode weights(String model, String... more) {
        String[] line = {
            "estimate",
            "--model",
            model,
            "--chip",
            "h100-sxm",
            "--prompt-tokens",
            "9",
            "--output-tokens",
            "9",
            "--batch",
            "1",
            "--json"
        };
        return CommandLineRun.of(Stream.concat(Stream.of(line), Stream.of(more)).toArray(String[]::new))
                .json()
                .get("memory")
                .get("weightsBytes");
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

    private static double value(String key, String... more) {
        CommandLineRun run =
                run(Stream.concat(Stream.of("--json"), Stream.of(more)).toArray(String[]::new));
        assertThat(run.exitCode()).as(run.err()).isZero();
        return run.json().get(key).get("value").asDouble();
    }

    @Test
    void theEnergyOfATokenIsTheSumOfItsParts() {
        JsonNode estimate =
                run("--batch", "8", "--region", "aws:us-east-1", "--json").json();
        JsonNode parts = estimate.get("energyBreakdownJoulesPerOutputToken");
        double chips =
                parts.get("chipsIdle").asDouble() + parts.get("chipsWork").asDouble();
        assertThat(chips)
                .isCloseTo(
                        estimate.get("energyPerOutputTokenJoules").get("value").asDouble(), within(1e-9));
        double inside =
                chips + parts.get("servers").asDouble() + parts.get("network").asDouble();
        assertThat(parts.get("total").asDouble())
                .isCloseTo(inside + parts.get("facility").asDouble(), within(1e-9));
        assertThat(parts.get("facility").asDouble()).isPositive();
        double grams = estimate.get("carbonPerOutputTokenGrams").get("value").asDouble();
        assertThat(grams / parts.get("total").asDouble() * 3.6e6)
                .as("grid intensity of the region in g/kWh")
                .isBetween(100.0, 600.0);
    }

    @Test
    void aPowerCapTradesTimeForWatts() {
        double free = value("averagePowerWatts", "--batch", "64");
        assertThat(value("averagePowerWatts", "--batch", "64", "--power-cap", "300"))
                .isLessThanOrEqualTo(300)
                .isLessThan(free);
        assertThat(value("interTokenLatencySeconds", "--batch", "64", "--power-cap", "300"))
                .isGreaterThan(value("interTokenLatencySeconds", "--batch", "64"));
    }

    @Test
    void everyTermHasItsEffect() {
        double gap = value("interTokenLatencySeconds", "--batch", "4");
        assertThat(value(
                        "interTokenLatencySeconds", "--batch", "4", "--speculative-tokens", "3", "--acceptance", "0.8"))
                .isLessThan(0.7 * gap);
        assertThat(value("interTokenLatencySeconds", "--batch", "4", "--lora-rank", "32", "--lora-adapters", "8"))
                .isGreaterThan(gap);
        String[] longPrompt = {"--batch", "64"};
        assertThat(value("outputTokensPerSecond", "--batch", "64", "--prefix-hit-rate", "0.9"))
                .isGreaterThan(value("outputTokensPerSecond", longPrompt));
    }

    @Test
    void aSweepIsACurveOfEstimates() {
        JsonNode sweep = run("--sweep", "batch", "--json").json();
        assertThat(sweep.get("sweep").asString()).isEqualTo("batch");
        double before = 0;
        for (JsonNode point : sweep.get("points")) {
            double rate = point.get("outputTokensPerSecond").get("value").asDouble();
            assertThat(rate).as("batch %s", point.get("batch")).isGreaterThanOrEqualTo(before * 0.999);
            before = rate;
        }
        JsonNode eight = sweep.get("points").get(3);
        assertThat(eight.get("batch").asInt()).isEqualTo(8);
        assertThat(eight.get("outputTokensPerSecond").get("value").asDouble())
                .isEqualTo(value("outputTokensPerSecond", "--batch", "8"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"batch", "concurrency", "tensor-parallel --batch 4", "context --concurrency 4"})
    void everySweepIsDrawnInAnyWidth(String what) {
        CommandLineRun run = run(("--sweep " + what).split(" ", -1));
        assertThat(run.exitCode()).isZero();
        assertThat(run.out()).contains("TTFT").contains("output tokens a second");
    }

    @Test
    void theHtmlShowsTheRoofline(@TempDir Path folder) throws IOException {
        Path html = folder.resolve("estimate.html");
        assertThat(run("--batch", "8", "--html", html.toString()).exitCode()).isZero();
        assertThat(Files.readString(html))
                .contains("<svg")
                .contains("attention, decoding")
                .contains("of its roof");
        assertThat(run("--sweep", "batch", "--html", html.toString()).exitCode())
                .isZero();
        assertThat(Files.readString(html)).contains("joules of a token").contains("<path");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "--acceptance 0.5 --batch 4",
                "--lora-adapters 5 --batch 4",
                "--speculative-tokens 3 --acceptance 1.5 --batch 4",
                "--prefix-hit-rate 1 --batch 4",
                "--power-cap 10 --batch 4",
                "--power-cap -5 --batch 4",
                "--sweep batch --batch 4",
                "--sweep chips",
                "--sweep context"
            })
    void optionsWithoutSenseAreBadInput(String more) {
        assertThat(run(more.split(" ", -1)).exitCode()).isEqualTo(2);
    }

    @Test
    void aModelNobodyKnowsIsEstimatedFromItsConfiguration(@TempDir Path folder) throws IOException {
        Path config = Files.writeString(folder.resolve("config.json"), """
                {"model_type": "new", "hidden_size": 4096, "num_hidden_layers": 36, "num_attention_heads": 32,
                 "num_key_value_heads": 8, "intermediate_size": 12288, "vocab_size": 151936,
                 "max_position_embeddings": 40960, "torch_dtype": "bfloat16", "head_dim": 128,
                 "something_new": {"a": [1, 2]}, "rope_scaling": null}
                """);
        CommandLineRun run = CommandLineRun.of(
                "estimate",
                "--model",
                config.toString(),
                "--chip",
                "l40s",
                "--prompt-tokens",
                "512",
                "--output-tokens",
                "128",
                "--batch",
                "8",
                "--json");
        assertThat(run.exitCode()).isZero();
        assertThat(run.json().get("memory").get("weightsBytes").asDouble()).isBetween(16e9, 17e9);
    }
}
