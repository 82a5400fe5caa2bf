package io.ampacity.simulator.replica;

import io.ampacity.simulator.engine.RequestSlab;

/** Takes the first waiting request into the batch, when the KV cache has room for it beside what of its prompt is cached. */
final class Admission {

    private final EngineSettings settings;
    private final Batch batch;
    private final RequestSlab slab;
    private final KvCache kv;
    private final ReplicaMeter meter;
    private final ReplicaEvents events;

    Admission(EngineSettings settings, Batch batch, ReplicaMeter meter, ReplicaEvents events) {
        this.settings = settings;
        this.batch = batch;
        slab = batch.slab;
        kv = batch.kv;
        this.meter = meter;
        this.events = events;
    }

    /** Takes the first waiting request, for which there are {@code budget} tokens now; false when there is no room. */
    boolean admit(int slot, int budget, double now) {
        if (slab.handedOver[slot]) {
            return admitHandedOver(slot);
        }
        int target = slab.promptTokens[slot] + slab.generated[slot];
        int named = kv.cachedPrefix(slot, target);
        int more = kv.inTiers(slot, target, named);
        return more > 0 ? admitLoading(slot, target, named, more, now) : admitHere(slot, target, named, budget, now);
    }

    /** The request computes what is not cached, from the coming step on. */
    private boolean admitHere(int slot, int target, int named, int budget, double now) {
        int hit = kv.tokensOfPrefixes(named);
        if (settings.prefixShare() > 0 && !kv.shares(slot)) {
            hit = sharedByChance(slot, target);
        }
        long shared = kv.blocksOfPrefixes(named);
        int first = Math.min(budget, target - hit);
        long whole = kv.blocks(settings.reserveFullPrompt() ? target : hit + first) - shared;
        if (whole + kv.idleBlocksFound() > kv.availableBlocks()) {
            return false;
        }
        begins(slot, target, hit, named, now);
        kv.take(kv.blocks(hit + first) - shared);
        batch.run(slot);
        return true;
    }

    /** Tokens taken as cached where prefixes are known only as a share of prompts. */
    private int sharedByChance(int slot, int target) {
        int blockSize = settings.blockSize();
        int hit = (int) (settings.prefixShare() * slab.promptTokens[slot]) / blockSize * blockSize;
        return Math.min(hit, (target - 1) / blockSize * blockSize);
    }

    /** Takes room for a request of whose prefix {@code more} named blocks are in a tier, and loads them. */
    private boolean admitLoading(int slot, int target, int named, int more, double now) {
        long shared = kv.blocksOfPrefixes(named);
        if (kv.blocks(target) - shared + kv.idleBlocksFound() > kv.availableBlocks()) {
            return false;
        }
        begins(slot, target, kv.tokensOfPrefixes(named + more), named, now);
        double due = kv.load(now, slot, named, more);
        kv.take(kv.blocks(target) - shared);
        batch.load(slot);
        events.loading(slot, due);
        return true;
    }

    private void begins(int slot, int target, int cached, int named, double now) {
        kv.hold(slot, named);
        slab.computed[slot] = cached;
        slab.prefillTarget[slot] = target;
        if (slab.generated[slot] == 0) {
            slab.admittedSeconds[slot] = now;
        }
        meter.cached(cached);
    }

    /** Takes room for a request whose prompt was computed elsewhere, and has it fetched. */
    private boolean admitHandedOver(int slot) {
        int cached = slab.promptTokens[slot];
        if (kv.blocks(cached) > kv.availableBlocks()) {
            return false;
        }
        slab.handedOver[slot] = false;
        slab.computed[slot] = cached;
        slab.prefillTarget[slot] = cached;
        kv.take(kv.blocks(cached));
        batch.load(slot);
        events.fetch(slot);
        return true;
    }
}
