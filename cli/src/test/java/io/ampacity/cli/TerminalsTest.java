package io.ampacity.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class TerminalsTest {

    @Test
    void eachStreamIsJudgedByItself() {
        Terminals terminals = Terminals.of(Map.of(), ",err", 120, StandardCharsets.UTF_8);

        assertThat(terminals.out().interactive()).isFalse();
        assertThat(terminals.out().colour()).isFalse();
        assertThat(terminals.err().interactive()).isTrue();
        assertThat(terminals.err().colour()).isTrue();
        assertThat(terminals.err().columns()).isEqualTo(120);
        assertThat(terminals.out().columns()).isEqualTo(80);
    }

    @Test
    void aPipeGetsAllCharactersWhateverTheLocale() {
        Terminals terminals = Terminals.of(Map.of(), "err", 120, StandardCharsets.US_ASCII);

        assertThat(terminals.out().unicode()).isTrue();
        assertThat(terminals.err().unicode()).isFalse();
    }
}
