package io.ampacity.simulator.replica;

import static io.ampacity.simulator.engine.RequestSlab.NONE;

import io.ampacity.simulator.engine.RequestSlab;

/** What requests have when a step has ended: a prompt computed, a first or next token, their end; and who leaves. */
final class StepOutcome {

    private final Role role;
    private final Batch batch;
    private final RequestSlab slab;
    private final DecodeSet decodes;
    private final KvCache kv;
    private final ReplicaMeter meter;
    private final ReplicaEvents events;

    StepOutcome(Role role, Batch batch, ReplicaMeter meter, ReplicaEvents events) {
        this.role = role;
        this.batch = batch;
        slab = batch.slab;
        decodes = batch.decodes;
        kv = batch.kv;
        this.meter = meter;
        this.events = events;
    }

    /** The step ended, and decoding requests have been moved on by it. */
    void deliver(double now) {
        if (!batch.entering.isEmpty()) {
            enteredDecode(now);
        }
        if (batch.prefills.size() > 0) {
            computedPrompts(now);
        }
        letLeave(now);
        for (int slot = decodes.finished(); slot != NONE; slot = decodes.finished()) {
            batch.messages.end(slot, now);
            finish(slot, decodes.remove(slot), now);
        }
        // Whoever hears of an end may have recalled another.
        letLeave(now);
    }

    /** Those that were handed over have their second token. */
    private void enteredDecode(double now) {
        for (int i = 0; i < batch.entering.size(); i++) {
            int slot = batch.entering.slot(i);
            resumed(slot, now);
            slab.stalledSeconds[slot] -= slab.transferSeconds[slot];
            batch.messages.begin(slot, now);
        }
        batch.entering.clear();
    }

    private void resumed(int slot, double now) {
        double gap = now - slab.lastTokenSeconds[slot];
        slab.stalledSeconds[slot] += gap;
        events.resumed(gap);
    }

    private void computedPrompts(double now) {
        PrefillBatch prefills = batch.prefills;
        int wasCut = NONE;
        for (int i = 0; i < prefills.size(); i++) {
            int slot = prefills.slot(i);
            slab.computed[slot] += prefills.tokens(i);
            meter.prefilled(prefills.tokens(i));
            if (slab.computed[slot] < slab.prefillTarget[slot]) {
                wasCut = slot;
            } else if (slab.stage[slot] != Stage.LEAVING) {
                prefillEnded(slot, now);
            }
        }
        batch.cut = wasCut;
        prefills.clear();
    }

    /** A request's prompt is computed, which also gives it a token. */
    private void prefillEnded(int slot, double now) {
        kv.keepPrefix(slot);
        if (slab.generated[slot] == 0) {
            events.firstToken(slot, now);
        } else {
            resumed(slot, now);
        }
        meter.decoded(1);
        int generated = ++slab.generated[slot];
        int cached = slab.prefillTarget[slot];
        int remaining = slab.outputTokens[slot] - generated;
        if (remaining == 0) {
            finish(slot, cached, now);
        } else if (role == Role.PREFILL) {
            handOver(slot, cached, now);
        } else {
            decodes.add(slot, cached, remaining);
            batch.messages.begin(slot, now);
        }
    }

    private void finish(int slot, int cached, double now) {
        batch.leave(slot, cached);
        events.finished(slot, now);
    }

    /** Another replica goes on; until it has them, the blocks stay here. */
    private void handOver(int slot, int cached, double now) {
        long kept = kv.blocks(cached) - kv.blocksOfPrefixes(slab.prefixHeld[slot]);
        batch.leave(slot, cached);
        kv.take(kept);
        slab.lastTokenSeconds[slot] = now;
        events.handOver(slot, kept, now);
    }

    private void letLeave(double now) {
        for (int i = 0; i < batch.leavers.size(); i++) {
            int slot = batch.leavers.slot(i);
            long generated = batch.generated(slot);
            if (slot == batch.cut) {
                batch.cut = NONE;
            }
            batch.messages.forget(slot);
            batch.leave(slot, batch.stopDecoding(slot));
            events.cancelled(slot, generated, now);
        }
        batch.leavers.clear();
    }
}
