package io.ampacity.simulator.replica;

import io.ampacity.physics.StepModel;

/** The steps of a replica that run now, as one event: when they end, what they cost, and how far they are. */
final class FastForward {

    /*
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

    private final Batch batch;
    private final DecodeSet decodes;
    private final KvCache kv;
    private final EngineSettings settings;
    private final ReplicaMeter meter;
    private final RunOfSteps run = new RunOfSteps();

    private StepModel model;
    private double slowness = 1;
    private boolean running;
    /** Whether the run is of decode steps alone. */
    private boolean decodesOnly;

    private double endSeconds = Double.POSITIVE_INFINITY;
    /** Steps of the run whose KV blocks were taken. */
    private long settledSteps;

    FastForward(StepModel model, EngineSettings settings, Batch batch, ReplicaMeter meter) {
        this.model = model;
        this.settings = settings;
        this.batch = batch;
        decodes = batch.decodes;
        kv = batch.kv;
        this.meter = meter;
    }

    StepModel model() {
        return model;
    }

    /** Steps are as another model tells, from the next one on. */
    void model(StepModel other) {
        model = other;
    }

    /** Steps last {@code factor} times as long from the next one on. */
    void slowTo(double factor) {
        slowness = factor;
    }

    boolean isRunning() {
        return running;
    }

    /** When the last step of the run ends; infinite while none runs. */
    double endSeconds() {
        return endSeconds;
    }

    double startSeconds() {
        return run.startSeconds();
    }

    /** Steps of the run in progress, or of the last one. */
    long steps() {
        return run.steps();
    }

    // ---- a run starts

    /** The batch as it is planned takes its steps: one when prompts are computed, else as many as are alike. */
    void start(double now, boolean oneStep) {
        settledSteps = 1;
        running = true;
        decodesOnly = batch.prefills.size() == 0;
        if (decodesOnly) {
            startDecodes(now);
            run.lasts(settings.stepByStep() || oneStep ? 1 : decodes.longestRun(kv.availableBlocks()));
        } else {
            startMixed(now);
        }
        if (slowness != 1) {
            run.stretch(slowness, model.idleWatts());
        }
        endSeconds = run.endSeconds();
    }

    private void startDecodes(double now) {
        int sequences = decodes.size();
        double context = (double) decodes.contextTokens();
        double perToken = model.decodeSecondsPerContextToken(sequences);
        double joulesPerToken = model.decodeJoulesPerContextToken(sequences);
        run.begin(
                now,
                model.decodeBaseSeconds(sequences) + perToken * context,
                perToken * sequences,
                model.decodeBaseJoules(sequences) + joulesPerToken * context,
                joulesPerToken * sequences);
    }

    private void startMixed(double now) {
        int sequences = decodes.size();
        double context = (double) decodes.contextTokens();
        int tokens = batch.prefills.totalTokens();
        double pairs = batch.prefills.pairs();
        run.begin(
                now,
                model.stepSeconds(tokens, pairs, sequences, context),
                0,
                model.stepJoules(tokens, pairs, sequences, context),
                0);
    }

    // ---- while it runs

    /** The run ends with the step in progress. */
    void cut(double now) {
        if (running && decodesOnly && run.steps() > 1 && run.cutAt(now)) {
            endSeconds = run.endSeconds();
        }
    }

    /**
     * Brings the KV cache up to the step in progress, before something else than a step changes it: what is evicted
     * depends on the order.
     */
    void settle(double now) {
        long begun = begunSteps(now);
        if (begun > settledSteps) {
            kv.take(decodes.blocksTaken(settledSteps, begun));
            settledSteps = begun;
        }
    }

    /** Steps of a run of decodes that have begun; 0 in any other. */
    private long begunSteps(double now) {
        return running && decodesOnly ? Math.min(run.steps(), run.wholeSteps(now) + 1) : 0;
    }

    /** KV blocks that steps begun until now take beyond those noted. */
    long blocksUnsettled(double now) {
        long begun = begunSteps(now);
        return begun > settledSteps ? decodes.blocksTaken(settledSteps, begun) : 0;
    }

    // ---- it ends

    /** Joules of the whole run. */
    double joules() {
        return run.energyOf(run.steps());
    }

    /** Joules taken until a moment in the run. */
    double joulesUntil(double now) {
        return run.energyUntil(now);
    }

    /** All steps are done: every decoding request has its tokens. The run is over when that is delivered. */
    void end(double now) {
        advance(run.steps());
        meter.busy(now - run.startSeconds());
    }

    /** The replica dies in the midst of a step, up to which the run is settled; returns when the last whole one ended. */
    double abort(double now) {
        long done = decodesOnly ? run.wholeSteps(now) : 0;
        advance(done);
        meter.busy(now - run.startSeconds());
        return run.startSeconds() + run.lengthOf(done);
    }

    /** Nothing runs any more. */
    void stop() {
        running = false;
        endSeconds = Double.POSITIVE_INFINITY;
    }

    /** Moves the decode set {@code j} steps on. */
    private void advance(long j) {
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
        batch.messages.passed(run, j, sequences - batch.entering.size());
    }
}
