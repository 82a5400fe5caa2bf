package io.ampacity.simulator.replica;

import io.ampacity.physics.StepModel;
import io.ampacity.simulator.engine.RequestSlab;
import io.ampacity.simulator.serving.Scheduler;
import org.jspecify.annotations.Nullable;

/**
 * One replica that batches continuously as vLLM (V1 scheduler) does. This is its face: requests join and leave, it wakes,
 * fails and comes back. Behind it, {@link Batch} holds the requests, {@link StepScheduler} plans the next step with
 * {@link Admission} and {@link Preemption}, {@link FastForward} lets as many steps pass at once as are alike, and
 * {@link StepOutcome} tells what came of them.
 *
 * <p>Mutable; for one thread. The surroundings call {@link #join} when a request arrives and {@link #wake} at
 * {@link #wakeSeconds()}.
 */
public final class Replica {

    private final int index;
    private final EngineSettings settings;
    private final Scheduler order;
    private final Role role;
    private final @Nullable KvTiers tiers;
    private final RequestSlab slab;
    private final ReplicaEvents events;

    private final KvCache kv;
    private final Batch batch;
    private final StepScheduler scheduler;
    private final FastForward steps;
    private final StepOutcome outcome;
    private final Losses losses;
    private final ReplicaMeter meter = new ReplicaMeter();
    private final ReplicaGauges gauges;

    private boolean down;
    /** Until when energy is accounted for. */
    private double accountedUntil;

    /** A replica that computes requests, or a part of them; {@code tiers} stand behind its KV cache, if there are any. */
    public Replica(
            int index,
            StepModel model,
            EngineSettings settings,
            Scheduler order,
            Role role,
            @Nullable KvTiers tiers,
            RequestSlab slab,
            ReplicaEvents events) {
        this.index = index;
        this.settings = settings;
        this.order = order;
        this.role = role;
        this.tiers = tiers;
        this.slab = slab;
        this.events = events;
        long tokens = settings.kvTokens() > 0 ? settings.kvTokens() : model.kvTokens();
        kv = new KvCache(slab, "replica " + index, settings.blockSize(), tokens, tiers);
        batch = new Batch(
                slab, kv, new Messages(settings.tokensPerStep(), slab, events), settings.blockSize(), order.ranks());
        steps = new FastForward(model, settings, batch, meter);
        scheduler = new StepScheduler(
                settings, batch, new Admission(settings, batch, meter, events), new Preemption(batch, order, meter));
        outcome = new StepOutcome(role, batch, meter, events);
        losses = new Losses(batch, events);
        gauges = new ReplicaGauges(batch, steps, meter, settings.blockSize());
    }

    /** Tells how many tokens a named prefix block holds. */
    public void prefixBlockTokens(int tokens) {
        kv.prefixBlockTokens(settings.prefixCaching() ? tokens : 0);
    }

    // ---- what it is and does

    public int index() {
        return index;
    }

    public Role role() {
        return role;
    }

    public boolean isDown() {
        return down;
    }

    /** When the replica next wants to be {@linkplain #wake woken}; infinite while it is idle or down. */
    public double wakeSeconds() {
        return steps.endSeconds();
    }

    /** Whether a request of so many tokens fits at all. */
    public boolean fits(long promptTokens, long outputTokens) {
        return kv.fits(promptTokens + outputTokens - 1);
    }

    /** The tiers behind its KV cache; null when there are none. */
    public @Nullable KvTiers tiers() {
        return tiers;
    }

    /** What it has done so far. */
    public ReplicaMeter meter() {
        return meter;
    }

    /** What it is at now. */
    public ReplicaGauges gauges() {
        return gauges;
    }

    // ---- requests come

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
        order.rank(slab, slot, steps.model());
        slab.stage[slot] = Stage.WAITING;
        batch.waiting.add(slot);
        if (isIdle()) {
            idleUntil(now);
            schedule(now);
        } else if (batch.waiting.first() == slot) {
            headChanged(now);
        }
    }

    /** What a request waited for has been brought. */
    public void loaded(int slot, double now) {
        batch.loaded(slot);
        replan(now);
    }

    /** Another request is the first to be taken: the run goes on only when it could not be admitted anyway. */
    private void headChanged(double now) {
        if (scheduler.mayAdmitNext()) {
            steps.cut(now);
        }
    }

    /** Something may be admitted now. */
    private void replan(double now) {
        if (isIdle()) {
            idleUntil(now);
            schedule(now);
        } else {
            steps.cut(now);
        }
    }

    // ---- time passes

    /** The run of steps that ends now ends. */
    public void wake(double now) {
        if (now < steps.startSeconds()) {
            throw new IllegalStateException("time runs backwards: " + now + " s after " + steps.startSeconds() + " s");
        }
        events.energy(this, steps.startSeconds(), now, steps.joules());
        accountedUntil = now;
        steps.end(now);
        outcome.deliver(now);
        steps.stop();
        schedule(now);
    }

    private void schedule(double now) {
        scheduler.schedule(steps.model(), now);
        if (batch.running.size() > 0) {
            steps.start(now, scheduler.plansNextStep());
        }
    }

    /** Steps are as another model tells, from the next one on. */
    public void run(StepModel other, double now) {
        steps.model(other);
        steps.cut(now);
    }

    /** Steps last {@code factor} times as long from the next one on. */
    public void slowTo(double factor, double now) {
        steps.slowTo(factor);
        steps.cut(now);
    }

    private boolean isIdle() {
        return !down && !steps.isRunning();
    }

    private void idleUntil(double now) {
        events.energy(this, accountedUntil, now, steps.model().idleWatts() * (now - accountedUntil));
        accountedUntil = now;
    }

    // ---- requests go

    /**
     * A request shall leave. One that waits leaves at once; one that is being computed, when the step in progress ends.
     * {@link ReplicaEvents#cancelled} says when it has left.
     */
    public void cancel(int slot, double now) {
        switch (slab.stage[slot]) {
            case Stage.WAITING -> {
                boolean wasFirst = batch.waiting.first() == slot;
                batch.waiting.remove(slot);
                slab.stage[slot] = Stage.NOWHERE;
                events.cancelled(slot, slab.generated[slot], now);
                if (wasFirst && !batch.waiting.isEmpty()) {
                    headChanged(now);
                }
            }
            case Stage.LOADING, Stage.READY -> {
                drop(slot, now);
                events.cancelled(slot, slab.generated[slot], now);
            }
            case Stage.RUNNING -> {
                slab.stage[slot] = Stage.LEAVING;
                batch.leavers.add(slot);
                steps.cut(now);
            }
            default -> throw new IllegalStateException("a request at stage " + slab.stage[slot] + " cannot leave");
        }
    }

    /** A request that waits for what is brought to it is forgotten. */
    public void drop(int slot, double now) {
        steps.settle(now);
        batch.drop(slot);
        replan(now);
    }

    /** Blocks kept for a request that was handed over are free again. */
    public void sent(long blocks, double now) {
        steps.settle(now);
        kv.give(blocks);
        replan(now);
    }

    /** What waits here and was not handed over is given back, as lost. */
    public void handBack(double now) {
        if (role != Role.DECODE) {
            losses.waiting();
            steps.cut(now);
        }
    }

    // ---- it dies, and lives again

    /** The replica dies: what is on it is lost, and it takes no power. */
    public void fail(double now) {
        double lastToken = now;
        if (steps.isRunning()) {
            steps.settle(now);
            events.energy(this, steps.startSeconds(), now, steps.joulesUntil(now));
            lastToken = steps.abort(now);
            steps.stop();
        } else if (!down) {
            idleUntil(now);
        }
        accountedUntil = now;
        down = true;
        losses.all(lastToken, now);
    }

    /** A dead replica is back, empty and cold. */
    public void restore(double now) {
        down = false;
        accountedUntil = now;
    }

    /** Accounts for the power taken until the end of the simulation. */
    public void close(double now) {
        if (isIdle()) {
            idleUntil(now);
        }
        batch.checkEmpty("replica " + index);
    }
}
