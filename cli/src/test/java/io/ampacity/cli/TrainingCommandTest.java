package io.ampacity.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

final class TrainingCommandTest {

    private static final String[] LINE = {
        "training", "--model", "llama-3.1-405b", "--chip", "h100-sxm", "--chips", "16384", "--tokens", "15.6T"
    };

    /** Runs the line with some of its options replaced and others added. */
    private static CommandLineRun run(String... more) {
        List<String> line = new ArrayList<>(List.of(LINE));
        for (int i = 0; i < more.length; i++) {
            int at = more[i].startsWith("--") ? line.indexOf(more[i]) : -1;
            if (at >= 0) {
                line.set(at + 1, more[++i]);
            } else {
                line.add(more[i]);
            }
        }
        return CommandLineRun.of(line.toArray(String[]::new));
    }

    /** Meta states 30.84 million GPU-hours (model card of Llama 3.1 405B), 419 interruptions in 54 days, over 90 %. */
    @Test
    void llama405bTakesAboutThePublishedChipHours() {
        JsonNode found = run("--checkpoint", "5", "--json").json();

        assertThat(found.get("chipHours").asDouble()).isBetween(0.85 * 30.84e6, 1.15 * 30.84e6);
        assertThat(found.get("modelFlopsUtilisation").asDouble()).isBetween(0.38, 0.43);
        assertThat(found.get("goodput").asDouble()).isBetween(0.9, 1.0);
        double perDay = found.get("interruptions").asDouble()
                / (found.get("wallSeconds").asDouble() / 86_400);
        assertThat(perDay).isCloseTo(419 / 54.0, within(0.05));
    }

    @Test
    void energyGrowsFromChipsToServersToTheMeterAndUnknownStaysUnknown() {
        JsonNode found =
                run("--region", "aws:us-east-1", "--price", "2", "--json").json();

        double chips = found.get("chipEnergyKwh").asDouble();
        double servers = found.get("serverEnergyKwh").asDouble();
        assertThat(servers).isGreaterThan(chips);
        assertThat(found.get("facilityEnergyKwh").asDouble()).isCloseTo(servers * 1.15, within(servers * 1e-9));
        assertThat(found.get("costUsd").asDouble())
                .isCloseTo(2 * found.get("chipHours").asDouble(), within(1.0));
        assertThat(run("--json").json().get("costUsd").isNull()).isTrue();
        assertThat(run("--json").json().get("carbonKg").isNull()).isTrue();
    }

    @Test
    void aFixedLayoutIsTakenAsItStands() {
        JsonNode found = run("--tp", "8", "--pp", "16", "--pipeline-chunks", "8", "--global-batch", "2048", "--json")
                .json();

        assertThat(found.get("dataParallel").asInt()).isEqualTo(128);
        assertThat(found.get("globalBatchSequences").asInt()).isEqualTo(2048);
    }

    private static final String[] DEEPSEEK = {
        "training",
        "--model",
        "deepseek-v3",
        "--chip",
        "h800-sxm",
        "--chips",
        "2048",
        "--tokens",
        "14.8T",
        "--sequence",
        "4096",
        "--precision",
        "fp8",
        "--global-batch",
        "15360",
        "--expert-servers",
        "4"
    };

    private static JsonNode deepSeek(String... more) {
        List<String> line = new ArrayList<>(List.of(DEEPSEEK));
        line.addAll(List.of(more));
        line.add("--json");
        return CommandLineRun.of(line.toArray(String[]::new)).json();
    }

    /** 2.664 million H800 hours for pre-training (arXiv 2412.19437, table 1); nothing was fitted to them. */
    @Test
    void deepSeekV3TakesAboutThePublishedChipHours() {
        JsonNode published = deepSeek(
                "--tp", "1", "--pp", "16", "--pipeline-chunks", "2", "--expert-parallel", "64", "--overlap", "1");
        assertThat(published.get("chipHours").asDouble()).isBetween(0.85 * 2.664e6, 1.15 * 2.664e6);
        JsonNode searched = deepSeek("--overlap", "1");
        assertThat(searched.get("chipHours").asDouble())
                .isBetween(0.6 * 2.664e6, published.get("chipHours").asDouble());
        assertThat(searched.get("expertParallel").asInt()).isGreaterThan(1);
    }

    @Test
    void aNarrowNetworkCostsTimeAndCircuitsDoNotSlowRings() {
        double full = run("--json").json().get("stepSeconds").asDouble();
        double narrow = run("--oversubscription", "40", "--json")
                .json()
                .get("stepSeconds")
                .asDouble();
        double rails = run("--oversubscription", "40", "--rail", "4096", "--json")
                .json()
                .get("stepSeconds")
                .asDouble();
        assertThat(narrow).isGreaterThan(full);
        assertThat(rails).isEqualTo(full);
        assertThat(run("--circuits", "--json").json().get("stepSeconds").asDouble())
                .isEqualTo(full);
    }

    @Test
    void partsOfTheEnergyAddUp() {
        JsonNode found = run("--region", "aws:us-east-1", "--json").json();
        double sum = 0;
        for (JsonNode part : found.get("energyKwh")) {
            sum += part.asDouble();
        }
        assertThat(sum).isCloseTo(found.get("facilityEnergyKwh").asDouble(), within(sum * 1e-9));
        assertThat(run("--json").json().get("energyKwh").get("facility").isNull())
                .isTrue();
    }

    @Test
    void sharingMoreOutTakesLessRoom() {
        double room = Double.POSITIVE_INFINITY;
        for (String stage : List.of("0", "1", "2", "3")) {
            JsonNode found =
                    run("--tp", "8", "--pp", "16", "--zero", stage, "--json").json();
            assertThat(found.get("zeroStage").asString()).isEqualTo(stage);
            assertThat(found.get("stateBytesPerChip").asDouble()).isLessThan(room);
            room = found.get("stateBytesPerChip").asDouble();
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        --tokens;many | no number of tokens
        --tokens;-3 | above 0
        --chips;0 | below 1
        --chips;7 | cannot be trained on 7
        --tp;8;--pp;7 | no multiple of tensor
        --tp;8;--global-batch;100 | cannot share equally
        --chip;h999 | There is no chip
        --model;lama | There is no model
        --checkpoint;0 | above 0
        --pp;16 | without --tensor-parallel
        --zero;4 | stages 0 to 3
        --expert-parallel;8 | has none
        --overlap;0.5 | has none
        --model;deepseek-v3;--overlap;2 | outside 0 to 1
        --model;deepseek-v3;--expert-parallel;7 | cannot be spread evenly
        --model;deepseek-v3;--tp;8;--pp;1024;--expert-parallel;8 | does not divide
        --circuits;--rail;8 | says nothing
        --rail;8 | not oversubscribed
        --oversubscription;0.5 | outside 1
        """)
    void aMistakeEndsWithTwo(String options, String said) {
        CommandLineRun run = run(options.split(";"));

        assertThat(run.exitCode()).isEqualTo(ExitCode.BAD_INPUT);
        assertThat(run.err()).contains(said).contains("Maybe");
    }
}
