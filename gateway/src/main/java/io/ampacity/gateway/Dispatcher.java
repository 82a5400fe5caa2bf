package io.ampacity.gateway;

import io.ampacity.gateway.settings.GatewaySettings;
import io.ampacity.gateway.settings.HedgeSettings;
import io.ampacity.routing.RetryBudget;
import io.ampacity.routing.RetrySettings;
import io.ampacity.routing.RouteQuery;
import io.ampacity.routing.Router;
import io.ampacity.routing.RoutingTable;
import java.util.BitSet;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/**
 * The pure router behind one lock, so that all event loops share what is known of upstreams. A decision takes less than a
 * microsecond, and nothing else is done inside the lock. Thread-safe.
 */
final class Dispatcher {

    private static final double NANOS = 1e9;
    private static final long SEED = 1;
    private static final double MOST_HEDGES = 100;
    /** One clock for all, so that what one has learnt holds for the next. */
    private static final long BEGAN = System.nanoTime();

    private final Router router;
    private final RetryBudget budget;
    private final RoutingTable table;
    private final SplittableRandom chance = new SplittableRandom(System.nanoTime());
    private final RetryBudget hedges;
    private volatile BitSet sick = new BitSet();

    /** One that has learnt what the one before it had, as far as it speaks of the same quota groups and pools. */
    Dispatcher(GatewaySettings settings, @Nullable Dispatcher before) {
        table = settings.fleet().table();
        router = new Router(table, settings.router().create(table, SEED), settings.breakers(), settings.admission());
        budget = new RetryBudget(settings.retries());
        HedgeSettings hedging = settings.hedging();
        hedges = new RetryBudget(
                new RetrySettings(2, 0, hedging == null ? 0 : hedging.share(), hedging == null ? 0 : MOST_HEDGES));
        if (before != null) {
            synchronized (before) {
                router.learnFrom(before.router);
            }
        }
    }

    /** Seconds on this dispatcher's clock. */
    double now() {
        return (System.nanoTime() - BEGAN) / NANOS;
    }

    synchronized void arrived() {
        budget.arrived();
        hedges.arrived();
    }

    synchronized boolean mayHedge() {
        return hedges.take(1);
    }

    /** Pools that do not answer when asked whether they are well. */
    BitSet sick() {
        return sick;
    }

    void sick(BitSet pools) {
        sick = pools;
    }

    synchronized boolean mayRetry(int attempts) {
        return budget.take(attempts);
    }

    synchronized int route(RouteQuery query) {
        return router.route(query);
    }

    synchronized double throttledSeconds(int workload) {
        return router.throttledSeconds(workload, now());
    }

    synchronized void answered(int pool) {
        router.answered(pool);
    }

    synchronized void completed(int pool, double seconds) {
        router.completed(pool, seconds);
    }

    synchronized void failed(int pool) {
        router.failed(pool, now());
    }

    synchronized void refused(int pool) {
        router.refused(pool);
    }

    synchronized void throttled(int pool, double seconds) {
        router.throttled(pool, now(), seconds);
    }

    /** What is known of a pool, for display. */
    synchronized PoolStatus view(int pool, String canary, double canaryShare) {
        return new PoolStatus(
                table.pools().get(pool).id(),
                router.breakers().state(table.quotaGroup(pool), now()).name(),
                router.state().outstanding(pool),
                router.state().routed(pool),
                router.state().latencySeconds(pool),
                router.breakers().isThrottled(table.quotaGroup(pool), now()),
                sick.get(pool),
                canary,
                canaryShare);
    }

    /** A share in [0.5, 1), so that those who wait together do not come back together. */
    synchronized double jitter() {
        return 0.5 + chance.nextDouble() / 2;
    }

    /** Bits for an identifier. */
    synchronized long bits() {
        return chance.nextLong();
    }
}
