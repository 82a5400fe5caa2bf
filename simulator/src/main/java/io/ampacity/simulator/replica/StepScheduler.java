package io.ampacity.simulator.replica;

import static io.ampacity.simulator.engine.RequestSlab.NONE;

import io.ampacity.physics.StepModel;
import io.ampacity.simulator.engine.RequestSlab;

/**
 * Decides what the coming step computes, as vLLM's V1 scheduler does: every decoding request gets one token; what is left
 * of the token budget goes to prefill, first to the request whose prefill was cut, then to what was loaded, then to waiting
 * ones in the order of the scheduler, as long as there is room for them in the KV cache and in the batch.
 */
final class StepScheduler {

    private final EngineSettings settings;
    /** Tokens of the budget that a decoding request takes: the one it is known to need, and those drafted beyond it. */
    private final int tokensPerDecode;

    private final Batch batch;
    private final RequestSlab slab;
    private final DecodeSet decodes;
    private final KvCache kv;
    private final Admission admission;
    private final Preemption preemption;
    private boolean preempted;

    StepScheduler(EngineSettings settings, Batch batch, Admission admission, Preemption preemption) {
        this.settings = settings;
        tokensPerDecode = 1 + settings.draftedTokens();
        this.batch = batch;
        slab = batch.slab;
        decodes = batch.decodes;
        kv = batch.kv;
        this.admission = admission;
        this.preemption = preemption;
    }

    /** Plans a step. */
    void schedule(StepModel model, double now) {
        preempted = false;
        if (!batch.ready.isEmpty()) {
            batch.enter();
        }
        takeBlocksOfDecodes(model, now);
        int budget = Math.max(0, settings.maxBatchedTokens() - decodes.size() * tokensPerDecode);
        if (batch.cut != NONE) {
            budget -= goOnWithCut(budget, model, now);
        }
        while (!batch.ready.isEmpty() && budget > 0) {
            budget -= batch.begin(batch.ready.first(), budget);
        }
        // What was preempted waits at the head: nobody gets in before the next step.
        if (!preempted) {
            admit(budget, now);
        }
        kv.notePeak();
    }

    private void takeBlocksOfDecodes(StepModel model, double now) {
        while (decodes.blocksOfNextStep() > kv.availableBlocks()) {
            preempt(preemption.victim(), model, now);
        }
        if (decodes.size() > 0) {
            kv.take(decodes.blocksOfNextStep());
        }
    }

    /** The request whose prefill was cut computes on; returns how many tokens. */
    private int goOnWithCut(int budget, StepModel model, double now) {
        int cut = batch.cut;
        int tokens = Math.min(budget, slab.prefillTarget[cut] - slab.computed[cut]);
        long need = kv.blocks(slab.computed[cut] + tokens) - kv.blocks(slab.computed[cut]);
        while (batch.cut != NONE && need > kv.availableBlocks()) {
            int victim = preemption.victim();
            if (decodes.has(victim) && decodes.takesBlock(victim)) {
                kv.give(1);
            }
            preempt(victim, model, now);
        }
        if (batch.cut == NONE || tokens == 0) {
            return 0;
        }
        kv.take(need);
        batch.prefills.add(cut, slab.computed[cut], tokens);
        return tokens;
    }

    private void preempt(int victim, StepModel model, double now) {
        preemption.preempt(victim, model, now);
        preempted = true;
    }

    private void admit(int tokens, double now) {
        int budget = tokens;
        while (!batch.waiting.isEmpty() && budget > 0 && batch.seats() < settings.maxNumSeqs()) {
            int slot = batch.waiting.first();
            if (!admission.admit(slot, budget, now)) {
                return;
            }
            if (slab.stage[slot] == Stage.RUNNING) {
                int count = Math.min(budget, slab.prefillTarget[slot] - slab.computed[slot]);
                batch.prefills.add(slot, slab.computed[slot], count);
                budget -= count;
            }
        }
    }

    /** Whether another request at the head of the queue may be admitted when the step in progress ends. */
    boolean mayAdmitNext() {
        return batch.seats() < settings.maxNumSeqs() && decodes.size() * tokensPerDecode < settings.maxBatchedTokens();
    }

    /** Whether the step after the planned one must be planned anew, although nobody may have left by then. */
    boolean plansNextStep() {
        return preempted || !batch.entering.isEmpty() || mayMoveSoon();
    }

    /**
     * Whether the queue may move although nobody leaves: where no whole prompt is reserved, a first chunk takes the less
     * room the less of its prefix is left in the cache.
     */
    private boolean mayMoveSoon() {
        return !settings.reserveFullPrompt()
                && !batch.waiting.isEmpty()
                && batch.seats() < settings.maxNumSeqs()
                && kv.hasIdlePrefixes();
    }
}
