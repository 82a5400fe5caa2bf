package io.ampacity.simulator;

import static io.ampacity.simulator.engine.RequestSlab.NONE;

import io.ampacity.routing.RouteQuery;
import io.ampacity.routing.Router;
import io.ampacity.routing.policy.RoutingPolicies;
import io.ampacity.simulator.engine.RequestSlab;
import io.ampacity.simulator.replica.Replica;
import io.ampacity.simulator.replica.Stage;
import io.ampacity.simulator.serving.Scheduler;

/**
 * Finds a place for a request: the pool that the router names, a replica of it or its queue; the next pool where that one
 * refuses. And brings it there over the network.
 */
final class Dispatcher {

    private final ShardState state;
    private final RequestSlab slab;
    private final Router router;
    private final SimulationSettings settings;
    private final RequestFlow flow;
    private final RouteQuery query = new RouteQuery();

    /** Whether the router is told what only the future tells. */
    private final boolean foreknowledge;
    /** Whether replicas are chosen by the true length of answers. */
    private final boolean knowsLengths;

    private final boolean unlimited;
    /** Whether requests wait in a pool only while it has no replica. */
    private final boolean pushes;

    Dispatcher(ShardState state, RequestFlow flow) {
        this.state = state;
        this.flow = flow;
        slab = state.slab;
        router = state.router;
        settings = state.settings;
        foreknowledge = settings.router() == RoutingPolicies.CLAIRVOYANT;
        knowsLengths = settings.features().scheduler() == Scheduler.CLAIRVOYANT;
        unlimited = settings.features().scheduler() == Scheduler.UNLIMITED;
        pushes = settings.dispatch() == Dispatch.PUSH;
    }

    /** Finds a place for a request, or turns it away. */
    void dispatch(int slot) {
        slab.attempts[slot]++;
        ask(slot);
        boolean second = slab.failedPool[slot] != NONE;
        double askedToWait = Double.POSITIVE_INFINITY;
        if (second) {
            query.without(slab.failedPool[slot]);
        }
        while (true) {
            int number = router.route(query);
            if (number == Router.NONE && second) {
                // Only the pool that failed it last is left: better that one than none.
                second = false;
                ask(slot);
                continue;
            }
            if (number == Router.NONE) {
                flow.attempts.refused(slot, askedToWait);
                return;
            }
            PoolRun pool = state.pool(number);
            int taken = flow.hedges.replicaOfTwin(slot, number);
            int replica = unlimited ? flow.unlimitedCapacity.take(number) : pool.leastLoaded(taken);
            if (replica < 0 && pool.keeper != null && taken == NONE && fits(slot, pool)) {
                replica = pool.keeper.wake();
                if (replica < 0 && pool.keeper.canServeLater()) {
                    sentNow(slot);
                    waitInPool(slot, number);
                    return;
                }
            }
            if (replica < 0) {
                if (taken == NONE) {
                    router.failed(number, state.now);
                } else {
                    router.refused(number);
                }
                flow.attempts.retry(slot, number);
                return;
            }
            sentNow(slot);
            slab.transferSeconds[slot] = 0;
            if (takes(pool, replica, slot)) {
                place(slot, number, replica, taken);
                return;
            }
            if (unlimited) {
                flow.unlimitedCapacity.left(pool.replicas[replica].index());
            }
            router.refused(number);
            query.without(number);
            if (pool.refusesUntil > state.now) {
                askedToWait = Math.min(askedToWait, pool.refusesUntil);
            }
        }
    }

    private void ask(int slot) {
        query.of(slab.workload[slot], slab.promptTokens[slot], slab.affinity[slot], state.now);
    }

    /** Where the time of a request that goes on has gone until its first token is told from its first sending. */
    private void sentNow(int slot) {
        if (!slab.resumed[slot]) {
            slab.sentSeconds[slot] = state.now;
        }
    }

    /** Whether quota, admission and the size of its KV cache let a pool take a request. */
    private boolean takes(PoolRun pool, int replica, int slot) {
        int limit = settings.maximumOutstandingPerReplica();
        return pool.takesNext(state.now) && (limit <= 0 || pool.outstanding[replica] < limit) && fits(slot, pool);
    }

    private boolean fits(int slot, PoolRun pool) {
        // The first and the last replica differ where the halves of a pool do.
        return pool.replicas[0].fits(slab.promptTokens[slot], slab.outputTokens[slot])
                && (flow.handOvers.areNone()
                        || pool.replicas[pool.size - 1].fits(slab.promptTokens[slot], slab.outputTokens[slot]));
    }

    private void place(int slot, int number, int leastLoaded, int taken) {
        PoolRun pool = state.pool(number);
        int replica = leastLoaded;
        if (settings.dispatch() == Dispatch.PULL && !unlimited && !pool.hasRoom(replica)) {
            replica = pool.anyWithRoom(taken);
        }
        if (replica >= 0) {
            slab.pool[slot] = number;
            expect(slot, 1);
            send(slot, number, replica);
        } else {
            waitInPool(slot, number);
        }
    }

    /** A request waits until a replica of the pool has room for it, or is there at all. */
    private void waitInPool(int slot, int number) {
        PoolRun pool = state.pool(number);
        slab.pool[slot] = number;
        slab.replica[slot] = NONE;
        slab.stage[slot] = Stage.POOLED;
        slab.transferSeconds[slot] = 0;
        if (!slab.resumed[slot]) {
            slab.generated[slot] = 0;
        }
        expect(slot, 1);
        settings.features().scheduler().rank(slab, slot, pool.pool.model());
        pool.queue.add(slot);
    }

    /** A replica takes waiting requests of its pool while it has room for them. */
    void pull(int number, int replica) {
        PoolRun pool = state.pool(number);
        while (!pool.queue.isEmpty()
                && (pool.hasRoom(replica) || (pushes && pool.holds[replica] == 0 && pool.open[replica]))) {
            send(pool.queue.removeFirst(), number, replica);
        }
    }

    private void send(int slot, int number, int replica) {
        PoolRun pool = state.pool(number);
        assign(slot, pool, replica);
        slab.stage[slot] = Stage.ON_THE_WAY;
        state.observation.sent(slot, pool, replica, state.now);
        double delay = pool.joinDelaySeconds(slab.promptTokens[slot]);
        if (delay > 0) {
            state.timer(state.now + delay, Timers.Kind.JOIN, slot);
        } else {
            join(slot);
        }
    }

    /** A request counts for a replica from now on. */
    void assign(int slot, PoolRun pool, int replica) {
        slab.replica[slot] = replica;
        slab.load[slot] = knowsLengths
                ? (long) slab.promptTokens[slot] + slab.outputTokens[slot]
                : pool.expectedLoad(slab.promptTokens[slot]);
        slab.epoch[slot] = pool.epoch[replica];
        pool.sent(replica, slab.load[slot]);
    }

    /** A request has crossed the network and joins the queue of its replica. */
    void join(int slot) {
        PoolRun pool = state.pool(slab.pool[slot]);
        int replica = slab.replica[slot];
        if (pool.holds[replica] > 0 || slab.epoch[slot] != pool.epoch[replica]) {
            flow.attempts.fail(slot);
            return;
        }
        Replica target = pool.replicas[replica];
        if (slab.resumed[slot]) {
            slab.resumed[slot] = false;
            target.goOn(slot, state.now);
        } else {
            target.join(slot, state.now);
        }
        state.reschedule(target.index());
    }

    /** A request leaves its replica, which may go off when it was the last. */
    void leaveReplica(int slot) {
        flow.handOvers.freeSource(slot);
        PoolRun pool = state.pool(slab.pool[slot]);
        int replica = slab.replica[slot];
        if (slab.epoch[slot] == pool.epoch[replica]) {
            pool.left(replica, slab.load[slot]);
            if (pool.outstanding[replica] == 0 && (unlimited || !pool.isAvailable(replica))) {
                state.timer(state.now, Timers.Kind.IDLE, pool.replicas[replica].index());
            }
        }
    }

    /** Tells a clairvoyant router what comes ({@code sign} 1) and goes (-1). */
    void expect(int slot, int sign) {
        if (foreknowledge) {
            router.workChanges(slab.pool[slot], sign * ((long) slab.promptTokens[slot] + slab.outputTokens[slot]));
        }
    }
}
