package io.ampacity.simulator.replica;

import static io.ampacity.simulator.engine.RequestSlab.NONE;

import io.ampacity.simulator.engine.RequestSlab;
import io.ampacity.simulator.engine.SlotList;
import io.ampacity.simulator.engine.WaitingQueue;

/**
 * The requests on one replica, by how far they are: waiting, being brought what they need, ready, running; and of those
 * that run, whose prompt the coming step computes and who decodes. What is known of each stands in the columns of the
 * slab; here are the lists, and the moves from one to another with the KV blocks they take or give.
 */
final class Batch {

    final RequestSlab slab;
    final KvCache kv;
    final Messages messages;
    final DecodeSet decodes;
    final PrefillBatch prefills = new PrefillBatch();

    final WaitingQueue waiting;
    /** In order of admission. */
    final SlotList running;
    /** Requests that have room, to which something is being brought. */
    final SlotList loading;
    /** Requests to which all was brought. */
    final SlotList ready;
    /** Requests to be taken out when the step in progress ends. */
    final SlotBag leavers = new SlotBag();
    /** Requests that decode here for the first time in the coming step, having been handed over. */
    final SlotBag entering = new SlotBag();

    /** The one request whose prefill was cut by the token budget; it is the one admitted last. */
    int cut = NONE;

    Batch(RequestSlab slab, KvCache kv, Messages messages, int blockSize, boolean ranked) {
        this.slab = slab;
        this.kv = kv;
        this.messages = messages;
        decodes = new DecodeSet(slab, blockSize);
        waiting = new WaitingQueue(slab, ranked);
        running = new SlotList(slab);
        loading = new SlotList(slab);
        ready = new SlotList(slab);
    }

    /** Places of the batch that are taken or kept. */
    int seats() {
        return running.size() + loading.size() + ready.size();
    }

    /** Tokens that a request has so far. */
    int generated(int slot) {
        return decodes.has(slot) ? (int) (slab.outputTokens[slot] - decodes.remaining(slot)) : slab.generated[slot];
    }

    /** Tokens whose keys and values a running request has cached; it no longer decodes. */
    int stopDecoding(int slot) {
        return decodes.has(slot) ? decodes.remove(slot) : slab.computed[slot];
    }

    // ---- into the batch

    /** The first waiting request runs from now on. */
    void run(int slot) {
        waiting.removeFirst();
        running.addLast(slot);
        slab.stage[slot] = Stage.RUNNING;
        slab.begun[slot] = true;
        slab.heapPosition[slot] = NONE;
    }

    /** The first waiting request has its room; what it needs is on its way. */
    void load(int slot) {
        waiting.removeFirst();
        loading.addLast(slot);
        slab.stage[slot] = Stage.LOADING;
        slab.begun[slot] = true;
        slab.heapPosition[slot] = NONE;
    }

    /** What a request needs is there. */
    void loaded(int slot) {
        loading.remove(slot);
        ready.addLast(slot);
        slab.stage[slot] = Stage.READY;
    }

    /** Requests that were handed over, and have been fetched, decode from now on. */
    void enter() {
        for (int slot = ready.first(); slot != NONE; ) {
            int following = ready.after(slot);
            if (slab.computed[slot] == slab.prefillTarget[slot]) {
                runReady(slot);
                entering.add(slot);
                decodes.add(slot, slab.computed[slot], slab.outputTokens[slot] - slab.generated[slot]);
            }
            slot = following;
        }
    }

    /** A request whose prefix was loaded computes the rest, for all of which it has room; returns how many tokens now. */
    int begin(int slot, int budget) {
        int computed = slab.computed[slot];
        int tokens = Math.min(budget, slab.prefillTarget[slot] - computed);
        kv.give(kv.blocks(slab.prefillTarget[slot]) - kv.blocks(computed + tokens));
        runReady(slot);
        slab.heapPosition[slot] = NONE;
        prefills.add(slot, computed, tokens);
        return tokens;
    }

    private void runReady(int slot) {
        ready.remove(slot);
        running.addLast(slot);
        slab.stage[slot] = Stage.RUNNING;
    }

    // ---- out of the batch

    /** A running request with so many cached tokens leaves, and gives its blocks back. */
    void leave(int slot, int cached) {
        kv.leave(slot, cached);
        running.remove(slot);
        slab.stage[slot] = Stage.NOWHERE;
    }

    /** A request to which something is or was brought leaves. */
    void drop(int slot) {
        (slab.stage[slot] == Stage.LOADING ? loading : ready).remove(slot);
        kv.leave(slot, slab.prefillTarget[slot]);
        slab.stage[slot] = Stage.NOWHERE;
    }

    /** Forgets all that run, and the whole cache. */
    void clear() {
        leavers.clear();
        entering.clear();
        messages.clear();
        running.clear();
        decodes.clear();
        prefills.clear();
        kv.clear();
        cut = NONE;
    }

    /** @throws IllegalStateException when something is left */
    void checkEmpty(String owner) {
        if (seats() != 0 || !waiting.isEmpty() || decodes.contextTokens() != 0 || kv.heldBlocks() != 0) {
            throw new IllegalStateException(owner + " ended with " + seats() + " running or about to, " + waiting.size()
                    + " waiting, " + decodes.contextTokens() + " tokens of context and " + kv.heldBlocks()
                    + " blocks held; all must be 0");
        }
    }
}
