package io.ampacity.simulator;

import io.ampacity.routing.Router;
import io.ampacity.simulator.engine.RequestSlab;
import io.ampacity.simulator.replica.Replica;
import io.ampacity.simulator.replica.ReplicaEvents;
import io.ampacity.simulator.report.WorkloadMeter;

/** Hears what replicas tell: tokens, ends, losses, what is to be brought or handed over, and what they took. */
final class ReplicaReports implements ReplicaEvents {

    private final ShardState state;
    private final RequestSlab slab;
    private final Router router;
    private final RequestFlow flow;
    private final Dispatcher dispatcher;
    private final Attempts attempts;
    private final HandOvers handOvers;
    private final Tally tally;
    private final RequestSink sink;

    ReplicaReports(ShardState state, RequestFlow flow, RequestSink sink) {
        this.state = state;
        this.flow = flow;
        this.sink = sink;
        slab = state.slab;
        router = state.router;
        dispatcher = flow.dispatcher;
        attempts = flow.attempts;
        handOvers = flow.handOvers;
        tally = flow.tally;
    }

    // ---- tokens

    @Override
    public void firstToken(int slot, double stepEndSeconds) {
        int number = slab.pool[slot];
        slab.firstPool[slot] = number;
        slab.firstTokenSeconds[slot] = stepEndSeconds + state.pool(number).tokenDelaySeconds;
        state.observation.firstToken(slot);
        flow.hedges.firstToken(slot);
        router.answered(number);
    }

    @Override
    public void stepped(double firstSeconds, double growthSeconds, long steps, int sequences) {
        tally.interTokenLatency().recordRun(firstSeconds, growthSeconds, steps, sequences);
    }

    @Override
    public void resumed(double gapSeconds) {
        tally.interTokenLatency().record(gapSeconds);
    }

    @Override
    public void finished(int slot, double stepEndSeconds) {
        int number = slab.pool[slot];
        PoolRun pool = state.pool(number);
        double last = stepEndSeconds + pool.tokenDelaySeconds;
        int output = slab.outputTokens[slot];
        tally.delivered(output);
        dispatcher.leaveReplica(slot);
        dispatcher.expect(slot, -1);
        pool.completed(output);
        state.figures.answered(slab.workload[slot], output);
        router.completed(number, last - slab.sentSeconds[slot]);
        WorkloadMeter meter = state.meterOf(slot);
        boolean attained = meter.completed(
                slab.arrivalSeconds[slot], slab.firstTokenSeconds[slot], last, slab.promptTokens[slot], output);
        flow.patience.completed(slot, last, attained);
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
        flow.end(slot, last);
        dispatcher.pull(number, replica);
    }

    // ---- ends that are none

    @Override
    public void cancelled(int slot, long generatedTokens, double atSeconds) {
        attempts.cancelled(slot, generatedTokens, atSeconds);
    }

    @Override
    public void lost(int slot, long generatedTokens) {
        if (!flow.moves.takes(slot)) {
            tally.wasted(generatedTokens);
            attempts.fail(slot);
        }
    }

    // ---- what is brought, and handed over

    @Override
    public void handOver(int slot, long blocks, double stepEndSeconds) {
        int number = slab.pool[slot];
        PoolRun pool = state.pool(number);
        int source = slab.replica[slot];
        int taker = pool.leastLoadedToTakeOver();
        if (taker < 0 && pool.answersKeeper != null) {
            taker = pool.answersKeeper.wake();
        }
        dispatcher.leaveReplica(slot);
        handOvers.keptAt(slot, source, blocks);
        if (taker < 0) {
            tally.wasted(slab.generated[slot]);
            handOvers.freeSource(slot);
            attempts.failedInQueue(slot);
        } else {
            dispatcher.assign(slot, pool, taker);
            Replica target = pool.replicas[taker];
            target.takeOver(slot, state.now);
            state.reschedule(target.index());
        }
        dispatcher.pull(number, source);
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
            tally.wasted(slab.generated[slot]);
            replica.drop(slot, state.now);
            attempts.fail(slot);
        } else {
            handOvers.freeSource(slot);
            replica.loaded(slot, state.now);
        }
        state.reschedule(replica.index());
    }

    // ---- energy

    @Override
    public void energy(Replica replica, double fromSeconds, double toSeconds, double joules) {
        int number = state.poolOfReplica[replica.index()];
        PoolRun pool = state.pool(number);
        double ofFacility = pool.meter.energy(fromSeconds, toSeconds, joules);
        state.observation.energy(
                number, pool, state.numberInPool[replica.index()], replica, fromSeconds, toSeconds, joules, ofFacility);
    }
}
