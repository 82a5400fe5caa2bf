package io.ampacity.reports.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class ProgressBarTest {

    private static final Terminal WATCHED = new Terminal(80, true, true, true);

    private final StringBuilder out = new StringBuilder();
    private final AtomicLong clock = new AtomicLong();

    private ProgressBar bar(Terminal terminal, long total) {
        return new ProgressBar(out, terminal, clock::get, "Replaying", total);
    }

    @Test
    void nothingIsDrawnWhereNobodyWatches() {
        try (ProgressBar bar = bar(Terminal.plain(), 10)) {
            clock.addAndGet(5_000_000_000L);
            bar.advance(5);
        }
        assertThat(out.toString()).isEmpty();
    }

    @Test
    void itSaysHowFarAndHowLong() {
        try (ProgressBar bar = bar(WATCHED, 100)) {
            clock.addAndGet(10_000_000_000L);
            bar.advance(25);
        }
        assertThat(out.toString())
                .contains("Replaying  ██████ ")
                .contains("25 %")
                .contains("30.0 s left");
    }

    @Test
    void itIsDrawnAtMostTenTimesASecond() {
        try (ProgressBar bar = bar(WATCHED, 10_000)) {
            for (int i = 0; i < 10_000; i++) {
                clock.addAndGet(200_000L);
                bar.advance(1);
            }
        }
        long draws = out.chars().filter(c -> c == '\r').count();
        assertThat(draws).isBetween(15L, 21L);
    }

    @Test
    void aWorkThatEndsAtOnceDrawsNothing() {
        try (ProgressBar bar = bar(WATCHED, 10)) {
            bar.advance(10);
        }
        assertThat(out.toString()).isEmpty();
    }

    @Test
    void closingWipesTheLine() {
        ProgressBar bar = bar(WATCHED, 0);
        clock.addAndGet(1_000_000_000L);
        bar.reach(7);
        bar.close();
        bar.close();
        clock.addAndGet(1_000_000_000L);
        bar.advance(1);
        assertThat(out.toString()).isEqualTo("\rReplaying  7\u001B[K\r\u001B[K");
    }
}
