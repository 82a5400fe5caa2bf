package io.ampacity.gateway;

import io.ampacity.gateway.metering.AttemptRecord;
import io.ampacity.gateway.settings.CanarySettings;
import io.ampacity.ledger.LedgerException;
import io.ampacity.ledger.Trials;
import io.ampacity.ledger.Trials.Side;
import io.ampacity.ledger.Trials.Standing;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A trial that all gateways of a ledger judge together: each tells what it saw, in the background, and whoever completes a count
 * decides it for all. Thread-safe; never waits.
 *
 * <p>While the ledger is away nothing grows, and each gateway stops the trial by what it sees itself; it tells all others when the
 * ledger is back, and what it counted meanwhile.
 */
final class PooledTrial implements Trial {

    private static final long PACE_NANOS = 500_000_000L;
    private static final long PATIENCE_NANOS = 2_000_000_000L;

    private final CanarySettings settings;
    private final Trials trials;
    private final String name;
    private final Standing first;
    private final Consumer<TrialTurn> turned;
    private final Consumer<Throwable> faults;
    private Standing standing;
    private Side own = Side.NOTHING;
    private Side others = Side.NOTHING;
    /** The trial as this gateway alone sees it, while the ledger is away. */
    private @Nullable LoneTrial alone;

    private boolean asking;
    private long askedAt;

    /**
     * A trial of a ledger.
     *
     * @param name the same at all gateways that try the same by the same rule
     * @param first how it stands when the ledger knows nothing of it
     * @param turned hears of what changes by what this gateway told
     */
    PooledTrial(
            CanarySettings settings,
            Trials trials,
            String name,
            Standing first,
            Consumer<TrialTurn> turned,
            Consumer<Throwable> faults) {
        this.settings = settings;
        this.trials = trials;
        this.name = name;
        this.first = first;
        this.turned = turned;
        this.faults = faults;
        standing = first;
        askedAt = System.nanoTime() - PACE_NANOS;
    }

    @Override
    public CanarySettings settings() {
        return settings;
    }

    @Override
    public synchronized @Nullable String verdict() {
        look();
        LoneTrial lone = alone;
        String known = standing.verdict();
        return known != null || lone == null ? known : lone.verdict();
    }

    @Override
    public synchronized double share() {
        return settings.share(standing.stage());
    }

    @Override
    public synchronized String state() {
        look();
        LoneTrial lone = alone;
        return lone == null
                ? Tally.state(settings, standing)
                : lone.state() + "; the ledger is away, so this gateway judges by itself and no share grows";
    }

    @Override
    public synchronized @Nullable TrialTurn add(AttemptRecord attempt, boolean ofCanary, boolean stream) {
        Side said = Trial.said(attempt, stream);
        if (said == null || standing.verdict() != null) {
            return null;
        }
        Side mine = ofCanary ? said : Side.NOTHING;
        Side theirs = ofCanary ? Side.NOTHING : said;
        own = own.plus(mine);
        others = others.plus(theirs);
        LoneTrial lone = alone;
        TrialTurn turn = lone == null ? null : lone.add(mine, theirs, false);
        if (mine.failed() > 0 || standing.own().ended() + own.ended() >= settings.requests()) {
            ask();
        } else {
            look();
        }
        return turn;
    }

    /** Asks the ledger now and then, as long as anybody wants to know. */
    private void look() {
        if (System.nanoTime() - askedAt >= PACE_NANOS) {
            ask();
        }
    }

    private void ask() {
        long now = System.nanoTime();
        if (asking) {
            if (now - askedAt > PATIENCE_NANOS) {
                away();
            }
            return;
        }
        asking = true;
        askedAt = now;
        Side tellsOwn = own;
        Side tellsOthers = others;
        own = Side.NOTHING;
        others = Side.NOTHING;
        LoneTrial lone = alone;
        @Nullable String stoppedAlone = lone == null ? null : lone.verdict();
        // Others may have seen worse while nobody could be told.
        boolean mayGrow = lone == null;
        Thread.ofVirtual().start(() -> {
            try {
                AtomicReference<@Nullable TrialTurn> turn = new AtomicReference<>();
                Standing found = trials.change(name, first, before -> {
                    Tally tally = Tally.of(settings, before, tellsOwn, tellsOthers, mayGrow);
                    turn.set(tally.turn());
                    return stoppedAlone == null || tally.standing().verdict() != null
                            ? tally.standing()
                            : stopped(tally.standing(), stoppedAlone);
                });
                known(found);
                TrialTurn happened = turn.get();
                // What stopped it here while the ledger was away was told then.
                if (happened != null && stoppedAlone == null) {
                    turned.accept(happened);
                }
            } catch (LedgerException gone) {
                faults.accept(gone);
                untold(tellsOwn, tellsOthers);
            }
        });
    }

    private static Standing stopped(Standing one, String verdict) {
        return new Standing(
                one.stage(), one.stageSeconds(), one.passed(), verdict, one.own(), one.others(), one.before());
    }

    private synchronized void known(Standing found) {
        asking = false;
        standing = found;
        LoneTrial lone = alone;
        if (lone != null && (lone.verdict() == null || found.verdict() != null)) {
            alone = null;
        }
    }

    private synchronized void untold(Side mine, Side theirs) {
        asking = false;
        own = own.plus(mine);
        others = others.plus(theirs);
        away();
    }

    private void away() {
        if (alone == null) {
            LoneTrial lone = new LoneTrial(
                    settings,
                    new Standing(
                            standing.stage(),
                            0,
                            standing.passed(),
                            standing.verdict(),
                            Side.NOTHING,
                            Side.NOTHING,
                            standing.others().ended() >= settings.requests() ? standing.others() : standing.before()),
                    System::nanoTime);
            // What it could not tell counts here too.
            TrialTurn turn = lone.add(own, others, false);
            alone = lone;
            if (turn != null) {
                Thread.ofVirtual().start(() -> turned.accept(turn));
            }
        }
    }
}
