package io.ampacity.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What all commands share. */
final class AmpacityTest {

    @Test
    void theVersionNamesTheBuildAndTheJava() {
        CommandLineRun run = CommandLineRun.of("--version");

        assertThat(run.exitCode()).isZero();
        assertThat(run.out()).startsWith("ampacity ").contains("commit ").contains("java " + Runtime.version());
        assertThat(run.err()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"--version", "doctor"})
    void withJsonStandardOutputIsOneDocument(String command) {
        assertThat(CommandLineRun.of(command, "--json").json().isObject()).isTrue();
        assertThat(CommandLineRun.of("--json", command).json().isObject()).isTrue();
    }

    @Test
    void noCommandShowsTheUsageAsAnError() {
        CommandLineRun run = CommandLineRun.of();

        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.out()).isEmpty();
        assertThat(run.err()).contains("Usage: ampacity");
    }

    @Test
    void aMistypedCommandIsAnsweredWithTheNearestOne() {
        CommandLineRun run = CommandLineRun.of("docter");

        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err()).contains("docter").contains("Maybe you meant doctor");
    }

    @Test
    void aMistypedOptionIsAnsweredWithTheNearestOne() {
        CommandLineRun run = CommandLineRun.of("doctor", "--jsn");

        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err()).contains("--jsn").contains("Maybe you meant --json");
    }

    @Test
    void aMistypedLineWithJsonIsOneDocumentOfErrors() {
        CommandLineRun run = CommandLineRun.of("doctor", "--json", "--qiet");

        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.json().get("errors").get(0).get("problem").asString()).contains("--qiet");
        assertThat(run.err()).contains("--qiet");
    }

    @Test
    void everyCommandExplainsItself() {
        for (List<String> path : CommandTree.paths()) {
            CommandLineRun run = CommandLineRun.of(CommandTree.with(path, "--help"));

            assertThat(run.exitCode()).as("%s", path).isZero();
            assertThat(run.out())
                    .as("%s", path)
                    .contains(String.join(" ", path))
                    .contains("--json");
        }
    }

    @Test
    void noColourWithoutATerminal() {
        assertThat(CommandLineRun.of("--help").out()).doesNotContain("\u001b");
        Terminals terminals = Terminals.of(Map.of(), "out,err", 0, StandardCharsets.UTF_8);
        assertThat(CommandLineRun.in(Map.of(), terminals, "--help").out()).contains("\u001b");
    }

    @Test
    void aReaderThatLeavesEarlyIsNoFailure() {
        assertThat(runInto(new IOException("Broken pipe"))).isEqualTo("0 ");
    }

    @Test
    void aFullDiskIsAFailure() {
        assertThat(runInto(new IOException("No space left on device")))
                .startsWith("2 ")
                .contains("cannot write the result: No space left on device");
    }

    private static String runInto(IOException failure) {
        OutputStream broken = new OutputStream() {
            @Override
            public void write(int octet) throws IOException {
                throw failure;
            }
        };
        var err = new java.io.ByteArrayOutputStream();
        int exitCode = Ampacity.run(List.of("--version"), Map.of(), broken, err, Terminals.NONE);
        return exitCode + " " + err.toString(java.nio.charset.StandardCharsets.UTF_8);
    }
}
