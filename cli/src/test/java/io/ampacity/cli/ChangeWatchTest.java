package io.ampacity.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What changes under a command that serves, and what it says of faults. */
@Timeout(value = 30, unit = TimeUnit.SECONDS)
final class ChangeWatchTest {

    private final AtomicReference<List<Object>> state = new AtomicReference<>(List.of("first"));
    private final AtomicInteger acted = new AtomicInteger();

    private void awaitActs(int count) throws InterruptedException {
        while (acted.get() < count) {
            Thread.sleep(1);
        }
        Thread.sleep(50);
        assertThat(acted.get()).isEqualTo(count);
    }

    @Test
    void aChangeIsActedOnOnceAndOneThatWasThereBeforeTheWatchToo() throws InterruptedException {
        ChangeWatch watch = ChangeWatch.start(state::get, List.of("before"), acted::incrementAndGet, 1);
        try {
            awaitActs(1);
            state.set(List.of("second"));
            awaitActs(2);
            // A file that is away for a moment, as while it is replaced, is no change.
            state.set(List.of());
            Thread.sleep(30);
            state.set(List.of("second"));
            awaitActs(2);
        } finally {
            watch.close();
        }
        state.set(List.of("third"));
        Thread.sleep(30);
        assertThat(acted.get()).as("after it was closed").isEqualTo(2);
    }

    @Test
    void itActsWhenToldThoughNothingChangedAndAtOnce() throws InterruptedException {
        CountDownLatch done = new CountDownLatch(1);
        try (ChangeWatch watch = ChangeWatch.start(state::get, state.get(), done::countDown, 3_600_000)) {
            watch.actNow();
            assertThat(done.await(10, TimeUnit.SECONDS)).isTrue();
        }
    }

    @Test
    void ofManyFaultsAFewAreTold() {
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        FaultLog log = new FaultLog(new Output(new ByteArrayOutputStream(), err, Terminals.NONE));
        for (int i = 0; i < 10_000; i++) {
            log.add(i == 0 ? new IllegalStateException() : new IOException("the disk\nis full"));
        }
        List<String> lines = err.toString(StandardCharsets.UTF_8).lines().toList();
        assertThat(lines).hasSize(FaultLog.LINES_A_MINUTE);
        assertThat(lines.getFirst()).contains("IllegalStateException at io.ampacity.cli.ChangeWatchTest");
        assertThat(lines.getLast()).isEqualTo("ampacity: warning: a fault: the disk");
    }
}
