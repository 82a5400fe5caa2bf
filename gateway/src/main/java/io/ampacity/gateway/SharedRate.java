package io.ampacity.gateway;

import io.ampacity.ledger.LedgerException;
import io.ampacity.ledger.Rates;
import java.util.function.Consumer;

/**
 * What this gateway holds of a key's limit a minute that several gateways share. Thread-safe; never waits.
 *
 * <p>It holds a slice of the limit and asks for the next one, in the background, before that is used up; of a limit too small to
 * be sliced it asks for each request. So all gateways together let at most one slice each pass beyond what one alone would. What
 * it holds is worth nothing after a minute. While the ledger is away it keeps the whole limit by itself, since a limit a
 * minute is there against bursts: to turn everybody away would do more harm.
 */
final class SharedRate {

    /** Of the limit: what is asked for at once. */
    static final double SLICE = 0.02;

    private static final double NANOS = 1e9;
    private static final long MINUTE_NANOS = 60_000_000_000L;
    private static final long PATIENCE_NANOS = 500_000_000L;
    private static final long REST_NANOS = 1_000_000_000L;

    private final Rates rates;
    private final String key;
    private final Rates.Kind kind;
    private final double perMinute;
    private final double slice;
    private final Bucket alone;
    private final Consumer<Throwable> faults;
    private double held;
    private double correction;
    private long heldSince;
    private boolean asking;
    private long askedAt;
    private long awayUntil;
    private double refused = Double.POSITIVE_INFINITY;
    private long refusedAt;
    private long refusedUntil;
    private double refusedSeconds;

    SharedRate(Rates rates, String key, Rates.Kind kind, double perMinute, Consumer<Throwable> faults) {
        this.rates = rates;
        this.key = key;
        this.kind = kind;
        this.perMinute = perMinute;
        this.faults = faults;
        slice = perMinute * SLICE >= 1 ? perMinute * SLICE : 0;
        alone = new Bucket(perMinute);
        long now = System.nanoTime();
        heldSince = now;
        askedAt = now;
        awayUntil = now;
        refusedAt = now;
        refusedUntil = now;
    }

    double perMinute() {
        return perMinute;
    }

    /** Whether so much may pass now; it is not taken yet. LATER while the ledger is asked. */
    synchronized Allowances.Answer look(double amount) {
        long now = System.nanoTime();
        if (isAway(now)) {
            return alone.left() >= amount ? Allowances.Answer.YES : Allowances.Answer.NO;
        }
        if (now - heldSince > MINUTE_NANOS) {
            held = 0;
        }
        if (held >= amount) {
            return Allowances.Answer.YES;
        }
        if (asking) {
            return Allowances.Answer.LATER;
        }
        if (amount >= refused && now - refusedUntil < 0) {
            return Allowances.Answer.NO;
        }
        ask(amount - held, amount - held + slice);
        return Allowances.Answer.LATER;
    }

    /** Takes what was looked at. */
    synchronized void take(double amount) {
        alone.take(amount);
        if (!isAway(System.nanoTime())) {
            held -= amount;
        }
        if (!asking && held < slice / 2) {
            ask(0, slice - held);
        }
    }

    /** Seconds until so much may pass, when it was refused. */
    synchronized double secondsUntil(double amount) {
        long now = System.nanoTime();
        return isAway(now) ? alone.secondsUntil(amount) : Math.max(0, refusedSeconds - (now - refusedAt) / NANOS);
    }

    /** More was used than was taken, or less. */
    synchronized void correct(double more) {
        alone.take(more);
        correction += more;
        if (!asking && Math.abs(correction) > slice / 2) {
            ask(0, 0);
        }
    }

    private boolean isAway(long now) {
        return now - awayUntil < 0 || (asking && now - askedAt > PATIENCE_NANOS);
    }

    private void ask(double least, double wanted) {
        asking = true;
        askedAt = System.nanoTime();
        double corrected = correction;
        correction = 0;
        Thread.ofVirtual().start(() -> {
            try {
                granted(rates.take(key, kind, least, wanted, corrected, perMinute), least);
            } catch (LedgerException away) {
                faults.accept(away);
                away(corrected);
            }
        });
    }

    private synchronized void granted(Rates.Grant grant, double least) {
        asking = false;
        long now = System.nanoTime();
        held = Math.max(0, held) + grant.amount();
        heldSince = now;
        if (grant.secondsUntil() > 0) {
            refused = least + Math.max(0, held);
            refusedAt = now;
            refusedSeconds = grant.secondsUntil();
            refusedUntil = now + Math.min(REST_NANOS, (long) (grant.secondsUntil() * NANOS));
        } else if (least > 0) {
            refused = Double.POSITIVE_INFINITY;
        }
    }

    private synchronized void away(double corrected) {
        asking = false;
        correction += corrected;
        awayUntil = System.nanoTime() + REST_NANOS;
    }
}
