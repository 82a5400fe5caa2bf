package io.ampacity.simulator;

import io.ampacity.routing.RetryBudget;
import io.ampacity.routing.Router;
import io.ampacity.simulator.engine.RequestSlab;
import io.ampacity.simulator.replica.Replica;
import io.ampacity.simulator.replica.Stage;

/**
 * Ends attempts that bring no answer: refused by every pool, failed with a replica, or taken back. What failed is tried
 * again while the budget of its workload lasts.
 */
final class Attempts {

    private final ShardState state;
    private final RequestSlab slab;
    private final Router router;
    private final SimulationSettings settings;
    private final RequestFlow flow;
    private final Tally tally;
    /** By workload. */
    private final RetryBudget[] budgets;

    Attempts(ShardState state, RequestFlow flow) {
        this.state = state;
        this.flow = flow;
        slab = state.slab;
        router = state.router;
        settings = state.settings;
        tally = flow.tally;
        budgets = new RetryBudget[state.meters.length];
        for (int workload = 0; workload < budgets.length; workload++) {
            budgets[workload] = new RetryBudget(settings.retries());
        }
    }

    /** Every request pays into the budget of its workload. */
    void arrived(int slot) {
        budgets[slab.workload[slot]].arrived();
    }

    private boolean mayTryAgain(int slot) {
        return budgets[slab.workload[slot]].take(slab.attempts[slot]);
    }

    // ---- nobody takes it

    /** No pool takes a request; one may have said when to come again. */
    void refused(int slot, double askedToWait) {
        if (askedToWait < Double.POSITIVE_INFINITY && flow.hedges.isLast(slot) && mayTryAgain(slot)) {
            slab.stage[slot] = Stage.NOWHERE;
            state.timer(askedToWait, Timers.Kind.RETRY, slot);
        } else if (!flow.hedges.goesOnWithout(slot)) {
            forgetTokens(slot);
            state.meterOf(slot).rejected(slab.arrivalSeconds[slot], state.now);
            state.observation.rejected(slot, state.now);
            flow.patience.rejected(slot);
            flow.end(slot, state.now);
        }
    }

    /** A request that was to go on begins anew, or ends: the tokens it had are waste. */
    private void forgetTokens(int slot) {
        if (slab.resumed[slot]) {
            slab.resumed[slot] = false;
            tally.wasted(slab.generated[slot]);
        }
    }

    // ---- it fails

    /** The replica of a request died, or could not be reached. */
    void fail(int slot) {
        flow.dispatcher.leaveReplica(slot);
        failedInQueue(slot);
    }

    /** A request that waited in the queue of a pool that has died fails. */
    void failedInQueue(int slot) {
        int number = slab.pool[slot];
        flow.dispatcher.expect(slot, -1);
        router.failed(number, state.now);
        retry(slot, number);
    }

    /** A request that a pool has failed is tried again after a wait, or lost. */
    void retry(int slot, int failedPool) {
        slab.stage[slot] = Stage.NOWHERE;
        if (flow.hedges.goesOnWithout(slot)) {
            return;
        }
        forgetTokens(slot);
        slab.failedPool[slot] = failedPool;
        state.observation.failed(slot, state.pool(failedPool), state.now);
        slab.firstTokenSeconds[slot] = Double.NaN;
        slab.computed[slot] = 0;
        if (mayTryAgain(slot)) {
            state.timer(state.now + settings.retries().waitSeconds(slab.attempts[slot] + 1), Timers.Kind.RETRY, slot);
        } else {
            state.meterOf(slot).lost(slab.arrivalSeconds[slot], state.now);
            state.observation.lost(slot, state.now);
            flow.patience.lost(slot);
            flow.end(slot, state.now);
        }
    }

    // ---- it is taken back

    /** A request leaves its replica and pool, which says nothing of their health. */
    void withdraw(int slot) {
        flow.dispatcher.leaveReplica(slot);
        leavePool(slot);
    }

    private void leavePool(int slot) {
        flow.dispatcher.expect(slot, -1);
        router.refused(slab.pool[slot]);
    }

    /** Takes an attempt back, wherever it is: at once, or when the step in progress ends. */
    void recall(int slot, Recall why) {
        slab.recalled[slot] = why == Recall.SHED ? 1 : 0;
        switch (slab.stage[slot]) {
            case Stage.NOWHERE -> gone(slot, state.now);
            case Stage.ON_THE_WAY -> leaveReplica(slot, state.now);
            case Stage.POOLED -> {
                state.pool(slab.pool[slot]).queue.remove(slot);
                leavePool(slot);
                gone(slot, state.now);
            }
            case Stage.LEAVING -> {}
            default -> {
                Replica replica = state.pool(slab.pool[slot]).replicas[slab.replica[slot]];
                replica.cancel(slot, state.now);
                state.reschedule(replica.index());
            }
        }
    }

    /** A request that was recalled has left its replica with so many tokens. */
    void cancelled(int slot, long generatedTokens, double atSeconds) {
        tally.wasted(generatedTokens);
        if (slab.recalled[slot] == 0) {
            flow.hedges.wasted(generatedTokens, slab.computed[slot]);
        }
        leaveReplica(slot, atSeconds);
    }

    private void leaveReplica(int slot, double atSeconds) {
        int number = slab.pool[slot];
        int replica = slab.replica[slot];
        withdraw(slot);
        gone(slot, atSeconds);
        flow.dispatcher.pull(number, replica);
    }

    private void gone(int slot, double atSeconds) {
        if (slab.recalled[slot] == 0) {
            slab.release(slot);
            return;
        }
        state.meterOf(slot).rejected(slab.arrivalSeconds[slot], atSeconds);
        state.observation.rejected(slot, atSeconds);
        flow.patience.shed(slot);
        flow.end(slot, atSeconds);
    }
}
