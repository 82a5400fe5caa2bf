package io.ampacity.simulator;

import io.ampacity.simulator.engine.RequestSlab;
import io.ampacity.simulator.replica.Stage;

/**
 * Sends requests of a replica that goes away to others. A request whose answer has begun goes on where it stopped: the new
 * replica computes its prompt and the tokens it already has, and the client, who has them, sees a gap. Halves of a pool
 * cannot take over an answer from each other so; there, and where a second try is under way, such a request fails as with any
 * loss. One without a token begins anew anywhere.
 */
final class Moves {

    private final ShardState state;
    private final RequestSlab slab;
    private final RequestFlow flow;
    /** Whether an answer that has begun can go on elsewhere. */
    private final boolean answersMove;

    private boolean vacating;

    Moves(ShardState state, RequestFlow flow) {
        this.state = state;
        this.flow = flow;
        slab = state.slab;
        answersMove = state.settings.features().disaggregation() == null;
    }

    /** A replica goes off, and what is on it moves. */
    void vacate(int pool, int replica, Outages outages) {
        vacating = true;
        outages.hold(pool, replica);
        vacating = false;
    }

    /** What waits on a replica moves; what it computes goes on. */
    void empty(int pool, int replica) {
        vacating = true;
        state.pool(pool).replicas[replica].handBack(state.now);
        vacating = false;
    }

    /** A replica gives a request up: whether it is only moved. */
    boolean takes(int slot) {
        boolean begun = slab.generated[slot] > 0;
        if (!vacating || (begun && !answersMove) || !flow.hedges.isLast(slot)) {
            return false;
        }
        flow.attempts.withdraw(slot);
        slab.stage[slot] = Stage.NOWHERE;
        slab.resumed[slot] = begun;
        state.serving.moved(slab.generated[slot]);
        state.timer(state.now, Timers.Kind.MOVED, slot);
        return true;
    }
}
