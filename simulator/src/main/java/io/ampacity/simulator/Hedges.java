package io.ampacity.simulator;

import static io.ampacity.simulator.engine.RequestSlab.NONE;

import io.ampacity.simulator.engine.RequestSlab;
import io.ampacity.simulator.replica.Stage;
import io.ampacity.simulator.report.HedgingResult;
import io.ampacity.simulator.serving.Hedging;
import org.jspecify.annotations.Nullable;

/**
 * Sends late requests a second time. The two tries stand in two slots that know each other; the one that has its first
 * token parts them, and recalls the other. When one fails, the other goes on alone.
 */
final class Hedges {

    private static final double MOST_SAVED_UP = 100;

    private final ShardState state;
    private final RequestSlab slab;
    private final RequestFlow flow;
    private final @Nullable Hedging hedging;
    private double budget;

    Hedges(ShardState state, RequestFlow flow) {
        this.state = state;
        this.flow = flow;
        slab = state.slab;
        hedging = state.settings.features().hedging();
        budget = hedging == null ? 0 : 1;
    }

    void arrived(int slot) {
        if (hedging != null) {
            slab.twin[slot] = NONE;
            slab.hedge[slot] = false;
            budget = Math.min(MOST_SAVED_UP, budget + hedging.mostShare());
            state.timer(state.now + hedging.delaySeconds(), Timers.Kind.HEDGE, slot);
        }
    }

    /** The delay is over: a request without a token that is somewhere on its way is sent once more. */
    void hedge(int slot) {
        int stage = slab.stage[slot];
        if (!Double.isNaN(slab.firstTokenSeconds[slot])
                || slab.twin[slot] != NONE
                || stage == Stage.NOWHERE
                || stage == Stage.LEAVING
                || budget < 1) {
            return;
        }
        budget--;
        int copy = slab.take();
        slab.copy(slot, copy);
        state.observation.copied(slot, copy);
        slab.id[copy] = flow.nextId();
        slab.stage[copy] = Stage.NOWHERE;
        slab.begun[copy] = false;
        slab.failedPool[copy] = slab.pool[slot];
        slab.hedge[copy] = true;
        flow.handOvers.arrived(copy);
        slab.twin[slot] = copy;
        slab.twin[copy] = slot;
        state.serving.hedged(new HedgingResult(1, 0, 0, 0));
        flow.patience.watch(copy);
        flow.dispatcher.dispatch(copy);
    }

    /** The number of the replica in a pool that has the other try; {@link RequestSlab#NONE} when none of them has. */
    int replicaOfTwin(int slot, int pool) {
        if (hedging == null) {
            return NONE;
        }
        int other = slab.twin[slot];
        return other != NONE && slab.pool[other] == pool ? slab.replica[other] : NONE;
    }

    /** A try has its first token: it is the one that counts. */
    void firstToken(int slot) {
        if (hedging == null) {
            return;
        }
        int other = slab.twin[slot];
        if (other == NONE) {
            return;
        }
        part(slot);
        if (slab.hedge[slot]) {
            state.serving.hedged(new HedgingResult(0, 1, 0, 0));
        }
        flow.attempts.recall(other, Recall.OUTRUN);
    }

    /** A try has failed: whether another goes on, so that this one can be forgotten. */
    boolean goesOnWithout(int slot) {
        if (hedging == null || slab.twin[slot] == NONE) {
            return false;
        }
        part(slot);
        slab.release(slot);
        return true;
    }

    /** Whether no other try of the same request is under way. */
    boolean isLast(int slot) {
        return hedging == null || slab.twin[slot] == NONE;
    }

    /** The two tries no longer know each other. */
    void part(int slot) {
        if (isLast(slot)) {
            return;
        }
        slab.twin[slab.twin[slot]] = NONE;
        slab.twin[slot] = NONE;
    }

    void wasted(long outputTokens, long promptTokens) {
        state.serving.hedged(new HedgingResult(0, 0, outputTokens, promptTokens));
    }
}
