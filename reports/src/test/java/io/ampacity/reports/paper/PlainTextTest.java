package io.ampacity.reports.paper;

import static org.assertj.core.api.Assertions.assertThat;

import io.ampacity.reports.Hostile;
import org.junit.jupiter.api.Test;

class PlainTextTest {

    @Test
    void ordinaryTextIsLeftAlone() {
        assertThat(PlainText.of("Café à Zürich, 数据 🚀 ≤ 5 µs")).isEqualTo("Café à Zürich, 数据 🚀 ≤ 5 µs");
    }

    @Test
    void whatDrivesATerminalOrTurnsAReaderAroundIsReplaced() {
        assertThat(PlainText.of("\u001B[31mx")).isEqualTo("\uFFFD[31mx");
        assertThat(PlainText.of("a\u202Eb\u2069")).isEqualTo("a\uFFFDb\uFFFD");
        assertThat(PlainText.of("\u0000\uD800")).isEqualTo("\uFFFD\uFFFD");
    }

    @Test
    void linesBecomeOneAndSpacesOne() {
        assertThat(PlainText.of("  a\r\n\t b  ")).isEqualTo("a b");
    }

    @Test
    void longTextIsCutByCodePoints() {
        assertThat(PlainText.name("🚀".repeat(100))).isEqualTo("🚀".repeat(64) + "…");
        assertThat(PlainText.name("x".repeat(64))).isEqualTo("x".repeat(64));
    }

    @Test
    void cleaningTwiceIsCleaningOnce() {
        for (String name : Hostile.NAMES) {
            assertThat(PlainText.of(PlainText.of(name))).isEqualTo(PlainText.of(name));
        }
    }
}
