package io.ampacity.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.ampacity.testing.SharedData;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

final class CalibrateCommandTest {

    private static final Path EXAMPLE = Examples.file("calibrate/measurements.csv");

    @TempDir
    private Path folder = Path.of("");

    @Test
    void theExampleIsFittedAndSaysHowWell() {
        CommandLineRun run = CommandLineRun.of("calibrate", EXAMPLE.toString(), "--json", "--quiet");

        assertThat(run.exitCode()).isZero();
        assertThat(run.err()).isEmpty();
        JsonNode document = run.json();
        assertThat(document.get("calibrations")).hasSize(2);
        for (JsonNode parameter : document.get("parameters")) {
            double value = parameter.get("value").asDouble();
            assertThat(parameter.get("low").asDouble()).isLessThanOrEqualTo(value * 1.0001);
            assertThat(parameter.get("high").asDouble()).isGreaterThanOrEqualTo(value * 0.9999);
            assertThat(parameter.get("told").asDouble()).isBetween(0.0, 1.0);
        }
        for (JsonNode residual : document.get("residuals")) {
            if (residual.get("metric").asString().equals("inter-token")) {
                assertThat(residual.get("medianAbsoluteError").asDouble()).isLessThan(0.15);
            }
        }
        assertThat(document.get("check"))
                .extracting(row -> row.get("keptOut").asString())
                .contains("llama-3.1-70b", "deepseek-r1");
        assertThat(document.get("check"))
                .extracting(row -> row.get("chip").asString())
                .as("one model was measured on H100")
                .containsOnly("h200-sxm");
    }

    @Test
    void whatIsWrittenIsWhatEstimatesThenUse() throws IOException {
        Path ours = folder.resolve("ours.yaml");
        CommandLineRun run =
                CommandLineRun.of("calibrate", EXAMPLE.toString(), "--out", ours.toString(), "--as-of", "2026-08-21");

        assertThat(run.exitCode()).isZero();
        assertThat(run.out())
                .contains("kept out")
                .contains("Only one model was measured")
                .contains("told");
        assertThat(Files.readString(ours))
                .contains("source: \"measurements.csv\"")
                .contains("as-of: \"2026-08-21\"");
        double shipped = gap();
        double calibrated = gap("--calibration", ours.toString());
        double sheet = gap("--calibration", "none");
        assertThat(calibrated).isNotEqualTo(shipped).isNotEqualTo(sheet);
        String slower = Files.readString(ours).replaceAll("(?m)^    memory: .*$", "    memory: 0.4");
        Files.writeString(ours, slower);
        assertThat(gap("--calibration", ours.toString())).isGreaterThan(1.2 * calibrated);
    }

    private static double gap(String... more) {
        List<String> line = new java.util.ArrayList<>(List.of(
                "estimate",
                "--model",
                "qwen3-32b",
                "--chip",
                "h100-sxm",
                "--tensor-parallel",
                "2",
                "--prompt-tokens",
                "1024",
                "--output-tokens",
                "256",
                "--concurrency",
                "8",
                "--json"));
        line.addAll(List.of(more));
        return CommandLineRun.of(line.toArray(new String[0]))
                .json()
                .get("interTokenLatencySeconds")
                .get("value")
                .asDouble();
    }

    @Test
    void aSimulatedRunTellsTheEfficienciesItWasMadeWith() throws IOException {
        Path trace = folder.resolve("trace.csv");
        StringBuilder rows = new StringBuilder("arrival_s,prompt_tokens,output_tokens\n");
        for (int i = 0; i < 120; i++) {
            rows.append(i * 0.11)
                    .append(',')
                    .append(300 + 37 * (i % 23))
                    .append(',')
                    .append(60 + 13 * (i % 17))
                    .append('\n');
        }
        Files.writeString(trace, rows);
        Path seen = folder.resolve("seen.csv");
        assertThat(CommandLineRun.of(
                                "simulate",
                                "--model",
                                "llama-3.1-8b",
                                "--chip",
                                "l40s",
                                "--trace",
                                trace.toString(),
                                "--calibration",
                                "none",
                                "--per-request",
                                seen.toString())
                        .exitCode())
                .isZero();
        JsonNode document = CommandLineRun.of(
                        "calibrate", seen.toString(), "--chip", "l40s", "--model", "llama-3.1-8b", "--json")
                .json();
        for (JsonNode residual : document.get("residuals")) {
            assertThat(residual.get("medianAbsoluteError").asDouble())
                    .as(residual.get("metric").asString())
                    .isLessThan(0.01);
        }
    }

    @Test
    void runsAndKernelsOfTheSharedDataAreUnderstood() {
        Path kernels = SharedData.at("aiconfigurator/perf_csv/h100_sxm/gemm/vllm/0.14.0/gemm_perf.csv");
        JsonNode document =
                CommandLineRun.of("calibrate", kernels.toString(), "--json").json();
        assertThat(document.get("calibrations")).hasSize(2);
        assertThat(document.get("residuals").get(0).get("medianAbsoluteError").asDouble())
                .isLessThan(0.15);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "absent.csv",
                "EXAMPLE --format steam",
                "EXAMPLE --format mlperf",
                "EXAMPLE --tensor-parallel 0",
                "EXAMPLE --max-num-seqs 0",
                "EXAMPLE --out /absent/folder/x.yaml",
                "."
            })
    void whatCannotBeFittedIsBadInput(String line) {
        String whole = "calibrate " + line.replace("EXAMPLE", EXAMPLE.toString()) + " --json";
        CommandLineRun run = CommandLineRun.of(whole.replaceAll(" +", " ").split(" ", -1));

        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.json().get("errors")).isNotEmpty();
        assertThat(run.err()).isNotBlank();
    }

    @Test
    void aChipThatNobodyNamesIsAskedFor() throws IOException {
        Path run = Files.writeString(folder.resolve("rows.csv"), """
                arrival_s,prompt_tokens,output_tokens,first_token_s,last_token_s
                0,10,5,0.1,0.3
                1,10,5,1.1,1.3
                """);
        CommandLineRun asked = CommandLineRun.of("calibrate", run.toString());

        assertThat(asked.exitCode()).isEqualTo(2);
        assertThat(asked.err()).contains("does not tell its chip").contains("--chip");
    }
}
