package io.ampacity.simulator.replica;

import static io.ampacity.simulator.engine.RequestSlab.NONE;

import io.ampacity.simulator.engine.RequestSlab;
import io.ampacity.simulator.engine.SlotList;

/** Gives up requests of a replica that dies, or that shall get no more. */
final class Losses {

    private final Batch batch;
    private final RequestSlab slab;
    private final ReplicaEvents events;

    Losses(Batch batch, ReplicaEvents events) {
        this.batch = batch;
        slab = batch.slab;
        this.events = events;
    }

    /** All that is on the replica; those that decode had their last token at a moment. */
    void all(double lastTokenSeconds, double now) {
        for (int slot = batch.running.first(); slot != NONE; ) {
            int following = batch.running.after(slot);
            boolean leaves = slab.stage[slot] == Stage.LEAVING;
            if (batch.decodes.has(slot)) {
                slab.generated[slot] = batch.generated(slot);
                slab.lastTokenSeconds[slot] = lastTokenSeconds;
            }
            slab.stage[slot] = Stage.NOWHERE;
            if (leaves) {
                events.cancelled(slot, slab.generated[slot], now);
            } else {
                events.lost(slot, slab.generated[slot]);
            }
            slot = following;
        }
        waiting();
        all(batch.loading);
        all(batch.ready);
        batch.clear();
    }

    /** What waits. */
    void waiting() {
        while (!batch.waiting.isEmpty()) {
            lose(batch.waiting.removeFirst());
        }
    }

    private void all(SlotList list) {
        while (!list.isEmpty()) {
            lose(list.removeFirst());
        }
    }

    private void lose(int slot) {
        slab.stage[slot] = Stage.NOWHERE;
        events.lost(slot, slab.generated[slot]);
    }
}
