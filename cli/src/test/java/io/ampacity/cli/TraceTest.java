package io.ampacity.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

final class TraceTest {

    @TempDir
    private Path folder;

    private String path(String name) {
        return folder.resolve(name).toString();
    }

    @Test
    void aSynthesisedTraceIsDescribedAsItWasOrdered() {
        CommandLineRun made = CommandLineRun.of(
                "trace",
                "synthesise",
                "azure-code-2023",
                "--rate",
                "5 /s",
                "--duration",
                "30 min",
                "--out",
                path("a.csv"),
                "--json");
        JsonNode description =
                CommandLineRun.of("trace", "describe", path("a.csv"), "--json").json();

        assertThat(made.exitCode()).as(made.err()).isZero();
        assertThat(description.get("requests").asLong())
                .isEqualTo(made.json().get("requests").asLong());
        assertThat(description.get("meanRequestsPerSecond").asDouble()).isCloseTo(5, within(2.0));
        assertThat(CommandLineRun.of("trace", "describe", path("a.csv")).out()).contains("requests/s, mean");
    }

    @Test
    void theSameSeedMakesTheSameFile() throws IOException {
        for (String file : new String[] {"a.csv", "b.csv"}) {
            CommandLineRun.of(
                    "trace",
                    "synthesise",
                    "azure-conversation-2023",
                    "--duration",
                    "5 min",
                    "--seed",
                    "7",
                    "--out",
                    path(file));
        }

        assertThat(folder.resolve("a.csv")).hasSameBinaryContentAs(folder.resolve("b.csv"));
        assertThat(Files.size(folder.resolve("a.csv"))).isPositive();
    }

    @Test
    void aFittedModelMakesATraceOfItsRate() {
        CommandLineRun.of(
                "trace",
                "synthesise",
                "azure-conversation-2023",
                "--rate",
                "4 /s",
                "--duration",
                "30 min",
                "--out",
                path("a.csv"));
        CommandLineRun fit = CommandLineRun.of("trace", "fit", path("a.csv"), "--out", path("m.yaml"), "--json");
        CommandLineRun made = CommandLineRun.of(
                "trace", "synthesise", path("m.yaml"), "--duration", "30 min", "--out", path("b.csv"), "--json");

        assertThat(fit.exitCode()).as(fit.err()).isZero();
        assertThat(fit.json().isObject()).isTrue();
        assertThat(made.exitCode()).as(made.err()).isZero();
        assertThat(made.json().get("requests").asDouble()).isBetween(3600.0, 14_400.0);
    }

    @Test
    void convertingLosesNoRequest() {
        CommandLineRun.of("trace", "synthesise", "azure-code-2023", "--duration", "10 min", "--out", path("a.csv"));
        CommandLineRun converted =
                CommandLineRun.of("trace", "convert", path("a.csv"), "--out", path("b.csv.gz"), "--json");

        long before = requests("a.csv");
        assertThat(converted.json().get("requests").asLong()).isEqualTo(before);
        assertThat(requests("b.csv.gz")).isEqualTo(before);
    }

    private long requests(String file) {
        return CommandLineRun.of("trace", "describe", path(file), "--json")
                .json()
                .get("requests")
                .asLong();
    }

    @Test
    void whatIsNoTraceIsBadInputAndNothingIsWritten() throws IOException {
        Files.writeString(folder.resolve("junk.csv"), "hello\nworld\n");

        assertThat(CommandLineRun.of("trace", "describe", path("absent.csv")).exitCode())
                .isEqualTo(2);
        assertThat(CommandLineRun.of("trace", "describe", path("junk.csv")).err())
                .contains("junk.csv");
        assertThat(CommandLineRun.of("trace", "convert", path("junk.csv"), "--out", path("out.csv"))
                        .exitCode())
                .isEqualTo(2);
        assertThat(CommandLineRun.of("trace", "synthesise", "no-model", "--out", path("out.csv"))
                        .exitCode())
                .isEqualTo(2);
        assertThat(CommandLineRun.of(
                                "trace",
                                "synthesise",
                                "azure-code-2023",
                                "--duration",
                                "-1 s",
                                "--out",
                                path("out.csv"))
                        .exitCode())
                .isEqualTo(2);
        assertThat(folder.resolve("out.csv")).doesNotExist();
    }
}
