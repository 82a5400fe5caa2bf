package io.ampacity.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class CompletionTest {

    @ParameterizedTest
    @ValueSource(strings = {"bash", "zsh", "fish"})
    void everyCommandCanBeCompleted(String shell) {
        CommandLineRun run = CommandLineRun.of("completion", shell);

        assertThat(run.exitCode()).isZero();
        for (List<String> path : CommandTree.paths()) {
            assertThat(run.out()).contains(path.getLast());
        }
    }

    @Test
    void anUnknownShellNamesTheKnownOnes() {
        CommandLineRun run = CommandLineRun.of("completion", "tcsh");

        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err()).contains("tcsh").containsIgnoringCase("fish");
    }
}
