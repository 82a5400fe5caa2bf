package io.ampacity.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Facts that come from files: checked, imported and laid over the built-in ones. */
final class FactsFilesTest {

    private static final String PRICES = """
            InstanceType,AcceleratorName,AcceleratorCount,vCPUs,MemoryGiB,Price,SpotPrice,Region,AvailabilityZone,GpuInfo
            p5.48xlarge,H100,8,192,2048,55.04,20.0,us-east-1,us-east-1a,
            """;

    @TempDir
    @SuppressWarnings("NullAway.Init") // JUnit sets it
    private Path folder;

    @Test
    void theBuiltInFactsPassTheirOwnCheck() {
        CommandLineRun run = CommandLineRun.of("facts", "check", "--strict", "--json");

        assertThat(run.exitCode()).as(run.out()).isZero();
        assertThat(run.json().get("errors").asLong()).isZero();
    }

    @Test
    void aSpotPriceAboveOnDemandIsFound() throws IOException {
        Path file = folder.resolve("vms.csv");
        Files.writeString(file, PRICES.replace(",20.0,", ",80.0,"));
        CommandLineRun run = CommandLineRun.of("facts", "check", file.toString());

        assertThat(run.exitCode()).as(run.out()).isEqualTo(1);
        assertThat(run.out()).contains("spot").contains("1 wrong");
    }

    @Test
    void importedPricesPriceAnEstimate() throws IOException {
        Path file = folder.resolve("vms.csv");
        Path own = folder.resolve("own.yaml");
        Files.writeString(file, PRICES);
        CommandLineRun run = CommandLineRun.of(
                "facts",
                "import",
                "skypilot",
                file.toString(),
                "--supplier",
                "aws",
                "--as-of",
                "2026-10-01",
                "--out",
                own.toString());

        assertThat(run.exitCode()).as(run.err()).isZero();
        CommandLineRun listed = CommandLineRun.of("facts", "list", "offers", "p5", "--facts", own.toString(), "--json");
        assertThat(listed.exitCode()).as(listed.err()).isZero();
        CommandLineRun offers = CommandLineRun.of("facts", "check", own.toString());
        assertThat(offers.exitCode()).as(offers.out()).isZero();
        assertThat(Files.readString(own)).contains("6.88");
    }

    @Test
    void aPriceListNeedsItsSupplierAndDate() throws IOException {
        Path file = folder.resolve("vms.csv");
        Files.writeString(file, PRICES);

        assertThat(CommandLineRun.of("facts", "import", "skypilot", file.toString())
                        .err())
                .contains("--supplier");
        assertThat(CommandLineRun.of("facts", "import", "nowhere", file.toString())
                        .exitCode())
                .isEqualTo(2);
    }

    @Test
    void aModelIsImportedAndShown() throws IOException {
        Path config = folder.resolve("config.json");
        Path own = folder.resolve("own.yaml");
        Files.writeString(config, """
                {"architectures": ["LlamaForCausalLM"], "model_type": "llama", "_name_or_path": "ours/tiny", "hidden_size": 2048,
                 "num_hidden_layers": 16, "num_attention_heads": 32, "num_key_value_heads": 8, "intermediate_size": 8192,
                 "vocab_size": 128256, "torch_dtype": "bfloat16", "max_position_embeddings": 131072}
                """);
        CommandLineRun run = CommandLineRun.of(
                "facts", "import", "hugging-face", config.toString(), "--out", own.toString(), "--json");

        assertThat(run.exitCode()).as(run.err()).isZero();
        assertThat(run.json().get("entries").asInt()).isEqualTo(1);
        assertThat(CommandLineRun.of("facts", "check", own.toString()).exitCode())
                .isZero();
    }
}
