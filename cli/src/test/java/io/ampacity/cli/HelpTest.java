package io.ampacity.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class HelpTest {

    @Test
    void helpOnACommandIsItsUsage() {
        assertThat(CommandLineRun.of("help", "doctor").out())
                .isEqualTo(CommandLineRun.of("doctor", "--help").out());
    }

    @ParameterizedTest
    @ValueSource(strings = {"environment", "output"})
    void aTopicIsExplained(String topic) {
        CommandLineRun run = CommandLineRun.of("help", topic);

        assertThat(run.exitCode()).isZero();
        assertThat(run.out().lines().count()).isGreaterThan(5);
        assertThat(CommandLineRun.of("help", "--help").out()).contains("  " + topic);
    }

    @Test
    void anUnknownTopicNamesTheKnownOnes() {
        CommandLineRun run = CommandLineRun.of("help", "nonsense");

        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err()).contains("nonsense").contains("doctor").contains("environment");
    }
}
