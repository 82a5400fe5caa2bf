package io.ampacity.gateway;

import io.ampacity.gateway.settings.KeySettings;
import io.ampacity.ledger.Leases;
import io.ampacity.ledger.LedgerException;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What each key may still ask, use and spend. Thread-safe; never waits.
 *
 * <p>Money is set aside before a call, as much as it can cost at most, and more as a stream grows; what is left over is
 * given back when the cost is known. Where a ledger is shared, this gateway spends only what it was granted of a budget, and
 * asks for more in the background before it runs out, so all gateways together keep to the budget too.
 */
final class Allowances {

    /** Of a budget that is asked for at once, so that the ledger is asked seldom. */
    private static final double SLICE = 0.01;

    private static final long REST_NANOS = 1_000_000_000L;

    private final MinuteLimits minutes;
    private final @Nullable Leases leases;
    private final Consumer<Throwable> faults;
    private final BiConsumer<String, String> deeds;
    private final Map<String, Allowance> byKey = new HashMap<>();

    /**
     * What keys may do.
     *
     * @param minutes what they may use in a minute
     * @param leases where budgets are dealt out; null when this gateway has them for itself
     * @param deeds hears of a budget that is spent: what, and whose
     */
    Allowances(
            MinuteLimits minutes,
            @Nullable Leases leases,
            Consumer<Throwable> faults,
            BiConsumer<String, String> deeds) {
        this.minutes = minutes;
        this.leases = leases;
        this.faults = faults;
        this.deeds = deeds;
    }

    /** Whether money could be set aside. */
    enum Answer {
        YES,
        /** More is being asked for: come again soon. */
        LATER,
        NO
    }

    private static final class Allowance {
        private String period = "";
        private double granted;
        private double spent;
        private double reserved;
        private boolean asking;
        private boolean known;
        private boolean spentTold;
        private long emptyUntilNanos;

        double free() {
            return granted - spent - reserved;
        }
    }

    /**
     * Counts one request of a key, with the tokens that it will use by estimate.
     *
     * @throws Refusal when a limit is reached
     * @throws ComeAgain when that is being asked
     */
    Purse open(KeySettings key, long tokens) {
        minutes.open(key, tokens);
        return new Purse(this, key, tokens);
    }

    /** What a key may, and what it has left here. */
    synchronized KeyStatus view(KeySettings key) {
        Allowance allowance = byKey.get(key.name());
        return new KeyStatus(
                key,
                allowance == null ? "" : allowance.period,
                allowance == null ? 0 : allowance.spent,
                allowance == null ? 0 : allowance.reserved);
    }

    /** Sets more aside for a request of a key. */
    synchronized Answer reserve(KeySettings key, double usd) {
        Double budget = key.budgetUsd();
        Allowance allowance = byKey.computeIfAbsent(key.name(), name -> new Allowance());
        if (budget == null || usd <= 0) {
            return Answer.YES;
        }
        begin(allowance, key, budget);
        double slice = budget * SLICE;
        if (allowance.free() >= usd) {
            allowance.reserved += usd;
            if (leases != null && allowance.free() < slice / 2) {
                ask(allowance, key, budget, slice);
            }
            return Answer.YES;
        }
        if (leases != null && (allowance.asking || System.nanoTime() - allowance.emptyUntilNanos >= 0)) {
            ask(allowance, key, budget, usd - allowance.free() + slice);
            return Answer.LATER;
        }
        if (!allowance.spentTold) {
            allowance.spentTold = true;
            deeds.accept("budget spent", "key " + key.name() + ", " + budget + " USD, period " + allowance.period);
        }
        return Answer.NO;
    }

    private void begin(Allowance allowance, KeySettings key, double budget) {
        String period = key.budgetPeriod().name(Instant.now());
        if (!period.equals(allowance.period)) {
            allowance.period = period;
            allowance.spent = 0;
            allowance.granted = leases == null ? budget : 0;
            allowance.known = leases == null;
            allowance.spentTold = false;
            allowance.emptyUntilNanos = System.nanoTime();
        } else if (leases == null) {
            allowance.granted = budget;
        }
    }

    private void ask(Allowance allowance, KeySettings key, double budget, double usd) {
        Leases shared = leases;
        if (allowance.asking || shared == null) {
            return;
        }
        allowance.asking = true;
        String period = allowance.period;
        boolean first = !allowance.known;
        Thread.ofVirtual().start(() -> {
            double left = 0;
            double more = 0;
            try {
                // What this gateway was granted before it was started anew is still its own.
                left = first
                        ? Math.max(
                                0,
                                shared.left(
                                        key.name(), period, key.budgetPeriod().began(Instant.now())))
                        : 0;
                more = left >= usd ? 0 : shared.grant(key.name(), period, usd - left, budget);
                granted(allowance, period, left + more, left + more < usd);
            } catch (LedgerException away) {
                faults.accept(away);
                granted(allowance, period, 0, true);
            }
        });
    }

    private synchronized void granted(Allowance allowance, String period, double usd, boolean empty) {
        allowance.asking = false;
        if (allowance.period.equals(period)) {
            allowance.known = true;
            allowance.granted += usd;
        }
        allowance.emptyUntilNanos = System.nanoTime() + (empty ? REST_NANOS : 0);
    }

    /** What was set aside for a request is free again, but for what it took. */
    void settle(KeySettings key, double reservedUsd, double chargedUsd, long estimated, long used) {
        minutes.settle(key, estimated, used);
        spent(key, reservedUsd, chargedUsd);
    }

    private synchronized void spent(KeySettings key, double reservedUsd, double chargedUsd) {
        Allowance allowance = byKey.get(key.name());
        if (allowance != null) {
            allowance.reserved = Math.max(0, allowance.reserved - reservedUsd);
            allowance.spent += chargedUsd;
        }
    }

    /** Gives back what this gateway was granted and did not spend. Waits for the ledger. */
    void close() {
        minutes.close();
        Leases shared = leases;
        if (shared == null) {
            return;
        }
        Map<String, Allowance> all;
        synchronized (this) {
            all = Map.copyOf(byKey);
        }
        all.forEach((key, allowance) -> {
            double free;
            synchronized (this) {
                free = allowance.free();
                allowance.granted -= Math.max(0, free);
            }
            try {
                shared.giveBack(key, allowance.period, free);
            } catch (LedgerException away) {
                faults.accept(away);
            }
        });
    }
}
