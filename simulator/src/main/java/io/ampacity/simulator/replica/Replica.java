package io.ampacity.simulator.replica;

import static io.ampacity.simulator.engine.RequestSlab.NONE;

import io.ampacity.physics.StepModel;
import io.ampacity.simulator.engine.RequestSlab;
import io.ampacity.simulator.engine.SlotList;
import io.ampacity.simulator.engine.WaitingQueue;
import io.ampacity.simulator.serving.Scheduler;
import org.jspecify.annotations.Nullable;

/**
 * One replica that batches continuously as vLLM (V1 scheduler) does. In each iteration every decoding request gets one
 * token; what is left of the token budget goes to prefill, first to the request whose prefill was cut, then to waiting
 * ones in the order of the scheduler, as long as there is room for them in the KV cache and in the batch. When the KV cache is full,
 * the request that was admitted last is preempted: its cache is dropped and it waits at the head of the queue until its
 * prompt and the tokens it already has are computed again.
 *
 * <p>Mutable; for one thread. The surroundings call {@link #join} when a request arrives and {@link #wake} at
 * {@link #wakeSeconds()}.
 */
public final class Replica {

    /*
     * Fast-forward.
     *
     * Idea. Between two changes of the batch (one ends, one joins, the KV cache runs full, the replica fails or slows
     * down) all steps are pure decode steps of the same B requests. Each adds one token to the context of each of them, so
     * step i (from 0) reads C + i·B tokens, and the step model is affine in that: it lasts a + s·(C + i·B). The first j
     * steps last
     *
     *     T(j) = j·(a + s·C) + s·B·j·(j − 1)/2,
     *
     * and so does energy. Such a run of steps is one event. Its length is known beforehand: the least number of tokens
     * anyone still needs, or the number of steps until the KV blocks run out, whichever is less.
     *
     * Layout. RunOfSteps holds the sums, DecodeSet the requests that advance in lock-step, so that nothing is kept for
     * each that changes with a step; KvCache the blocks. Running requests stand in a list in order of admission.
     *
     * A request that arrives during a run cuts it at the end of the step in progress: the smallest j with T(j) > elapsed,
     * from the root of the quadratic, then corrected by comparison against rounding. It does so only when it could be
     * admitted there; behind others in the queue, or before a full batch, nothing would change.
     *
     * Exactness. Every quantity that decides (steps, tokens, blocks) is an integer and equal to that of a simulation step
     * by step. Times differ by the rounding of one product against that of a sum. EngineSettings.stepByStep makes k = 1
     * and nothing else, which is what the tests compare against.
     *
     * Cost. An event costs O(log B + block size), whatever the number of steps or tokens it stands for.
     *
     * Why not the obvious way: one event a step makes cost proportional to output tokens over batch, two orders of
     * magnitude more at low load. Why not one event a token, or a processor-sharing model with a continuous rate: the
     * first is slower still, the second gets the discreteness of steps wrong, which is most of TTFT at low load.
     */

    private static final int IDLE = 0;
    private static final int MIXED = 1;
    private static final int DECODE_RUN = 2;
    private static final int DOWN = 3;

    private final int index;
    private StepModel model;
    private final EngineSettings settings;
    /** Tokens of the budget that a decoding request takes: the one it is known to need, and those drafted beyond it. */
    private final int tokensPerDecode;

    private final Scheduler scheduler;
    private final Role role;
    private final @Nullable KvTiers tiers;
    private final RequestSlab slab;
    private final ReplicaEvents events;

    private final WaitingQueue waiting;
    private final SlotList running;
    /** Requests that have room, to which something is being brought. */
    private final SlotList loading;
    /** Requests to which all was brought. */
    private final SlotList ready;

    private final DecodeSet decodes;
    private final PrefillBatch prefills = new PrefillBatch();
    private final KvCache kv;
    private final RunOfSteps run = new RunOfSteps();
    private final ReplicaMeter meter = new ReplicaMeter();
    /** Requests to be taken out when the step in progress ends. */
    private final SlotBag leavers = new SlotBag();
    /** Requests that decode here for the first time in the coming step, having been handed over. */
    private final SlotBag entering = new SlotBag();

    /** The one request whose prefill was cut by the token budget; it is the one admitted last. */
    private int cut = NONE;

    private int state = IDLE;
    private double runEnd = Double.POSITIVE_INFINITY;
    private double accountedUntil;
    private double slowness = 1;
    /** Steps of the run whose KV blocks were taken. */
    private long settledSteps;

    public Replica(
            int index,
            StepModel model,
            EngineSettings settings,
            Scheduler scheduler,
            RequestSlab slab,
            ReplicaEvents events) {
        this(index, model, settings, scheduler, Role.WHOLE, null, slab, events);
    }

    /** A replica that computes a part of requests, or has tiers behind its KV cache. */
    public Replica(
            int index,
            StepModel model,
            EngineSettings settings,
            Scheduler scheduler,
            Role role,
            @Nullable KvTiers tiers,
            RequestSlab slab,
            ReplicaEvents events) {
        this.role = role;
        this.tiers = tiers;
        this.index = index;
        this.model = model;
        this.settings = settings;
        tokensPerDecode = 1 + settings.draftedTokens();
        this.scheduler = scheduler;
        this.slab = slab;
        this.events = events;
        long tokens = settings.kvTokens() > 0 ? settings.kvTokens() : model.kvTokens();
        kv = new KvCache(slab, "replica " + index, settings.blockSize(), tokens, tiers);
        decodes = new DecodeSet(slab, settings.blockSize());
        waiting = new WaitingQueue(slab, scheduler.ranks());
        running = new SlotList(slab);
        loading = new SlotList(slab);
        ready = new SlotList(slab);
    }

    public int index() {
        return index;
    }

    /** When the replica next wants to be {@linkplain #wake woken}; infinite while it is idle or down. */
    public double wakeSeconds() {
        return runEnd;
    }

    public boolean isDown() {
        return state == DOWN;
    }

    public Role role() {
        return role;
    }

    /** The tiers behind its KV cache; null when there are none. */
    public @Nullable KvTiers tiers() {
        return tiers;
    }

    /** What it has done so far. */
    public ReplicaMeter meter() {
        return meter;
    }

    /** Most of the KV cache that running requests ever held, 0 to 1. */
    public double peakKvUse() {
        return kv.peakUse();
    }

    /** Room of its KV cache in tokens. */
    public long kvTokens() {
        return kv.totalBlocks() * settings.blockSize();
    }

    /** Seconds in which a step ran, until now. */
    public double busySecondsUntil(double now) {
        boolean steps = state == MIXED || state == DECODE_RUN;
        return meter.busySeconds() + (steps ? now - run.startSeconds() : 0);
    }

    /** Share of the KV cache that running requests hold in the step that runs now, 0 to 1. */
    public double kvUseAt(double now) {
        long more = 0;
        if (state == DECODE_RUN) {
            long begun = Math.min(run.steps(), run.wholeSteps(now) + 1);
            more = begun > settledSteps ? decodes.blocksTaken(settledSteps, begun) : 0;
        }
        return kv.useWith((double) more);
    }

    /** Mean share of the KV cache that running requests hold over the run in progress, 0 to 1. */
    public double meanKvUse() {
        double growing = 0.5 * (run.steps() - 1) * decodes.size() / settings.blockSize();
        return Math.min(1, kv.useWith(growing));
    }

    /** Steps of the run in progress. */
    public long stepsInRun() {
        return run.steps();
    }

    /** Requests whose prompts are computed in the run in progress. */
    public int prefillsInRun() {
        return prefills.size();
    }

    public int waiting() {
        return waiting.size();
    }

    public int running() {
        return running.size();
    }

    /** Tells how many tokens a named prefix block holds. */
    public void prefixBlockTokens(int tokens) {
        kv.prefixBlockTokens(settings.prefixCaching() ? tokens : 0);
    }

    /** Whether a request of so many tokens fits at all. */
    public boolean fits(long promptTokens, long outputTokens) {
        return kv.fits(promptTokens + outputTokens - 1);
    }

    /** A request joins the queue. It must {@linkplain #fits fit}, and the replica must be up. */
    public void join(int slot, double now) {
        slab.generated[slot] = 0;
        slab.handedOver[slot] = false;
        slab.admittedSeconds[slot] = Double.NaN;
        slab.stalledSeconds[slot] = 0;
        enqueue(slot, now);
    }

    /** A request that has some of its tokens from another replica joins the queue. */
    public void goOn(int slot, double now) {
        enqueue(slot, now);
    }

    /** A request whose prompt was computed elsewhere joins the queue, with its first token sent. */
    public void takeOver(int slot, double now) {
        slab.handedOver[slot] = true;
        enqueue(slot, now);
    }

    private void enqueue(int slot, double now) {
        slab.prefixHeld[slot] = 0;
        scheduler.rank(slab, slot, model);
        slab.stage[slot] = Stage.WAITING;
        waiting.add(slot);
        if (state == IDLE) {
            idleUntil(now);
            schedule(now);
        } else if (waiting.first() == slot) {
            headChanged(now);
        }
    }

    /** What a request waited for has been brought. */
    public void loaded(int slot, double now) {
        loading.remove(slot);
        slab.stage[slot] = Stage.READY;
        ready.addLast(slot);
        replan(now);
    }

    /** A request that waits for what is brought to it is forgotten. */
    public void drop(int slot, double now) {
        settle(now);
        (slab.stage[slot] == Stage.LOADING ? loading : ready).remove(slot);
        kv.leave(slot, slab.prefillTarget[slot]);
        slab.stage[slot] = Stage.NOWHERE;
        replan(now);
    }

    /** Blocks kept for a request that was handed over are free again. */
    public void sent(long blocks, double now) {
        settle(now);
        kv.give(blocks);
        replan(now);
    }

    /** Something may be admitted now. */
    private void replan(double now) {
        if (state == IDLE) {
            idleUntil(now);
            schedule(now);
        } else {
            cutRun(now);
        }
    }

    /** The run of steps that ends now ends. */
    public void wake(double now) {
        finishRun(now);
        schedule(now);
    }

    /** Steps are as another model tells, from the next one on. */
    public void run(StepModel other, double now) {
        model = other;
        cutRun(now);
    }

    /** What waits here and was not handed over is given back, as lost. */
    public void handBack(double now) {
        if (role == Role.DECODE) {
            return;
        }
        while (!waiting.isEmpty()) {
            int slot = waiting.removeFirst();
            slab.stage[slot] = Stage.NOWHERE;
            events.lost(slot, slab.generated[slot]);
        }
        cutRun(now);
    }

    /** Steps last {@code factor} times as long from the next one on. */
    public void slowTo(double factor, double now) {
        slowness = factor;
        cutRun(now);
    }

    /**
     * A request shall leave. One that waits leaves at once; one that is being computed, when the step in progress ends.
     * {@link ReplicaEvents#cancelled} says when it has left.
     */
    public void cancel(int slot, double now) {
        switch (slab.stage[slot]) {
            case Stage.WAITING -> {
                boolean wasFirst = waiting.first() == slot;
                waiting.remove(slot);
                slab.stage[slot] = Stage.NOWHERE;
                events.cancelled(slot, slab.generated[slot], now);
                if (wasFirst && !waiting.isEmpty()) {
                    headChanged(now);
                }
            }
            case Stage.LOADING, Stage.READY -> {
                drop(slot, now);
                events.cancelled(slot, slab.generated[slot], now);
            }
            case Stage.RUNNING -> {
                slab.stage[slot] = Stage.LEAVING;
                leavers.add(slot);
                cutRun(now);
            }
            default -> throw new IllegalStateException("a request at stage " + slab.stage[slot] + " cannot leave");
        }
    }

    /** The replica dies: what is on it is lost, and it takes no power. */
    public void fail(double now) {
        double lastToken = now;
        if (state == DECODE_RUN || state == MIXED) {
            settle(now);
            long done = state == DECODE_RUN ? run.wholeSteps(now) : 0;
            events.energy(this, run.startSeconds(), now, run.energyUntil(now));
            lastToken = run.startSeconds() + run.lengthOf(done);
            finishDecodes(done);
            meter.busy(now - run.startSeconds());
        } else if (state == IDLE) {
            idleUntil(now);
        }
        accountedUntil = now;
        state = DOWN;
        runEnd = Double.POSITIVE_INFINITY;
        for (int slot = running.first(); slot != NONE; ) {
            int following = running.after(slot);
            boolean leaves = slab.stage[slot] == Stage.LEAVING;
            if (decodes.has(slot)) {
                slab.generated[slot] = (int) (slab.outputTokens[slot] - decodes.remaining(slot));
                slab.lastTokenSeconds[slot] = lastToken;
            }
            long generated = slab.generated[slot];
            slab.stage[slot] = Stage.NOWHERE;
            if (leaves) {
                events.cancelled(slot, generated, now);
            } else {
                events.lost(slot, generated);
            }
            slot = following;
        }
        while (!waiting.isEmpty()) {
            int slot = waiting.removeFirst();
            slab.stage[slot] = Stage.NOWHERE;
            events.lost(slot, slab.generated[slot]);
        }
        loseAll(loading);
        loseAll(ready);
        leavers.clear();
        entering.clear();
        running.clear();
        decodes.clear();
        prefills.clear();
        kv.clear();
        cut = NONE;
    }

    private void loseAll(SlotList list) {
        while (!list.isEmpty()) {
            int slot = list.removeFirst();
            slab.stage[slot] = Stage.NOWHERE;
            events.lost(slot, slab.generated[slot]);
        }
    }

    /** A dead replica is back, empty and cold. */
    public void restore(double now) {
        state = IDLE;
        accountedUntil = now;
    }

    /** Accounts for the power taken until the end of the simulation. */
    public void close(double now) {
        if (state == IDLE) {
            idleUntil(now);
        }
        if (running.size() != 0 || !waiting.isEmpty() || decodes.contextTokens() != 0 || kv.heldBlocks() != 0) {
            throw new IllegalStateException("replica " + index + " ended with " + running.size() + " running, "
                    + waiting.size() + " waiting, " + decodes.contextTokens() + " tokens of context and "
                    + kv.heldBlocks() + " blocks held; all must be 0");
        }
    }

    /** Places of the batch that are taken or kept. */
    private int seats() {
        return running.size() + loading.size() + ready.size();
    }

    private void idleUntil(double now) {
        events.energy(this, accountedUntil, now, model.idleWatts() * (now - accountedUntil));
        accountedUntil = now;
    }

    // ---- the run in progress

    /** Another request is the first to be taken: the run goes on only when it could not be admitted anyway. */
    private void headChanged(double now) {
        if (seats() < settings.maxNumSeqs() && decodes.size() * tokensPerDecode < settings.maxBatchedTokens()) {
            cutRun(now);
        }
    }

    private void cutRun(double now) {
        if (state == DECODE_RUN && run.steps() > 1 && run.cutAt(now)) {
            runEnd = run.endSeconds();
        }
    }

    /** Moves the decode set {@code j} steps on. */
    private void finishDecodes(long j) {
        int sequences = decodes.size();
        if (sequences == 0 || j == 0) {
            return;
        }
        // The blocks of the first steps were taken before, at least those of the very first.
        if (j > settledSteps) {
            kv.take(decodes.blocksTaken(settledSteps, j));
        }
        decodes.advance(j);
        meter.decoded(j * sequences);
        events.stepped(run.stepSeconds(), run.stepGrowth(), j, sequences - entering.size());
    }

    /**
     * Brings the KV cache up to the step in progress, before something else than a step changes it: what is evicted
     * depends on the order.
     */
    private void settle(double now) {
        if (state == DECODE_RUN) {
            long begun = Math.min(run.steps(), run.wholeSteps(now) + 1);
            if (begun > settledSteps) {
                kv.take(decodes.blocksTaken(settledSteps, begun));
                settledSteps = begun;
            }
        }
    }

    /** Those that were handed over have their second token. */
    private void finishEntering(double now) {
        for (int i = 0; i < entering.size(); i++) {
            int slot = entering.slot(i);
            resumed(slot, now);
            slab.stalledSeconds[slot] -= slab.transferSeconds[slot];
        }
        entering.clear();
    }

    private void resumed(int slot, double now) {
        double gap = now - slab.lastTokenSeconds[slot];
        slab.stalledSeconds[slot] += gap;
        events.resumed(gap);
    }

    private void finishRun(double now) {
        if (now < run.startSeconds()) {
            throw new IllegalStateException("time runs backwards: " + now + " s after " + run.startSeconds() + " s");
        }
        events.energy(this, run.startSeconds(), now, run.energyOf(run.steps()));
        meter.busy(now - run.startSeconds());
        accountedUntil = now;
        finishDecodes(run.steps());
        if (!entering.isEmpty()) {
            finishEntering(now);
        }
        if (prefills.size() > 0) {
            finishPrefills(now);
        }
        if (!leavers.isEmpty()) {
            letLeave(now);
        }
        for (int slot = decodes.finished(); slot != NONE; slot = decodes.finished()) {
            int cached = decodes.remove(slot);
            leaveRunning(slot, cached);
            events.finished(slot, now);
        }
        if (!leavers.isEmpty()) {
            letLeave(now);
        }
        state = IDLE;
        runEnd = Double.POSITIVE_INFINITY;
    }

    private void finishPrefills(double now) {
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
        cut = wasCut;
        prefills.clear();
    }

    private void letLeave(double now) {
        for (int i = 0; i < leavers.size(); i++) {
            int slot = leavers.slot(i);
            long generated = slab.generated[slot];
            int cached = slab.computed[slot];
            if (decodes.has(slot)) {
                generated = slab.outputTokens[slot] - decodes.remaining(slot);
                cached = decodes.remove(slot);
            }
            if (slot == cut) {
                cut = NONE;
            }
            leaveRunning(slot, cached);
            events.cancelled(slot, generated, now);
        }
        leavers.clear();
    }

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
            leaveRunning(slot, cached);
            events.finished(slot, now);
        } else if (role == Role.PREFILL) {
            long kept = kv.blocks(cached) - kv.blocksOfPrefixes(slab.prefixHeld[slot]);
            leaveRunning(slot, cached);
            kv.take(kept);
            slab.lastTokenSeconds[slot] = now;
            events.handOver(slot, kept, now);
        } else {
            decodes.add(slot, cached, remaining);
        }
    }

    // ---- planning the next run

    private void schedule(double now) {
        if (!ready.isEmpty()) {
            enter();
        }
        boolean preempted = false;
        while (decodes.blocksOfNextStep() > kv.availableBlocks()) {
            preempt(victim(), now);
            preempted = true;
        }
        if (decodes.size() > 0) {
            kv.take(decodes.blocksOfNextStep());
        }
        int budget = Math.max(0, settings.maxBatchedTokens() - decodes.size() * tokensPerDecode);
        if (cut != NONE) {
            int tokens = Math.min(budget, slab.prefillTarget[cut] - slab.computed[cut]);
            long need = kv.blocks(slab.computed[cut] + tokens) - kv.blocks(slab.computed[cut]);
            while (cut != NONE && need > kv.availableBlocks()) {
                int victim = victim();
                if (decodes.has(victim) && decodes.takesBlock(victim)) {
                    kv.give(1);
                }
                preempt(victim, now);
                preempted = true;
            }
            if (cut != NONE && tokens > 0) {
                kv.take(need);
                prefills.add(cut, slab.computed[cut], tokens);
                budget -= tokens;
            }
        }
        while (!ready.isEmpty() && budget > 0) {
            budget -= begin(ready.first(), budget);
        }
        while (!preempted && !waiting.isEmpty() && budget > 0 && seats() < settings.maxNumSeqs()) {
            int slot = waiting.first();
            if (!admit(slot, budget, now)) {
                break;
            }
            if (slab.stage[slot] == Stage.LOADING) {
                continue;
            }
            int tokens = Math.min(budget, slab.prefillTarget[slot] - slab.computed[slot]);
            prefills.add(slot, slab.computed[slot], tokens);
            budget -= tokens;
        }
        kv.notePeak();
        if (running.size() > 0) {
            start(now, preempted);
        }
    }

    /**
     * Whether the queue may move although nobody leaves: where no whole prompt is reserved, a first chunk takes the less
     * room the less of its prefix is left in the cache.
     */
    private boolean mayMoveSoon() {
        return !settings.reserveFullPrompt()
                && !waiting.isEmpty()
                && seats() < settings.maxNumSeqs()
                && kv.hasIdlePrefixes();
    }

    /** Requests that were handed over, and have been fetched, decode from now on. */
    private void enter() {
        for (int slot = ready.first(); slot != NONE; ) {
            int following = ready.after(slot);
            if (slab.computed[slot] == slab.prefillTarget[slot]) {
                ready.remove(slot);
                running.addLast(slot);
                slab.stage[slot] = Stage.RUNNING;
                entering.add(slot);
                decodes.add(slot, slab.computed[slot], slab.outputTokens[slot] - slab.generated[slot]);
            }
            slot = following;
        }
    }

    /** A request whose prefix was loaded computes the rest, for all of which it has room; returns how many tokens now. */
    private int begin(int slot, int budget) {
        int computed = slab.computed[slot];
        int tokens = Math.min(budget, slab.prefillTarget[slot] - computed);
        kv.give(kv.blocks(slab.prefillTarget[slot]) - kv.blocks(computed + tokens));
        ready.remove(slot);
        running.addLast(slot);
        slab.stage[slot] = Stage.RUNNING;
        slab.heapPosition[slot] = NONE;
        prefills.add(slot, computed, tokens);
        return tokens;
    }

    private void start(double now, boolean preempted) {
        settledSteps = 1;
        int sequences = decodes.size();
        double context = (double) decodes.contextTokens();
        if (prefills.size() > 0) {
            state = MIXED;
            int tokens = prefills.totalTokens();
            double pairs = prefills.pairs();
            run.begin(
                    now,
                    model.stepSeconds(tokens, pairs, sequences, context),
                    0,
                    model.stepJoules(tokens, pairs, sequences, context),
                    0);
        } else {
            state = DECODE_RUN;
            double perToken = model.decodeSecondsPerContextToken(sequences);
            double joulesPerToken = model.decodeJoulesPerContextToken(sequences);
            run.begin(
                    now,
                    model.decodeBaseSeconds(sequences) + perToken * context,
                    perToken * sequences,
                    model.decodeBaseJoules(sequences) + joulesPerToken * context,
                    joulesPerToken * sequences);
            // After a preemption, too, the queue may move at the very next step, so that one is planned anew.
            run.lasts(
                    settings.stepByStep() || preempted || !entering.isEmpty() || mayMoveSoon()
                            ? 1
                            : decodes.longestRun(kv.availableBlocks()));
        }
        if (slowness != 1) {
            run.stretch(slowness, model.idleWatts());
        }
        runEnd = run.endSeconds();
    }

    /** Takes the first waiting request into the batch; false when the KV cache has no room for it. */
    private boolean admit(int slot, int budget, double now) {
        if (slab.handedOver[slot]) {
            return admitHandedOver(slot);
        }
        int target = slab.promptTokens[slot] + slab.generated[slot];
        int named = kv.cachedPrefix(slot, target);
        int hit = kv.tokensOfPrefixes(named);
        int more = kv.inTiers(slot, target, named);
        if (more > 0) {
            return admitLoading(slot, target, named, more, now);
        }
        if (settings.prefixShare() > 0 && !kv.shares(slot)) {
            int blockSize = settings.blockSize();
            hit = (int) (settings.prefixShare() * slab.promptTokens[slot]) / blockSize * blockSize;
            hit = Math.min(hit, (target - 1) / blockSize * blockSize);
        }
        long shared = kv.blocksOfPrefixes(named);
        int first = Math.min(budget, target - hit);
        long whole = kv.blocks(settings.reserveFullPrompt() ? target : hit + first) - shared;
        if (whole + kv.idleBlocksFound() > kv.availableBlocks()) {
            return false;
        }
        kv.hold(slot, named);
        slab.computed[slot] = hit;
        slab.prefillTarget[slot] = target;
        if (slab.generated[slot] == 0) {
            slab.admittedSeconds[slot] = now;
        }
        meter.cached(hit);
        kv.take(kv.blocks(hit + first) - shared);
        waiting.removeFirst();
        running.addLast(slot);
        slab.stage[slot] = Stage.RUNNING;
        slab.begun[slot] = true;
        slab.heapPosition[slot] = NONE;
        return true;
    }

    /** Takes room for a request of whose prefix {@code more} named blocks are in a tier, and loads them. */
    private boolean admitLoading(int slot, int target, int named, int more, double now) {
        long shared = kv.blocksOfPrefixes(named);
        if (kv.blocks(target) - shared + kv.idleBlocksFound() > kv.availableBlocks()) {
            return false;
        }
        kv.hold(slot, named);
        slab.computed[slot] = kv.tokensOfPrefixes(named + more);
        slab.prefillTarget[slot] = target;
        if (slab.generated[slot] == 0) {
            slab.admittedSeconds[slot] = now;
        }
        meter.cached(slab.computed[slot]);
        double due = kv.load(now, slot, named, more);
        kv.take(kv.blocks(target) - shared);
        load(slot);
        events.loading(slot, due);
        return true;
    }

    private boolean admitHandedOver(int slot) {
        int cached = slab.promptTokens[slot];
        if (kv.blocks(cached) > kv.availableBlocks()) {
            return false;
        }
        slab.handedOver[slot] = false;
        slab.computed[slot] = cached;
        slab.prefillTarget[slot] = cached;
        kv.take(kv.blocks(cached));
        load(slot);
        events.fetch(slot);
        return true;
    }

    private void load(int slot) {
        waiting.removeFirst();
        slab.stage[slot] = Stage.LOADING;
        slab.begun[slot] = true;
        slab.heapPosition[slot] = NONE;
        loading.addLast(slot);
    }

    // ---- who comes first, and who must go

    /** The running request that goes when the KV cache is full. */
    private int victim() {
        int last = running.last();
        if (!scheduler.ranks()) {
            return last;
        }
        int worst = last;
        for (int slot = running.first(); slot != NONE; slot = running.after(slot)) {
            if (WaitingQueue.before(slab, worst, slot)) {
                worst = slot;
            }
        }
        return worst;
    }

    private void preempt(int slot, double now) {
        int cached;
        if (slot == cut) {
            cut = NONE;
            cached = slab.computed[slot];
        } else {
            slab.generated[slot] = (int) (slab.outputTokens[slot] - decodes.remaining(slot));
            if (entering.isEmpty() || !entering.remove(slot)) {
                slab.lastTokenSeconds[slot] = now;
            } else {
                // Its transfer was for nothing, and is a part of the time that it stands still.
                slab.transferSeconds[slot] = 0;
            }
            cached = decodes.remove(slot);
        }
        leaveRunning(slot, cached);
        scheduler.rank(slab, slot, model);
        slab.stage[slot] = Stage.WAITING;
        waiting.putBack(slot);
        meter.preempted();
    }

    private void leaveRunning(int slot, int cached) {
        kv.leave(slot, cached);
        running.remove(slot);
        slab.stage[slot] = Stage.NOWHERE;
    }
}
