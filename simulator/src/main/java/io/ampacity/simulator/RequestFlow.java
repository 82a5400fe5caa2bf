package io.ampacity.simulator;

import static io.ampacity.simulator.engine.RequestSlab.NONE;

import io.ampacity.routing.RetryBudget;
import io.ampacity.routing.RouteQuery;
import io.ampacity.routing.Router;
import io.ampacity.routing.policy.RoutingPolicies;
import io.ampacity.simulator.engine.RequestSlab;
import io.ampacity.simulator.replica.Replica;
import io.ampacity.simulator.replica.ReplicaEvents;
import io.ampacity.simulator.replica.Stage;
import io.ampacity.simulator.report.LatencyMeter;
import io.ampacity.simulator.report.WorkloadMeter;
import io.ampacity.simulator.serving.Scheduler;

/** The way of a request through a shard: it arrives, is routed, sent, served, perhaps tried again, and ends. */
final class RequestFlow implements ReplicaEvents {

    private final ShardState state;
    private final RequestSlab slab;
    private final Router router;
    private final SimulationSettings settings;
    private final RequestSink sink;
    private final RouteQuery query = new RouteQuery();
    private final RetryBudget[] budgets;
    private final int prefixBlockTokens;
    /** Whether the router is told what only the future tells. */
    private final boolean foreknowledge;
    /** Whether replicas are chosen by the true length of answers. */
    private final boolean knowsLengths;

    private final boolean unlimited;
    /** Whether requests wait in a pool only while it has no replica. */
    private final boolean pushes;

    private final LatencyMeter interTokenLatency = new LatencyMeter();

    final Patience patience;
    final Moves moves;
    final Hedges hedges;
    final HandOvers handOvers;
    final UnlimitedCapacity unlimitedCapacity;
    final Switchboard switchboard;
    private long requests;
    private double endSeconds;
    private long wastedTokens;
    private long deliveredTokens;

    RequestFlow(ShardState state, RequestSink sink, int prefixBlockTokens) {
        this.state = state;
        this.sink = sink;
        this.prefixBlockTokens = prefixBlockTokens;
        slab = state.slab;
        router = state.router;
        settings = state.settings;
        foreknowledge = settings.router() == RoutingPolicies.CLAIRVOYANT;
        knowsLengths = settings.features().scheduler() == Scheduler.CLAIRVOYANT;
        unlimited = settings.features().scheduler() == Scheduler.UNLIMITED;
        pushes = settings.dispatch() == Dispatch.PUSH;
        patience = new Patience(state, this);
        moves = new Moves(state, this);
        hedges = new Hedges(state, this);
        handOvers = new HandOvers(state);
        switchboard = new Switchboard(state, this, prefixBlockTokens);
        unlimitedCapacity = new UnlimitedCapacity(state, switchboard);
        budgets = new RetryBudget[state.meters.length];
        for (int workload = 0; workload < budgets.length; workload++) {
            budgets[workload] = new RetryBudget(settings.retries());
        }
    }

    /** The next number for a request or a second try. */
    long nextId() {
        return requests++;
    }

    double endSeconds() {
        return endSeconds;
    }

    long wastedTokens() {
        return wastedTokens;
    }

    /** Output tokens of completed requests. */
    long deliveredTokens() {
        return deliveredTokens;
    }

    LatencyMeter interTokenLatency() {
        return interTokenLatency;
    }

    /** The next request of a source arrives. */
    void arrive(Arrivals from) {
        int slot = slab.take();
        slab.id[slot] = nextId();
        slab.number[slot] = from.number();
        slab.workload[slot] = from.workload;
        slab.arrivalSeconds[slot] = state.now;
        slab.firstTokenSeconds[slot] = Double.NaN;
        // A request has at least the token that begins a text, and an answer the one that ends it.
        slab.promptTokens[slot] = Math.max(1, from.source.promptTokens());
        slab.outputTokens[slot] = Math.max(1, from.source.outputTokens());
        slab.attempts[slot] = 0;
        slab.failedPool[slot] = NONE;
        slab.stage[slot] = Stage.NOWHERE;
        slab.computed[slot] = 0;
        slab.begun[slot] = false;
        slab.resumed[slot] = false;
        slab.affinity[slot] = 0;
        int blocks = prefixBlockTokens == 0
                ? 0
                : Math.min(from.source.prefixBlocks(), slab.promptTokens[slot] / prefixBlockTokens);
        slab.prefixBlocks[slot] = blocks;
        if (blocks > 0) {
            long[] names = slab.prefixRoom(slot, blocks);
            for (int i = 0; i < blocks; i++) {
                names[i] = from.source.prefixBlock(i);
            }
            slab.affinity[slot] = names[0] * 2 + 1;
        }
        state.observation.arrived(slot, from.source, state.now);
        from.advance();
        state.meterOf(slot).arrived(state.now);
        budgets[slab.workload[slot]].arrived();
        patience.arrived(slot);
        hedges.arrived(slot);
        handOvers.arrived(slot);
        dispatch(slot);
    }

    /** The wait before another attempt is over. */
    void tryAgain(int slot) {
        state.meterOf(slot).retried();
        state.observation.retried(slot);
        dispatch(slot);
    }

    /** A request whose replica went away is sent to another; that is no attempt more. */
    void moved(int slot) {
        slab.attempts[slot]--;
        dispatch(slot);
    }

    /** Finds a place for a request, or turns it away. */
    void dispatch(int slot) {
        slab.attempts[slot]++;
        query.of(slab.workload[slot], slab.promptTokens[slot], slab.affinity[slot], state.now);
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
                query.of(slab.workload[slot], slab.promptTokens[slot], slab.affinity[slot], state.now);
                continue;
            }
            if (number == Router.NONE) {
                if (askedToWait < Double.POSITIVE_INFINITY
                        && hedges.isLast(slot)
                        && budgets[slab.workload[slot]].take(slab.attempts[slot])) {
                    // Every pool refused, and one said when to come again.
                    slab.stage[slot] = Stage.NOWHERE;
                    state.timer(askedToWait, Timers.Kind.RETRY, slot);
                } else {
                    turnAway(slot);
                }
                return;
            }
            PoolRun pool = state.pool(number);
            int taken = hedges.replicaOfTwin(slot, number);
            int replica = unlimited ? unlimitedCapacity.take(number) : pool.leastLoaded(taken);
            if (replica < 0 && pool.scaler != null && taken == NONE && fits(slot, pool)) {
                replica = pool.scaler.wake();
                if (replica < 0 && pool.scaler.canServeLater()) {
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
                retry(slot, number);
                return;
            }
            sentNow(slot);
            slab.transferSeconds[slot] = 0;
            int limit = settings.maximumOutstandingPerReplica();
            if (!pool.takesNext(state.now) || (limit > 0 && pool.outstanding[replica] >= limit) || !fits(slot, pool)) {
                if (unlimited) {
                    unlimitedCapacity.left(pool.replicas[replica].index());
                }
                router.refused(number);
                query.without(number);
                if (pool.refusesUntil > state.now) {
                    askedToWait = Math.min(askedToWait, pool.refusesUntil);
                }
                continue;
            }
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
            return;
        }
    }

    /** Where the time of a request that goes on has gone until its first token is told from its first sending. */
    private void sentNow(int slot) {
        if (!slab.resumed[slot]) {
            slab.sentSeconds[slot] = state.now;
        }
    }

    private long load(int slot, PoolRun pool) {
        return knowsLengths
                ? (long) slab.promptTokens[slot] + slab.outputTokens[slot]
                : pool.expectedLoad(slab.promptTokens[slot]);
    }

    private boolean fits(int slot, PoolRun pool) {
        // The first and the last replica differ where the halves of a pool do.
        return pool.replicas[0].fits(slab.promptTokens[slot], slab.outputTokens[slot])
                && (handOvers.areNone()
                        || pool.replicas[pool.size - 1].fits(slab.promptTokens[slot], slab.outputTokens[slot]));
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

    private void turnAway(int slot) {
        if (hedges.goesOnWithout(slot)) {
            return;
        }
        forgetTokens(slot);
        state.meterOf(slot).rejected(slab.arrivalSeconds[slot], state.now);
        state.observation.rejected(slot, state.now);
        patience.rejected(slot);
        end(slot, state.now);
    }

    /** Tells a clairvoyant router what comes ({@code sign} 1) and goes (-1). */
    private void expect(int slot, int sign) {
        if (foreknowledge) {
            router.workChanges(slab.pool[slot], sign * ((long) slab.promptTokens[slot] + slab.outputTokens[slot]));
        }
    }

    private void send(int slot, int number, int replica) {
        PoolRun pool = state.pool(number);
        slab.replica[slot] = replica;
        slab.load[slot] = load(slot, pool);
        pool.sent(replica, slab.load[slot]);
        slab.epoch[slot] = pool.epoch[replica];
        slab.stage[slot] = Stage.ON_THE_WAY;
        state.observation.sent(slot, pool, replica, state.now);
        if (pool.joinDelaySeconds > 0) {
            state.timer(state.now + pool.joinDelaySeconds, Timers.Kind.JOIN, slot);
        } else {
            join(slot);
        }
    }

    /** A request has crossed the network and joins the queue of its replica. */
    void join(int slot) {
        PoolRun pool = state.pool(slab.pool[slot]);
        int replica = slab.replica[slot];
        if (pool.holds[replica] > 0 || slab.epoch[slot] != pool.epoch[replica]) {
            fail(slot);
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

    /** A request that was to go on begins anew, or ends: the tokens it had are waste. */
    private void forgetTokens(int slot) {
        if (slab.resumed[slot]) {
            slab.resumed[slot] = false;
            wastedTokens += slab.generated[slot];
        }
    }

    private void fail(int slot) {
        int number = slab.pool[slot];
        leaveReplica(slot);
        expect(slot, -1);
        router.failed(number, state.now);
        retry(slot, number);
    }

    /** A request that waited in the queue of a pool that has died fails. */
    void failedInQueue(int slot) {
        int number = slab.pool[slot];
        expect(slot, -1);
        router.failed(number, state.now);
        retry(slot, number);
    }

    /** A request leaves its replica and pool, which says nothing of their health. */
    void withdraw(int slot) {
        leaveReplica(slot);
        expect(slot, -1);
        router.refused(slab.pool[slot]);
    }

    private void leaveReplica(int slot) {
        handOvers.freeSource(slot);
        PoolRun pool = state.pool(slab.pool[slot]);
        int replica = slab.replica[slot];
        if (slab.epoch[slot] == pool.epoch[replica]) {
            pool.left(replica, slab.load[slot]);
            if (pool.outstanding[replica] == 0 && (unlimited || !pool.open[replica])) {
                state.timer(state.now, Timers.Kind.IDLE, pool.replicas[replica].index());
            }
        }
    }

    private void retry(int slot, int failedPool) {
        slab.stage[slot] = Stage.NOWHERE;
        if (hedges.goesOnWithout(slot)) {
            return;
        }
        forgetTokens(slot);
        slab.failedPool[slot] = failedPool;
        state.observation.failed(slot, state.pool(failedPool), state.now);
        slab.firstTokenSeconds[slot] = Double.NaN;
        slab.computed[slot] = 0;
        int workload = slab.workload[slot];
        if (budgets[workload].take(slab.attempts[slot])) {
            state.timer(state.now + settings.retries().waitSeconds(slab.attempts[slot] + 1), Timers.Kind.RETRY, slot);
        } else {
            state.meterOf(slot).lost(slab.arrivalSeconds[slot], state.now);
            state.observation.lost(slot, state.now);
            patience.lost(slot);
            end(slot, state.now);
        }
    }

    private void end(int slot, double atSeconds) {
        endSeconds = Math.max(endSeconds, atSeconds);
        slab.release(slot);
    }

    // ---- taking an attempt back

    /** Takes an attempt back, wherever it is: at once, or when the step in progress ends. */
    void recall(int slot, Recall why) {
        slab.recalled[slot] = why == Recall.SHED ? 1 : 0;
        int number = slab.pool[slot];
        switch (slab.stage[slot]) {
            case Stage.NOWHERE -> gone(slot, state.now);
            case Stage.ON_THE_WAY -> {
                int replica = slab.replica[slot];
                leaveReplica(slot);
                expect(slot, -1);
                router.refused(number);
                gone(slot, state.now);
                pull(number, replica);
            }
            case Stage.POOLED -> {
                state.pool(number).queue.remove(slot);
                expect(slot, -1);
                router.refused(number);
                gone(slot, state.now);
            }
            case Stage.LEAVING -> {}
            default -> {
                Replica replica = state.pool(number).replicas[slab.replica[slot]];
                replica.cancel(slot, state.now);
                state.reschedule(replica.index());
            }
        }
    }

    @Override
    public void cancelled(int slot, long generatedTokens, double atSeconds) {
        int number = slab.pool[slot];
        int replica = slab.replica[slot];
        wastedTokens += generatedTokens;
        if (slab.recalled[slot] == 0) {
            hedges.wasted(generatedTokens, slab.computed[slot]);
        }
        leaveReplica(slot);
        expect(slot, -1);
        router.refused(number);
        gone(slot, atSeconds);
        pull(number, replica);
    }

    private void gone(int slot, double atSeconds) {
        if (slab.recalled[slot] == 0) {
            slab.release(slot);
            return;
        }
        state.meterOf(slot).rejected(slab.arrivalSeconds[slot], atSeconds);
        state.observation.rejected(slot, atSeconds);
        patience.shed(slot);
        end(slot, atSeconds);
    }

    // ---- what replicas tell

    @Override
    public void firstToken(int slot, double stepEndSeconds) {
        int number = slab.pool[slot];
        slab.firstPool[slot] = number;
        slab.firstTokenSeconds[slot] = stepEndSeconds + state.pool(number).tokenDelaySeconds;
        state.observation.firstToken(slot);
        hedges.firstToken(slot);
        router.answered(number);
    }

    @Override
    public void finished(int slot, double stepEndSeconds) {
        int number = slab.pool[slot];
        PoolRun pool = state.pool(number);
        double last = stepEndSeconds + pool.tokenDelaySeconds;
        int output = slab.outputTokens[slot];
        deliveredTokens += output;
        leaveReplica(slot);
        expect(slot, -1);
        pool.completed(output);
        state.figures.answered(slab.workload[slot], output);
        router.completed(number, last - slab.sentSeconds[slot]);
        WorkloadMeter meter = state.meterOf(slot);
        boolean attained = meter.completed(
                slab.arrivalSeconds[slot], slab.firstTokenSeconds[slot], last, slab.promptTokens[slot], output);
        patience.completed(slot, last, attained);
        state.observation.completed(slot, pool, stepEndSeconds, last, attained);
        sink.completed(
                meter.workload().id(),
                slab.number[slot],
                slab.arrivalSeconds[slot],
                slab.firstTokenSeconds[slot],
                last,
                slab.promptTokens[slot],
                output,
                pool.pool.routing().id());
        int replica = slab.replica[slot];
        end(slot, last);
        pull(number, replica);
    }

    @Override
    public void handOver(int slot, long blocks, double stepEndSeconds) {
        PoolRun pool = state.pool(slab.pool[slot]);
        int source = slab.replica[slot];
        int taker = pool.leastLoadedToTakeOver();
        leaveReplica(slot);
        handOvers.keptAt(slot, source, blocks);
        if (taker < 0) {
            wastedTokens += slab.generated[slot];
            handOvers.freeSource(slot);
            expect(slot, -1);
            int number = slab.pool[slot];
            router.failed(number, state.now);
            retry(slot, number);
            pull(number, source);
            return;
        }
        slab.replica[slot] = taker;
        slab.load[slot] = load(slot, pool);
        slab.epoch[slot] = pool.epoch[taker];
        pool.sent(taker, slab.load[slot]);
        Replica target = pool.replicas[taker];
        target.takeOver(slot, state.now);
        state.reschedule(target.index());
        pull(slab.pool[slot], source);
    }

    @Override
    public void fetch(int slot) {
        handOvers.fetch(slot);
    }

    @Override
    public void loading(int slot, double untilSeconds) {
        handOvers.load(slot, untilSeconds);
    }

    /** What a request waited for is there, or its source has died on the way. */
    void loaded(int slot) {
        if (!handOvers.isDue(slot)) {
            return;
        }
        Replica replica = state.pool(slab.pool[slot]).replicas[slab.replica[slot]];
        if (handOvers.lostSource(slot)) {
            wastedTokens += slab.generated[slot];
            replica.drop(slot, state.now);
            fail(slot);
        } else {
            handOvers.freeSource(slot);
            replica.loaded(slot, state.now);
        }
        state.reschedule(replica.index());
    }

    /** A replica takes waiting requests of its pool while it has room for them. */
    void pull(int number, int replica) {
        PoolRun pool = state.pool(number);
        while (!pool.queue.isEmpty()
                && (pool.hasRoom(replica) || (pushes && pool.holds[replica] == 0 && pool.open[replica]))) {
            send(pool.queue.removeFirst(), number, replica);
        }
    }

    @Override
    public void stepped(double firstSeconds, double growthSeconds, long steps, int sequences) {
        interTokenLatency.recordRun(firstSeconds, growthSeconds, steps, sequences);
    }

    @Override
    public void resumed(double gapSeconds) {
        interTokenLatency.record(gapSeconds);
    }

    @Override
    public void energy(Replica replica, double fromSeconds, double toSeconds, double joules) {
        int number = state.poolOfReplica[replica.index()];
        PoolRun pool = state.pool(number);
        double ofFacility = pool.meter.energy(fromSeconds, toSeconds, joules);
        state.observation.energy(
                number, pool, state.numberInPool[replica.index()], replica, fromSeconds, toSeconds, joules, ofFacility);
    }

    @Override
    public void lost(int slot, long generatedTokens) {
        if (moves.takes(slot)) {
            return;
        }
        wastedTokens += generatedTokens;
        fail(slot);
    }
}
