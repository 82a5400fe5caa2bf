package io.ampacity.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.ampacity.gateway.metering.AttemptRecord;
import io.ampacity.gateway.metering.Outcome;
import io.ampacity.gateway.metering.Use;
import io.ampacity.gateway.settings.CanarySettings;
import io.ampacity.ledger.Ledger;
import io.ampacity.ledger.LedgerAddress;
import io.ampacity.ledger.Trials;
import io.ampacity.ledger.Trials.Standing;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Gateways on one PostgreSQL judge a trial together. */
@Timeout(value = 120, unit = TimeUnit.SECONDS)
final class PooledTrialTest {

    private static final CanarySettings RULE = new CanarySettings(0.1, 2, 20, List.of(0.5, 1.0), 0);
    private static final int GATEWAYS = 4;

    @TempDir
    Path folder;

    private int port;
    private @Nullable EmbeddedPostgres server;
    private final List<Throwable> faults = new CopyOnWriteArrayList<>();
    private final List<TrialTurn> turns = new CopyOnWriteArrayList<>();
    private final List<Trials> open = new ArrayList<>();
    private final List<PooledTrial> gateways = new ArrayList<>();

    @BeforeEach
    void start() throws IOException {
        Assumptions.assumeTrue(
                System.getProperty("os.name", "").equals("Linux")
                        && System.getProperty("os.arch", "").equals("amd64"),
                "there are no PostgreSQL binaries for this machine");
        try (ServerSocket free = new ServerSocket(0)) {
            port = free.getLocalPort();
        }
        serve();
        Ledger.open(address()).close();
        for (int i = 0; i < GATEWAYS; i++) {
            Trials trials = new Trials(address());
            open.add(trials);
            gateways.add(new PooledTrial(RULE, trials, "new [rule]", Standing.NEW, turns::add, faults::add));
        }
    }

    private void serve() throws IOException {
        server = EmbeddedPostgres.builder()
                .setPort(port)
                .setServerConfig("fsync", "off")
                .setDataDirectory(folder.resolve("data"))
                .setCleanDataDirectory(false)
                .start();
    }

    private LedgerAddress address() {
        return new LedgerAddress("jdbc:postgresql://localhost:" + port + "/postgres", "postgres", "");
    }

    @AfterEach
    void stop() throws IOException {
        open.forEach(Trials::close);
        if (server != null) {
            server.close();
        }
    }

    private static AttemptRecord ended(Outcome outcome) {
        return new AttemptRecord(
                "p", "s", "x", "m", "w", 0, 1, 0.1, outcome == Outcome.COMPLETED ? 200 : 500, outcome, Use.NONE);
    }

    private static void add(Trial trial, int own, Outcome outcome, int others) {
        for (int i = 0; i < others; i++) {
            trial.add(ended(Outcome.COMPLETED), false, false);
        }
        for (int i = 0; i < own; i++) {
            trial.add(ended(outcome), true, false);
        }
    }

    /** Everybody looks, as each request would. */
    private void eventually(String what, BooleanSupplier is) {
        for (int i = 0; i < 2000; i++) {
            gateways.forEach(Trial::verdict);
            if (is.getAsBoolean()) {
                return;
            }
            LockSupport.parkNanos(5_000_000);
        }
        throw new AssertionError(
                what + ": " + gateways.stream().map(Trial::state).toList() + " " + faults);
    }

    @Test
    void failuresOfWhichNoGatewaySawEnoughStopItAtAll() {
        for (PooledTrial gateway : gateways) {
            add(gateway, 0, Outcome.COMPLETED, 30);
        }
        add(gateways.get(0), 1, Outcome.RESET, 0);
        add(gateways.get(1), 1, Outcome.RESET, 0);
        add(gateways.get(2), 1, Outcome.RESET, 0);
        eventually("all stop", () -> gateways.stream().allMatch(gateway -> gateway.verdict() != null));
        assertThat(gateways.getLast().state()).startsWith("stopped: 3 of 3 requests failed; of the others 0 of ");
        assertThat(turns)
                .as("told by one")
                .singleElement()
                .extracting(TrialTurn::kind)
                .isEqualTo(TrialTurn.Kind.STOPPED);
        assertThat(faults).isEmpty();
    }

    @Test
    void aShareGrowsByWhatAllSawTogetherAndForAll() {
        for (PooledTrial gateway : gateways) {
            add(gateway, 5, Outcome.COMPLETED, 10);
        }
        eventually("all have the next share", () -> gateways.stream().allMatch(gateway -> gateway.share() == 0.5));
        assertThat(turns).singleElement().extracting(TrialTurn::kind).isEqualTo(TrialTurn.Kind.WIDENED);
        assertThat(turns.getFirst().told()).startsWith("50 % of the requests, stage 2 of 3, after 0 of ");
        // A gateway that starts later stands where they stand.
        Trials trials = new Trials(address());
        open.add(trials);
        PooledTrial late = new PooledTrial(RULE, trials, "new [rule]", Standing.NEW, turns::add, faults::add);
        gateways.add(late);
        eventually("the late one too", () -> late.share() == 0.5);
    }

    @Test
    void whileTheLedgerIsAwayNothingGrowsEachStopsByItselfAndTellsTheOthersLater() throws IOException {
        add(gateways.get(0), 1, Outcome.COMPLETED, 30);
        eventually("told", () -> gateways.get(0).state().contains("1 of 20"));
        Objects.requireNonNull(server).close();
        for (PooledTrial gateway : gateways) {
            add(gateway, 25, Outcome.COMPLETED, 60);
        }
        eventually(
                "all see that it is away",
                () -> gateways.stream().allMatch(gateway -> gateway.state().contains("the ledger is away")));
        for (PooledTrial gateway : gateways) {
            add(gateway, 25, Outcome.COMPLETED, 60);
            assertThat(gateway.share()).isEqualTo(0.1);
        }
        add(gateways.get(1), 5, Outcome.RESET, 0);
        assertThat(gateways.get(1).verdict()).contains("requests failed; of the others 0 of ");
        assertThat(gateways.get(2).verdict()).as("it cannot know").isNull();
        serve();
        eventually("all stop", () -> gateways.stream().allMatch(gateway -> gateway.verdict() != null));
        assertThat(gateways.get(2).share()).isEqualTo(0.1);
        assertThat(faults).isNotEmpty();
    }
}
