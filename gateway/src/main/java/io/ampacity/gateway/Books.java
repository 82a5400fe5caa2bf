package io.ampacity.gateway;

import io.ampacity.gateway.metering.Journal;
import io.ampacity.gateway.metering.Meter;
import io.ampacity.gateway.metering.RequestRecord;
import io.ampacity.gateway.settings.Fleet;
import io.ampacity.gateway.settings.GatewaySettings;
import io.ampacity.gateway.settings.LedgerSettings;
import io.ampacity.ledger.Intake;
import io.ampacity.ledger.Leases;
import io.ampacity.ledger.Ledger;
import io.ampacity.ledger.LedgerException;
import io.ampacity.ledger.Rates;
import io.ampacity.ledger.Trials;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A gateway's books: the journal that is written before a client sees the end, and the ledger that it feeds. Requests wait
 * for the journal alone. Thread-safe.
 */
public final class Books implements Meter, AutoCloseable {

    private static final Duration PACE = Duration.ofMillis(200);
    private static final Duration TRIALS_ARE_REMEMBERED = Duration.ofDays(400);
    private static final long SAMPLE_SECONDS = 15;
    private static final long TIDY_SECONDS = 3600;
    private static final double SECONDS_PER_DAY = 86_400;

    private final @Nullable Journal journal;
    private final @Nullable Ledger ledger;
    private final @Nullable Intake intake;
    private final @Nullable Meter beside;
    private final String replica;
    private final double keepDays;
    private final Consumer<Throwable> faults;

    @SuppressWarnings("ThreadPriorityCheck") // nothing waits for the clerk; it gives way where threads have priorities
    private final ScheduledExecutorService clerk = Executors.newSingleThreadScheduledExecutor(Thread.ofPlatform()
            .name("clerk")
            .priority(Thread.MIN_PRIORITY)
            .daemon()
            .factory());

    private Books(
            String replica,
            @Nullable Journal journal,
            @Nullable Ledger ledger,
            @Nullable Intake intake,
            @Nullable Meter beside,
            double keepDays,
            Consumer<Throwable> faults) {
        this.replica = replica;
        this.journal = journal;
        this.ledger = ledger;
        this.intake = intake;
        this.beside = beside;
        this.keepDays = keepDays;
        this.faults = faults;
        if (ledger != null) {
            clerk.scheduleWithFixedDelay(this::tidy, 0, TIDY_SECONDS, TimeUnit.SECONDS);
        }
    }

    /**
     * Opens the books that settings name. What a former gateway left in the journal is in the ledger when this returns.
     *
     * @param beside hears of every request too; null for nobody
     * @throws LedgerException when the ledger cannot be used
     */
    public static Books open(GatewaySettings settings, @Nullable Meter beside, Consumer<Throwable> faults)
            throws IOException {
        String file = settings.journal();
        LedgerSettings kept = settings.ledger();
        if (kept == null || file == null) {
            Journal journal = file == null ? null : Journal.open(Path.of(file), settings.replica());
            return new Books(settings.replica(), journal, null, null, beside, 0, faults);
        }
        Ledger ledger = Ledger.own(kept.address());
        Intake intake;
        Journal journal;
        try {
            Intake.of(ledger, Path.of(file)).catchUp();
            journal = Journal.open(Path.of(file), settings.replica());
            intake = Intake.start(ledger, Path.of(file), PACE, faults::accept);
        } catch (IOException | RuntimeException broken) {
            ledger.close();
            throw broken;
        }
        try {
            ledger.receiveVisitors();
        } catch (IOException noDoor) {
            // Requests are served and recorded all the same.
            faults.accept(noDoor);
        }
        return new Books(settings.replica(), journal, ledger, intake, beside, kept.keepDays(), faults);
    }

    /** The ledger; null when there is none. */
    public @Nullable Ledger ledger() {
        return ledger;
    }

    @Nullable Leases leases() {
        return ledger == null ? null : new Leases(ledger, replica);
    }

    /** Where trials are judged together; null when no other gateway can use the ledger. */
    @Nullable Trials sharedTrials() {
        return ledger == null || !ledger.address().isShared() ? null : new Trials(ledger.address());
    }

    /** Where limits a minute are dealt out; null when no other gateway can use the ledger. */
    @Nullable Rates rates() {
        return ledger == null || !ledger.address().isShared() ? null : new Rates(ledger.address());
    }

    @Override
    public void record(RequestRecord request) {
        if (journal != null) {
            journal.record(request);
        }
        if (beside != null) {
            beside.record(request);
        }
    }

    /** Takes down what was done, soon. */
    public void deed(String action, String detail) {
        deed("gateway", action, detail);
    }

    /** Takes down what somebody did, soon. */
    void deed(String actor, String action, String detail) {
        Ledger open = ledger;
        Instant at = Instant.now();
        if (open != null) {
            later(() -> open.audit(new Ledger.Deed(at, replica, actor, action, detail)));
        }
    }

    /** How the trials of former gateways stood; nothing is known of them without a ledger, or while that is away. */
    TrialHistory trials(Fleet fleet) {
        if (ledger == null || fleet.targets().stream().allMatch(target -> target.canary() == null)) {
            return TrialHistory.NONE;
        }
        try {
            return new TrialHistory(ledger.audited(Instant.now().minus(TRIALS_ARE_REMEMBERED)));
        } catch (LedgerException away) {
            faults.accept(away);
            return TrialHistory.NONE;
        }
    }

    /** Takes down now and then what each pool of a gateway is like, until the books are closed. */
    public void watch(Gateway gateway) {
        Ledger open = ledger;
        if (open != null) {
            clerk.scheduleWithFixedDelay(
                    () -> guarded(() -> sample(open, gateway)), SAMPLE_SECONDS, SAMPLE_SECONDS, TimeUnit.SECONDS);
        }
    }

    private void sample(Ledger open, Gateway gateway) {
        Instant now = Instant.now();
        List<Ledger.Sample> samples = new ArrayList<>();
        for (PoolStatus pool : gateway.pools()) {
            String source = replica + "/" + pool.id();
            samples.add(new Ledger.Sample(now, source, "outstanding", pool.outstanding(), "requests"));
            samples.add(new Ledger.Sample(now, source, "latency", pool.latencySeconds(), "s"));
            samples.add(new Ledger.Sample(
                    now, source, "available", pool.breaker().equals("CLOSED") && !pool.sick() ? 1 : 0, "yes"));
        }
        open.measured(samples);
    }

    private void tidy() {
        Ledger open = ledger;
        if (open != null) {
            guarded(() -> open.forgetBefore(Instant.now().minusSeconds((long) (keepDays * SECONDS_PER_DAY))));
        }
    }

    private void later(Runnable work) {
        if (!clerk.isShutdown()) {
            clerk.execute(() -> guarded(work));
        }
    }

    private void guarded(Runnable work) {
        try {
            work.run();
        } catch (LedgerException away) {
            faults.accept(away);
        }
    }

    @Override
    public void close() throws IOException {
        clerk.shutdown();
        try {
            clerk.awaitTermination(5, TimeUnit.SECONDS);
        } catch (InterruptedException hurried) {
            Thread.currentThread().interrupt();
        }
        if (journal != null) {
            journal.close();
        }
        if (intake != null) {
            // What a ledger that is away could not take stays in the journal, for the next start.
            guarded(intake::close);
        }
        if (ledger != null) {
            ledger.close();
        }
    }
}
