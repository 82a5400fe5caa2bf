package io.ampacity.simulator.replica;

import static io.ampacity.simulator.engine.RequestSlab.NONE;

import io.ampacity.physics.StepModel;
import io.ampacity.simulator.engine.RequestSlab;
import io.ampacity.simulator.engine.WaitingQueue;
import io.ampacity.simulator.serving.Scheduler;

/**
 * Preemption by recompute: when the KV cache is full, the running request that comes last loses its blocks and waits, until
 * its prompt and the tokens it already has are computed again.
 */
final class Preemption {

    private final Batch batch;
    private final RequestSlab slab;
    private final Scheduler scheduler;
    private final ReplicaMeter meter;

    Preemption(Batch batch, Scheduler scheduler, ReplicaMeter meter) {
        this.batch = batch;
        this.scheduler = scheduler;
        this.meter = meter;
        slab = batch.slab;
    }

    /** The running request that goes: the one admitted last, or the one of the highest rank. */
    int victim() {
        int last = batch.running.last();
        if (!scheduler.ranks()) {
            return last;
        }
        int worst = last;
        for (int slot = batch.running.first(); slot != NONE; slot = batch.running.after(slot)) {
            if (WaitingQueue.before(slab, worst, slot)) {
                worst = slot;
            }
        }
        return worst;
    }

    /** A running request goes back to the queue. */
    void preempt(int slot, StepModel model, double now) {
        if (slot == batch.cut) {
            batch.cut = NONE;
        } else {
            slab.generated[slot] = batch.generated(slot);
            if (batch.entering.isEmpty() || !batch.entering.remove(slot)) {
                batch.messages.end(slot, now);
                slab.lastTokenSeconds[slot] = now;
            } else {
                // Its transfer was for nothing, and is a part of the time that it stands still.
                slab.transferSeconds[slot] = 0;
            }
        }
        batch.leave(slot, batch.stopDecoding(slot));
        scheduler.rank(slab, slot, model);
        slab.stage[slot] = Stage.WAITING;
        batch.waiting.putBack(slot);
        meter.preempted();
    }
}
