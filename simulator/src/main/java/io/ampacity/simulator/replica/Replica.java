package io.ampacity.simulator.replica;

import static io.ampacity.simulator.engine.RequestSlab.NONE;

import io.ampacity.physics.StepModel;
import io.ampacity.simulator.engine.RequestSlab;
import io.ampacity.simulator.engine.SlotDeque;

/**
 * One replica that batches continuously as vLLM (V1 scheduler) does. In each iteration every decoding request gets one
 * token; what is left of the token budget goes to prefill, first to the request whose prefill was cut, then to waiting
 * ones in order of arrival, as long as there is room for them in the KV cache and in the batch. When the KV cache is full,
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
     * Layout. All decoding requests advance in lock-step, so nothing is kept for each that changes with a step:
     *   - a counter of steps, and for each request the counter's value at which it ends (a min-heap);
     *   - the sum of contexts as one integer;
     *   - a request with c cached tokens takes a new KV block when c is a multiple of the block size. c − steps does not
     *     change, so requests are counted by it modulo the block size: that table of counts says how many blocks each
     *     coming step takes, and k steps take (k / block size)·B and a part of the table;
     *   - running requests in a list in order of admission, whose tail is the next to be preempted.
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
    private final StepModel model;
    private final EngineSettings settings;
    private final RequestSlab slab;
    private final ReplicaEvents events;
    private final int blockSize;
    private final long totalBlocks;

    private final SlotDeque waiting = new SlotDeque();
    private final FinishHeap decoding;
    private final int[] byResidue;
    private final PrefixCache prefixes = new PrefixCache();
    private int prefixNodeBlocks;

    private int firstRunning = NONE;
    private int lastRunning = NONE;
    private int running;
    /** The one request whose prefill was cut by the token budget. */
    private int cut = NONE;

    private long steps;
    private long contextTokens;
    /** Blocks that nobody running holds; idle prefix nodes may still occupy some of them. */
    private long availableBlocks;

    private int state = IDLE;
    private double runStart;
    private double runEnd = Double.POSITIVE_INFINITY;
    private double accountedUntil;
    private long runSteps;
    private int[] chunkSlots = new int[4];
    private int[] chunkTokens = new int[4];
    private int chunks;
    private double stepSeconds;
    private double stepGrowth;
    private double stepJoules;
    private double joulesGrowth;
    private double slowness = 1;

    private double busySeconds;
    private long preemptions;
    private long prefilledTokens;
    private long decodedTokens;
    private long cachedTokens;
    private long peakBlocks;

    public Replica(int index, StepModel model, EngineSettings settings, RequestSlab slab, ReplicaEvents events) {
        this.index = index;
        this.model = model;
        this.settings = settings;
        this.slab = slab;
        this.events = events;
        blockSize = settings.blockSize();
        long tokens = settings.kvTokens() > 0 ? settings.kvTokens() : model.kvTokens();
        totalBlocks = tokens / blockSize;
        availableBlocks = totalBlocks;
        decoding = new FinishHeap(slab);
        byResidue = new int[blockSize];
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

    public double busySeconds() {
        return busySeconds;
    }

    public long preemptions() {
        return preemptions;
    }

    /** Prompt tokens computed, those computed again after a preemption included. */
    public long prefilledTokens() {
        return prefilledTokens;
    }

    /** Output tokens produced. */
    public long decodedTokens() {
        return decodedTokens;
    }

    /** Prompt tokens that did not need computing because their prefix was cached. */
    public long cachedTokens() {
        return cachedTokens;
    }

    /** Most of the KV cache that running requests ever held, 0 to 1. */
    public double peakKvUse() {
        return totalBlocks == 0 ? 0 : (double) peakBlocks / totalBlocks;
    }

    /** Room of its KV cache in tokens. */
    public long kvTokens() {
        return totalBlocks * blockSize;
    }

    /** Mean share of the KV cache that running requests hold over the run in progress, 0 to 1. */
    public double meanKvUse() {
        double growing = 0.5 * (runSteps - 1) * decoding.size() / blockSize;
        return totalBlocks == 0 ? 0 : Math.min(1, (totalBlocks - availableBlocks + growing) / totalBlocks);
    }

    /** Steps of the run in progress. */
    public long stepsInRun() {
        return runSteps;
    }

    /** Requests whose prompts are computed in the run in progress. */
    public int prefillsInRun() {
        return chunks;
    }

    public int waiting() {
        return waiting.size();
    }

    public int running() {
        return running;
    }

    /** Whether a request of so many tokens fits at all. */
    public boolean fits(long promptTokens, long outputTokens) {
        return blocks(promptTokens + outputTokens - 1) <= totalBlocks;
    }

    /** A request joins the queue. It must {@linkplain #fits fit}, and the replica must be up. */
    public void join(int slot, double now) {
        waiting.addLast(slot);
        slab.generated[slot] = 0;
        slab.prefixHeld[slot] = 0;
        slab.admittedSeconds[slot] = Double.NaN;
        slab.stalledSeconds[slot] = 0;
        if (state == IDLE) {
            events.energy(this, accountedUntil, now, model.idleWatts() * (now - accountedUntil));
            accountedUntil = now;
            schedule(now);
        } else if (state == DECODE_RUN
                && runSteps > 1
                && waiting.size() == 1
                && running < settings.maxNumSeqs()
                && decoding.size() < settings.maxBatchedTokens()) {
            cutRun(now);
        }
    }

    /** The run of steps that ends now ends. */
    public void wake(double now) {
        finishRun(now);
        schedule(now);
    }

    /** Steps last {@code factor} times as long from the next one on. */
    public void slowTo(double factor, double now) {
        slowness = factor;
        if (state == DECODE_RUN && runSteps > 1) {
            cutRun(now);
        }
    }

    /** The replica dies: what is on it is lost, and it takes no power. */
    public void fail(double now) {
        if (state == DECODE_RUN || state == MIXED) {
            long done = state == DECODE_RUN ? wholeSteps(now - runStart) : 0;
            finishDecodes(done);
            double whole = energyOf(done);
            double length = lengthOf(done + 1) - lengthOf(done);
            double part = length > 0 ? Math.clamp((now - runStart - lengthOf(done)) / length, 0, 1) : 0;
            events.energy(this, runStart, now, whole + part * (energyOf(done + 1) - whole));
            busySeconds += now - runStart;
        } else if (state == IDLE) {
            events.energy(this, accountedUntil, now, model.idleWatts() * (now - accountedUntil));
        }
        accountedUntil = now;
        state = DOWN;
        runEnd = Double.POSITIVE_INFINITY;
        for (int slot = firstRunning; slot != NONE; ) {
            int following = slab.next[slot];
            long generated = slab.generated[slot];
            if (isDecoding(slot)) {
                generated = slab.outputTokens[slot] - (decoding.stepOf(slot) - steps);
            }
            events.lost(slot, generated);
            slot = following;
        }
        while (!waiting.isEmpty()) {
            int slot = waiting.removeFirst();
            events.lost(slot, slab.generated[slot]);
        }
        forget();
    }

    /** A dead replica is back, empty and cold. */
    public void restore(double now) {
        state = IDLE;
        accountedUntil = now;
    }

    /** Accounts for the power taken until the end of the simulation. */
    public void close(double now) {
        if (state == IDLE) {
            events.energy(this, accountedUntil, now, model.idleWatts() * (now - accountedUntil));
            accountedUntil = now;
        }
        if (running != 0 || !waiting.isEmpty() || contextTokens != 0 || availableBlocks != totalBlocks) {
            throw new IllegalStateException("replica " + index + " ended with " + running + " running, "
                    + waiting.size() + " waiting, " + contextTokens + " tokens of context and "
                    + (totalBlocks - availableBlocks) + " blocks held; all must be 0");
        }
    }

    // ---- the run in progress

    private double lengthOf(long j) {
        return (double) j * stepSeconds + stepGrowth * (0.5 * j * (j - 1));
    }

    private double energyOf(long j) {
        return j * stepJoules + joulesGrowth * (0.5 * j * (j - 1));
    }

    /** How many steps of the run ended within {@code elapsed}. */
    private long wholeSteps(double elapsed) {
        double linear = stepSeconds - 0.5 * stepGrowth;
        double root = linear + Math.sqrt(linear * linear + 2 * stepGrowth * elapsed);
        long j = root > 0 ? (long) Math.min((double) runSteps, 2 * elapsed / root) : runSteps;
        while (j < runSteps && lengthOf(j + 1) <= elapsed) {
            j++;
        }
        while (j > 0 && lengthOf(j) > elapsed) {
            j--;
        }
        return j;
    }

    private void cutRun(double now) {
        long inProgress = Math.min(runSteps, wholeSteps(now - runStart) + 1);
        if (inProgress < runSteps) {
            runSteps = inProgress;
            runEnd = runStart + lengthOf(inProgress);
        }
    }

    /** Moves the decode set {@code j} steps on. */
    private void finishDecodes(long j) {
        int sequences = decoding.size();
        if (sequences == 0 || j == 0) {
            return;
        }
        // The first step's blocks were taken when it was planned.
        takeBlocks(blocksTaken(1, j));
        steps += j;
        contextTokens += j * sequences;
        decodedTokens += j * sequences;
        events.stepped(stepSeconds, stepGrowth, j, sequences);
    }

    private void finishRun(double now) {
        if (now < runStart) {
            throw new IllegalStateException("time runs backwards: " + now + " s after " + runStart + " s");
        }
        events.energy(this, runStart, now, energyOf(runSteps));
        busySeconds += now - runStart;
        accountedUntil = now;
        finishDecodes(runSteps);
        int wasCut = NONE;
        for (int i = 0; i < chunks; i++) {
            int slot = chunkSlots[i];
            slab.computed[slot] += chunkTokens[i];
            prefilledTokens += chunkTokens[i];
            if (slab.computed[slot] < slab.prefillTarget[slot]) {
                wasCut = slot;
            } else {
                prefillEnded(slot, now);
            }
        }
        cut = wasCut;
        chunks = 0;
        while (decoding.size() > 0 && decoding.firstStep() == steps) {
            int slot = decoding.first();
            leaveDecoding(slot);
            leaveRunning(slot, slab.promptTokens[slot] + slab.outputTokens[slot] - 1);
            events.finished(slot, now);
        }
        state = IDLE;
        runEnd = Double.POSITIVE_INFINITY;
    }

    private void prefillEnded(int slot, double now) {
        keepPrefix(slot);
        if (slab.generated[slot] == 0) {
            events.firstToken(slot, now);
        } else {
            double gap = now - slab.lastTokenSeconds[slot];
            slab.stalledSeconds[slot] += gap;
            events.resumed(gap);
        }
        decodedTokens++;
        int generated = ++slab.generated[slot];
        int cached = slab.prefillTarget[slot];
        int remaining = slab.outputTokens[slot] - generated;
        if (remaining == 0) {
            leaveRunning(slot, cached);
            events.finished(slot, now);
            return;
        }
        decoding.add(steps + remaining, slot);
        contextTokens += cached;
        byResidue[residue(cached)]++;
    }

    // ---- planning the next run

    private void schedule(double now) {
        boolean preempted = false;
        while (byResidue[residueTaking(0)] > availableBlocks) {
            preemptLast(now);
            preempted = true;
        }
        if (decoding.size() > 0) {
            takeBlocks(byResidue[residueTaking(0)]);
        }
        int budget = settings.maxBatchedTokens() - decoding.size();
        int prefillTokens = 0;
        double prefillPairs = 0;
        if (cut != NONE) {
            int tokens = Math.min(budget, slab.prefillTarget[cut] - slab.computed[cut]);
            long need = blocks(slab.computed[cut] + tokens) - blocks(slab.computed[cut]);
            if (need > availableBlocks) {
                preemptLast(now);
                preempted = true;
            } else if (tokens > 0) {
                takeBlocks(need);
                addChunk(cut, tokens);
                prefillTokens += tokens;
                prefillPairs += tokens * (slab.computed[cut] + 0.5 * tokens);
                budget -= tokens;
            }
        }
        while (!preempted && !waiting.isEmpty() && budget > 0 && running < settings.maxNumSeqs()) {
            int slot = waiting.first();
            if (!admit(slot, budget, now)) {
                break;
            }
            int tokens = Math.min(budget, slab.prefillTarget[slot] - slab.computed[slot]);
            prefillTokens += tokens;
            prefillPairs += tokens * (slab.computed[slot] + 0.5 * tokens);
            budget -= tokens;
            addChunk(slot, tokens);
        }
        peakBlocks = Math.max(peakBlocks, totalBlocks - availableBlocks);
        if (running == 0) {
            return;
        }
        start(now, prefillTokens, prefillPairs, preempted);
    }

    private void start(double now, int prefillTokens, double prefillPairs, boolean preempted) {
        int sequences = decoding.size();
        runStart = now;
        if (prefillTokens > 0) {
            state = MIXED;
            runSteps = 1;
            stepSeconds = model.stepSeconds(prefillTokens, prefillPairs, sequences, (double) contextTokens);
            stepJoules = model.stepJoules(prefillTokens, prefillPairs, sequences, (double) contextTokens);
            stepGrowth = 0;
            joulesGrowth = 0;
        } else {
            state = DECODE_RUN;
            double perToken = model.decodeSecondsPerContextToken(sequences);
            stepSeconds = model.decodeBaseSeconds(sequences) + perToken * contextTokens;
            stepGrowth = perToken * sequences;
            double joulesPerToken = model.decodeJoulesPerContextToken(sequences);
            stepJoules = model.decodeBaseJoules(sequences) + joulesPerToken * contextTokens;
            joulesGrowth = joulesPerToken * sequences;
            // After a preemption the queue may move at the very next step, so that one is planned anew.
            runSteps = settings.stepByStep() || preempted ? 1 : longestRun();
        }
        if (!(stepSeconds >= 0) || Double.isInfinite(stepSeconds) || !(stepGrowth >= 0)) {
            throw new IllegalStateException("the step model says that a step with " + prefillTokens
                    + " prefill tokens and " + sequences + " decoding requests lasts " + stepSeconds + " s, and "
                    + stepGrowth + " s more each time");
        }
        if (slowness != 1) {
            stepJoules += model.idleWatts() * stepSeconds * (slowness - 1);
            joulesGrowth += model.idleWatts() * stepGrowth * (slowness - 1);
            stepSeconds *= slowness;
            stepGrowth *= slowness;
        }
        runEnd = now + lengthOf(runSteps);
    }

    /** Takes the first waiting request into the batch; false when the KV cache has no room for it. */
    private boolean admit(int slot, int budget, double now) {
        int target = slab.promptTokens[slot] + slab.generated[slot];
        int named = 0;
        int hit = 0;
        long idleHit = 0;
        if (prefixNodeBlocks > 0 && slab.prefixBlocks[slot] > 0) {
            // At least one token must be computed, or there would be nothing to sample from.
            int usable = Math.min(slab.prefixBlocks[slot], (target - 1) / (prefixNodeBlocks * blockSize));
            while (named < usable) {
                int node = prefixes.find(slab.prefix[slot][named]);
                if (node == PrefixCache.NONE) {
                    break;
                }
                idleHit += prefixes.isIdle(node) ? prefixNodeBlocks : 0;
                named++;
            }
            hit = named * prefixNodeBlocks * blockSize;
        } else if (settings.prefixShare() > 0) {
            hit = (int) (settings.prefixShare() * slab.promptTokens[slot]) / blockSize * blockSize;
            hit = Math.min(hit, (target - 1) / blockSize * blockSize);
        }
        long shared = (long) named * prefixNodeBlocks;
        int first = Math.min(budget, target - hit);
        long whole = blocks(settings.reserveFullPrompt() ? target : hit + first) - shared;
        if (whole + idleHit > availableBlocks) {
            return false;
        }
        for (int i = 0; i < named; i++) {
            prefixes.hold(prefixes.find(slab.prefix[slot][i]));
        }
        availableBlocks -= idleHit;
        slab.prefixHeld[slot] = named;
        slab.computed[slot] = hit;
        slab.prefillTarget[slot] = target;
        if (slab.generated[slot] == 0) {
            slab.admittedSeconds[slot] = now;
        }
        cachedTokens += hit;
        takeBlocks(blocks(hit + first) - shared);
        waiting.removeFirst();
        slab.next[slot] = NONE;
        slab.previous[slot] = lastRunning;
        if (lastRunning == NONE) {
            firstRunning = slot;
        } else {
            slab.next[lastRunning] = slot;
        }
        lastRunning = slot;
        running++;
        slab.heapPosition[slot] = NONE;
        return true;
    }

    private void preemptLast(double now) {
        int slot = lastRunning;
        int cached;
        if (slot == cut) {
            cut = NONE;
            cached = slab.computed[slot];
        } else {
            long remaining = decoding.stepOf(slot) - steps;
            slab.generated[slot] = (int) (slab.outputTokens[slot] - remaining);
            slab.lastTokenSeconds[slot] = now;
            cached = slab.promptTokens[slot] + slab.generated[slot] - 1;
            contextTokens -= cached;
            byResidue[residue(cached)]--;
            decoding.remove(slot);
            slab.heapPosition[slot] = NONE;
        }
        leaveRunning(slot, cached);
        waiting.addFirst(slot);
        preemptions++;
    }

    private void leaveDecoding(int slot) {
        int cached = slab.promptTokens[slot] + slab.outputTokens[slot] - 1;
        contextTokens -= cached;
        byResidue[residue(cached)]--;
        decoding.remove(slot);
    }

    private void leaveRunning(int slot, int cached) {
        int held = slab.prefixHeld[slot];
        availableBlocks += blocks(cached) - (long) held * prefixNodeBlocks;
        // From the last to the first, so that the ends of prompts are evicted before what they share with others.
        for (int i = held - 1; i >= 0; i--) {
            int node = prefixes.find(slab.prefix[slot][i]);
            prefixes.release(node);
            availableBlocks += prefixes.isIdle(node) ? prefixNodeBlocks : 0;
        }
        slab.prefixHeld[slot] = 0;
        int before = slab.previous[slot];
        int after = slab.next[slot];
        if (before == NONE) {
            firstRunning = after;
        } else {
            slab.next[before] = after;
        }
        if (after == NONE) {
            lastRunning = before;
        } else {
            slab.previous[after] = before;
        }
        running--;
    }

    private boolean isDecoding(int slot) {
        return slab.heapPosition[slot] != NONE;
    }

    private void addChunk(int slot, int tokens) {
        if (chunks == chunkSlots.length) {
            chunkSlots = java.util.Arrays.copyOf(chunkSlots, chunks * 2);
            chunkTokens = java.util.Arrays.copyOf(chunkTokens, chunks * 2);
        }
        chunkSlots[chunks] = slot;
        chunkTokens[chunks] = tokens;
        chunks++;
    }

    private void forget() {
        firstRunning = NONE;
        lastRunning = NONE;
        running = 0;
        cut = NONE;
        chunks = 0;
        contextTokens = 0;
        availableBlocks = totalBlocks;
        prefixes.clear();
        java.util.Arrays.fill(byResidue, 0);
        decoding.clear();
    }

    // ---- blocks of the KV cache

    /** Tells how many tokens a named prefix block holds; nothing is shared unless that is a multiple of the KV block. */
    public void prefixBlockTokens(int tokens) {
        prefixNodeBlocks = settings.prefixCaching() && tokens % blockSize == 0 ? tokens / blockSize : 0;
    }

    /** The prompt's named blocks, all computed now, can serve others from here on. */
    private void keepPrefix(int slot) {
        if (prefixNodeBlocks == 0 || slab.prefixBlocks[slot] == 0) {
            return;
        }
        int whole = Math.min(slab.prefixBlocks[slot], slab.promptTokens[slot] / (prefixNodeBlocks * blockSize));
        int held = slab.prefixHeld[slot];
        while (held < whole && prefixes.find(slab.prefix[slot][held]) == PrefixCache.NONE) {
            prefixes.insert(slab.prefix[slot][held]);
            held++;
        }
        slab.prefixHeld[slot] = held;
    }

    private long blocks(long tokens) {
        return (tokens + blockSize - 1) / blockSize;
    }

    private int residue(long cached) {
        return (int) Math.floorMod(cached - steps, (long) blockSize);
    }

    /** The residue of requests that take a block in the step {@code ahead} steps from now. */
    private int residueTaking(long ahead) {
        return (int) Math.floorMod(-(steps + ahead), (long) blockSize);
    }

    /** Blocks that steps {@code from} to {@code until} - 1 ahead take. */
    private long blocksTaken(long from, long until) {
        long count = until - from;
        long taken = count / blockSize * decoding.size();
        int rest = (int) (count % blockSize);
        int residue = residueTaking(until - rest);
        for (int i = 0; i < rest; i++) {
            taken += byResidue[residue];
            residue = residue == 0 ? blockSize - 1 : residue - 1;
        }
        return taken;
    }

    /** Steps until a request ends or the KV blocks run out. */
    private long longestRun() {
        long untilFinish = decoding.firstStep() - steps;
        boolean plenty = (untilFinish / blockSize + 1) * decoding.size() <= availableBlocks;
        return plenty ? untilFinish : Math.min(untilFinish, 1 + stepsWithRoom());
    }

    /** How many steps after the coming one still find their blocks. */
    private long stepsWithRoom() {
        long cycles = availableBlocks / decoding.size();
        long left = availableBlocks - cycles * decoding.size();
        long ahead = 1;
        while (byResidue[residueTaking(ahead)] <= left && ahead <= blockSize) {
            left -= byResidue[residueTaking(ahead)];
            ahead++;
        }
        return cycles * blockSize + ahead - 1;
    }

    private void takeBlocks(long count) {
        availableBlocks -= count;
        if (availableBlocks < 0) {
            throw new IllegalStateException(
                    "replica " + index + " holds " + (totalBlocks - availableBlocks) + " KV blocks of " + totalBlocks);
        }
        while (prefixNodeBlocks > 0 && (long) prefixes.idle() * prefixNodeBlocks > availableBlocks) {
            prefixes.evictOldest();
        }
    }
}
