package io.ampacity.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.ampacity.reports.terminal.Terminal;
import io.ampacity.traces.RequestList;
import io.ampacity.traces.RequestSource;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** The bar of a replay. */
final class ReplayProgressTest {

    private static final Terminal WATCHED = new Terminal(80, true, false, true);

    private static String told(Terminal terminal, boolean quiet, long requests) throws InterruptedException {
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        Output output = new Output(new ByteArrayOutputStream(), err, new Terminals(Terminal.plain(), terminal));
        output.quiet(quiet);
        RequestList list = new RequestList();
        for (int i = 0; i < 1024; i++) {
            list.add(i, 10, 10);
        }
        try (ReplayProgress progress = new ReplayProgress(output, 0, requests, 1);
                RequestSource source = progress.watch(list.source())) {
            int taken = 0;
            while (source.next()) {
                assertThat(source.arrivalSeconds()).isEqualTo(taken);
                if (++taken == 500) {
                    // Longer than the bar waits before it is drawn.
                    Thread.sleep(150);
                }
            }
            assertThat(taken).isEqualTo(1024);
        }
        return err.toString(StandardCharsets.UTF_8);
    }

    @Test
    void aPersonSeesHowFarAReplayIs() throws InterruptedException {
        assertThat(told(WATCHED, false, 1024)).contains("replaying").contains("50 %");
        assertThat(told(WATCHED, false, 0)).contains("replaying").contains("512");
    }

    @Test
    void aFileAndWhoeverAskedForQuietSeeNothing() throws InterruptedException {
        assertThat(told(Terminal.plain(), false, 1024)).isEmpty();
        assertThat(told(WATCHED, true, 1024)).isEmpty();
    }
}
