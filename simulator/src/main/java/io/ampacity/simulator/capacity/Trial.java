package io.ampacity.simulator.capacity;

import io.ampacity.physics.StepModel;
import io.ampacity.simulator.engine.RequestSlab;
import io.ampacity.simulator.replica.EngineSettings;
import io.ampacity.simulator.replica.Replica;
import io.ampacity.simulator.replica.ReplicaEvents;
import io.ampacity.simulator.replica.Role;
import io.ampacity.simulator.serving.Scheduler;
import java.util.Arrays;

/**
 * One replica fed with a sample of requests at one rate. The same sample is used at every rate, so that two rates differ
 * by nothing but the rate. The first fifth of the requests fills the replica and is not counted.
 */
final class Trial implements ReplicaEvents {

    private static final int WARM_UP_PARTS = 5;

    private final StepModel model;
    private final EngineSettings engine;
    private final double[] unitArrivals;
    private final int[] prompts;
    private final int[] outputs;
    private final double timeToFirstTokenLimit;
    private final double timePerOutputTokenLimit;
    private final int warm;

    private int count;
    private double windowStart;
    private double windowEnd;
    private int[] requestOfSlot = new int[256];
    private double[] firstTokens = new double[256];
    private double[] arrivals = new double[0];
    private double[] completions = new double[0];
    private RequestSlab slab = new RequestSlab();
    private int completed;

    int missed;
    int missedFirst;
    int missedPace;
    private double joules;
    private double busyBefore;
    private double busyAfter;
    double peakKvUse;
    long preemptions;

    /** Limits are those at the server, network and fixed overheads taken off. */
    Trial(
            StepModel model,
            EngineSettings engine,
            double[] unitArrivals,
            int[] prompts,
            int[] outputs,
            double timeToFirstTokenLimit,
            double timePerOutputTokenLimit) {
        this.model = model;
        this.engine = engine;
        this.unitArrivals = unitArrivals;
        this.prompts = prompts;
        this.outputs = outputs;
        this.timeToFirstTokenLimit = timeToFirstTokenLimit;
        this.timePerOutputTokenLimit = timePerOutputTokenLimit;
        warm = unitArrivals.length / WARM_UP_PARTS;
    }

    /** Share of the counted requests that attained the objective. */
    double attainment() {
        return 1 - (double) missed / (count - Math.min(warm, count - 1));
    }

    double meanWatts() {
        return joules / (windowEnd - windowStart);
    }

    double utilisation() {
        return Math.min(1, (busyAfter - busyBefore) / (windowEnd - windowStart));
    }

    /**
     * Runs the first {@code requests} of the sample at a rate. Gives up once more than {@code mostMissed} of them have
     * missed.
     */
    void run(double rate, int requests, int mostMissed) {
        reset(requests);
        for (int i = 0; i < count; i++) {
            arrivals[i] = unitArrivals[i] / rate;
        }
        int counted = Math.min(warm, count - 1);
        windowStart = arrivals[counted];
        windowEnd = arrivals[count - 1];
        Replica replica = new Replica(0, model, engine, Scheduler.FCFS, Role.WHOLE, null, slab, this);
        int next = 0;
        boolean started = false;
        while (completed < count && missed <= mostMissed) {
            double arrival = next < count ? arrivals[next] : Double.POSITIVE_INFINITY;
            if (arrival >= replica.wakeSeconds()) {
                double now = replica.wakeSeconds();
                replica.wake(now);
                continue;
            }
            if (next >= counted && !started) {
                started = true;
                busyBefore = replica.meter().busySeconds();
            }
            join(replica, next, arrival);
            next++;
            if (next == count) {
                busyAfter = replica.meter().busySeconds();
            }
        }
        peakKvUse = replica.gauges().peakKvUse();
        preemptions = replica.meter().preemptions();
    }

    /**
     * Requests a second when all of the first {@code requests} wait from the beginning: the rate between the first
     * quarter and the third quarter of completions.
     */
    double saturatedRate(int requests) {
        reset(requests);
        windowEnd = Double.POSITIVE_INFINITY;
        Replica replica = new Replica(0, model, engine, Scheduler.FCFS, Role.WHOLE, null, slab, this);
        for (int i = 0; i < count; i++) {
            join(replica, i, 0);
        }
        while (completed < count) {
            replica.wake(replica.wakeSeconds());
        }
        Arrays.sort(completions, 0, count);
        int first = count / 4;
        int last = 3 * count / 4;
        double seconds = completions[last] - completions[first];
        return seconds > 0 ? (last - first) / seconds : count / completions[count - 1];
    }

    private void reset(int requests) {
        count = requests;
        completed = 0;
        missed = 0;
        missedFirst = 0;
        missedPace = 0;
        joules = 0;
        busyBefore = 0;
        busyAfter = 0;
        slab = new RequestSlab();
        if (arrivals.length < requests) {
            arrivals = new double[requests];
            completions = new double[requests];
        }
        Arrays.fill(arrivals, 0);
    }

    private void join(Replica replica, int request, double now) {
        if (!replica.fits(prompts[request], outputs[request])) {
            completions[request] = now;
            completed++;
            miss(request);
            return;
        }
        int slot = slab.take();
        if (slot >= requestOfSlot.length) {
            requestOfSlot = Arrays.copyOf(requestOfSlot, slot * 2);
            firstTokens = Arrays.copyOf(firstTokens, slot * 2);
        }
        slab.id[slot] = request;
        slab.promptTokens[slot] = prompts[request];
        slab.outputTokens[slot] = outputs[request];
        slab.prefixBlocks[slot] = 0;
        requestOfSlot[slot] = request;
        replica.join(slot, now);
    }

    private void miss(int request) {
        if (request >= Math.min(warm, count - 1)) {
            missed++;
        }
    }

    @Override
    public void firstToken(int slot, double stepEndSeconds) {
        firstTokens[slot] = stepEndSeconds;
    }

    @Override
    public void finished(int slot, double stepEndSeconds) {
        int request = requestOfSlot[slot];
        completions[request] = stepEndSeconds;
        completed++;
        int output = slab.outputTokens[slot];
        slab.release(slot);
        double reading = prompts[request] * model.readingSecondsPerToken();
        boolean late = reading + firstTokens[slot] - arrivals[request] > timeToFirstTokenLimit;
        boolean slow = output > 1 && (stepEndSeconds - firstTokens[slot]) / (output - 1) > timePerOutputTokenLimit;
        if (late || slow) {
            miss(request);
            missedFirst += late ? 1 : 0;
            missedPace += slow ? 1 : 0;
        }
    }

    @Override
    public void stepped(double firstSeconds, double growthSeconds, long steps, int sequences) {
        // Only whole requests count here.
    }

    @Override
    public void resumed(double gapSeconds) {
        // Only whole requests count here.
    }

    @Override
    public void energy(Replica replica, double fromSeconds, double toSeconds, double amount) {
        double from = Math.max(fromSeconds, windowStart);
        double to = Math.min(toSeconds, windowEnd);
        if (to > from) {
            joules += amount * (to - from) / (toSeconds - fromSeconds);
        }
    }

    @Override
    public void lost(int slot, long generatedTokens) {
        throw new IllegalStateException("nothing fails in a trial");
    }
}
