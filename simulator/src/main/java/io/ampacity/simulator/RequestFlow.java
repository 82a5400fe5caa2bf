package io.ampacity.simulator;

import static io.ampacity.simulator.engine.RequestSlab.NONE;

import io.ampacity.simulator.engine.RequestSlab;
import io.ampacity.simulator.replica.Stage;
import io.ampacity.traces.RequestSource;

/**
 * The way of a request through a shard. It arrives here; {@link Dispatcher} finds a replica for it, {@link ReplicaReports}
 * hears what becomes of it there, and {@link Attempts} ends an attempt that brought no answer. The others take part only
 * where a feature is in use.
 */
final class RequestFlow {

    private final ShardState state;
    private final RequestSlab slab;
    private final int prefixBlockTokens;
    private long requests;

    final Tally tally = new Tally();
    final Dispatcher dispatcher;
    final Attempts attempts;
    final ReplicaReports reports;

    final Patience patience;
    final Moves moves;
    final Hedges hedges;
    final HandOvers handOvers;
    final UnlimitedCapacity unlimitedCapacity;
    final Switchboard switchboard;

    RequestFlow(ShardState state, RequestSink sink, int prefixBlockTokens) {
        this.state = state;
        this.prefixBlockTokens = prefixBlockTokens;
        slab = state.slab;
        patience = new Patience(state, this);
        moves = new Moves(state, this);
        hedges = new Hedges(state, this);
        handOvers = new HandOvers(state);
        switchboard = new Switchboard(state, this, prefixBlockTokens);
        unlimitedCapacity = new UnlimitedCapacity(state, switchboard);
        dispatcher = new Dispatcher(state, this);
        attempts = new Attempts(state, this);
        reports = new ReplicaReports(state, this, sink);
    }

    /** The next number for a request or a second try. */
    long nextId() {
        return requests++;
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
        namePrefix(slot, from.source);
        state.observation.arrived(slot, from.source, state.now);
        from.advance();
        state.meterOf(slot).arrived(state.now);
        attempts.arrived(slot);
        patience.arrived(slot);
        hedges.arrived(slot);
        handOvers.arrived(slot);
        dispatcher.dispatch(slot);
    }

    private void namePrefix(int slot, RequestSource source) {
        int blocks = prefixBlockTokens == 0
                ? 0
                : Math.min(source.prefixBlocks(), slab.promptTokens[slot] / prefixBlockTokens);
        slab.prefixBlocks[slot] = blocks;
        slab.affinity[slot] = 0;
        if (blocks > 0) {
            long[] names = slab.prefixRoom(slot, blocks);
            for (int i = 0; i < blocks; i++) {
                names[i] = source.prefixBlock(i);
            }
            slab.affinity[slot] = names[0] * 2 + 1;
        }
    }

    /** The wait before another attempt is over. */
    void tryAgain(int slot) {
        state.meterOf(slot).retried();
        state.observation.retried(slot);
        dispatcher.dispatch(slot);
    }

    /** A request whose replica went away is sent to another; that is no attempt more. */
    void moved(int slot) {
        slab.attempts[slot]--;
        dispatcher.dispatch(slot);
    }

    /** A request is over, and its slot free. */
    void end(int slot, double atSeconds) {
        tally.ended(atSeconds);
        slab.release(slot);
    }
}
