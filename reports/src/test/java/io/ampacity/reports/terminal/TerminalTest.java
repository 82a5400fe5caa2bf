package io.ampacity.reports.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TerminalTest {

    private static boolean colour(boolean tty, Map<String, String> environment) {
        return Terminal.of(environment, tty, 0, StandardCharsets.UTF_8).colour();
    }

    @Test
    void aTtyHasColourAndAPipeHasNot() {
        assertThat(colour(true, Map.of())).isTrue();
        assertThat(colour(false, Map.of())).isFalse();
        assertThat(colour(true, Map.of("TERM", "dumb"))).isFalse();
    }

    @Test
    void noColorWinsOverEverything() {
        assertThat(colour(true, Map.of("NO_COLOR", "1", "CLICOLOR_FORCE", "1"))).isFalse();
        assertThat(colour(true, Map.of("NO_COLOR", ""))).isTrue();
    }

    @Test
    void clicolorIsHonoured() {
        assertThat(colour(true, Map.of("CLICOLOR", "0"))).isFalse();
        assertThat(colour(false, Map.of("CLICOLOR_FORCE", "1"))).isTrue();
        assertThat(colour(false, Map.of("CLICOLOR_FORCE", "0"))).isFalse();
    }

    @Test
    void theWidthIsMeasuredElseToldElseUsual() {
        assertThat(Terminal.of(Map.of("COLUMNS", "100"), true, 132, StandardCharsets.UTF_8)
                        .columns())
                .isEqualTo(132);
        assertThat(Terminal.of(Map.of("COLUMNS", "100"), true, 0, StandardCharsets.UTF_8)
                        .columns())
                .isEqualTo(100);
        assertThat(Terminal.of(Map.of("COLUMNS", "wide"), true, 0, StandardCharsets.UTF_8)
                        .columns())
                .isEqualTo(80);
        assertThat(Terminal.of(Map.of(), true, 9, StandardCharsets.UTF_8).columns())
                .isEqualTo(40);
    }

    @Test
    void whatAsciiLacksIsSpelledOut() {
        Terminal ascii = Terminal.of(Map.of(), true, 80, StandardCharsets.US_ASCII);
        assertThat(ascii.spelled("Zürich: 4 × 5 µs ≤ 3 t CO₂e → 数")).isEqualTo("Zurich: 4 x 5 us <= 3 t CO2e -> ?");
        assertThat(Terminal.plain().spelled("Zürich")).isEqualTo("Zürich");
    }

    @Test
    void wideAndCombiningCharactersAreCountedAsShown() {
        assertThat(Terminal.plain().widthOf("abc")).isEqualTo(3);
        assertThat(Terminal.plain().widthOf("数据")).isEqualTo(4);
        assertThat(Terminal.plain().widthOf("e\u0301")).isEqualTo(1);
        assertThat(Terminal.plain().widthOf("🚀")).isEqualTo(2);
    }
}
