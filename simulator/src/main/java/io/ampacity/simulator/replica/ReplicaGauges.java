package io.ampacity.simulator.replica;

/** What can be read off a replica at any moment, without touching it. */
public final class ReplicaGauges {

    private final Batch batch;
    private final KvCache kv;
    private final FastForward steps;
    private final ReplicaMeter meter;
    private final int blockSize;

    ReplicaGauges(Batch batch, FastForward steps, ReplicaMeter meter, int blockSize) {
        this.batch = batch;
        kv = batch.kv;
        this.steps = steps;
        this.meter = meter;
        this.blockSize = blockSize;
    }

    public int waiting() {
        return batch.waiting.size();
    }

    public int running() {
        return batch.running.size();
    }

    /** Steps of the run in progress. */
    public long stepsInRun() {
        return steps.steps();
    }

    /** Requests whose prompts are computed in the run in progress. */
    public int prefillsInRun() {
        return batch.prefills.size();
    }

    /** Seconds in which a step ran, until now. */
    public double busySecondsUntil(double now) {
        return meter.busySeconds() + (steps.isRunning() ? now - steps.startSeconds() : 0);
    }

    /** Share of the KV cache that running requests hold in the step that runs now, 0 to 1. */
    public double kvUseAt(double now) {
        return kv.useWith((double) steps.blocksUnsettled(now));
    }

    /** Mean share of the KV cache that running requests hold over the run in progress, 0 to 1. */
    public double meanKvUse() {
        double growing = 0.5 * (steps.steps() - 1) * batch.decodes.size() / blockSize;
        return Math.min(1, kv.useWith(growing));
    }

    /** Most of the KV cache that running requests ever held, 0 to 1. */
    public double peakKvUse() {
        return kv.peakUse();
    }
}
