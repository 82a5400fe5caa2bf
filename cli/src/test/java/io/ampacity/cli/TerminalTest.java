package io.ampacity.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

final class TerminalTest {

    @Test
    void colourNeedsATerminalThatIsNotDumb() {
        assertThat(Terminal.of(Map.of(), "out,err").colour()).isTrue();
        assertThat(Terminal.of(Map.of(), ",err").colour()).isFalse();
        assertThat(Terminal.of(Map.of("TERM", "dumb"), "out,err").colour()).isFalse();
    }

    @Test
    void theCustomaryVariablesRefuseAndForceColour() {
        assertThat(Terminal.of(Map.of("NO_COLOR", "1"), "out,err").colour()).isFalse();
        assertThat(Terminal.of(Map.of("CLICOLOR_FORCE", "1"), "").colour()).isTrue();
        assertThat(Terminal.of(Map.of("CLICOLOR_FORCE", "0"), "").colour()).isFalse();
        assertThat(Terminal.of(Map.of("CLICOLOR_FORCE", "1", "NO_COLOR", "1"), "out")
                        .colour())
                .isFalse();
    }

    @Test
    void progressNeedsStandardErrorToBeATerminal() {
        assertThat(Terminal.of(Map.of(), "out").progress()).isFalse();
        assertThat(Terminal.of(Map.of(), ",err").progress()).isTrue();
    }

    @Test
    void theWidthIsThatOfTheTerminalWithinReason() {
        assertThat(Terminal.of(Map.of("COLUMNS", "120"), "").width()).isEqualTo(120);
        assertThat(Terminal.of(Map.of("COLUMNS", "3"), "").width()).isEqualTo(60);
        assertThat(Terminal.of(Map.of("COLUMNS", "wide"), "").width()).isEqualTo(100);
    }
}
