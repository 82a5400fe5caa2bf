package io.ampacity.simulator;

import io.ampacity.simulator.engine.RequestSlab;
import io.ampacity.simulator.failure.Failure;
import io.ampacity.simulator.fleet.Fleet;
import io.ampacity.simulator.fleet.FleetPool;
import io.ampacity.simulator.replica.Replica;
import io.ampacity.simulator.replica.ReplicaGauges;
import io.ampacity.simulator.report.DetailMeters;
import io.ampacity.simulator.report.GroupMeter;
import io.ampacity.simulator.report.Part;
import io.ampacity.simulator.report.SeriesMeter;
import io.ampacity.traces.RequestSource;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Watches one shard: tells where the time of each request went, keeps the meters of {@link DetailMeters}, and passes
 * events on to an observer when there is one.
 */
final class Observation {

    /** Rounding of the parts of a request's time against the whole. */
    private static final double TOLERANCE = 1e-9;

    private final Fleet fleet;
    private final RequestSlab slab;
    private final @Nullable RunObserver observer;
    private final DetailMeters meters;
    private final FinishedRequest finished = new FinishedRequest();
    private @Nullable String[] tenants = new String[256];
    private @Nullable String[] classes = new String[256];
    private double endToEndSeconds;
    private double partSeconds;

    Observation(Fleet fleet, RequestSlab slab, RunObserver observer) {
        this.fleet = fleet;
        this.slab = slab;
        this.observer = observer.equals(RunObserver.NONE) ? null : observer;
        meters = new DetailMeters(fleet.workloads().size(), fleet.pools().size());
    }

    DetailMeters meters() {
        return meters;
    }

    private String workload(int slot) {
        return fleet.workloads().get(slab.workload[slot]).id();
    }

    private boolean promised(int slot) {
        return fleet.workloads().get(slab.workload[slot]).objective() != null;
    }

    private @Nullable GroupMeter tenant(int slot) {
        String name = tenants[slot];
        return name == null ? null : meters.ofTenant(name);
    }

    private @Nullable GroupMeter serviceClass(int slot) {
        String name = classes[slot];
        return name == null ? null : meters.ofClass(name);
    }

    void arrived(int slot, RequestSource source, double now) {
        cover(slot);
        tenants[slot] = source.tenant();
        classes[slot] = source.serviceClass();
        GroupMeter tenant = tenant(slot);
        if (tenant != null) {
            tenant.arrived(promised(slot));
        }
        GroupMeter serviceClass = serviceClass(slot);
        if (serviceClass != null) {
            serviceClass.arrived(promised(slot));
        }
        if (observer != null) {
            observer.arrived(now, workload(slot), slab.number[slot], slab.promptTokens[slot], slab.outputTokens[slot]);
        }
    }

    private void cover(int slot) {
        if (slot >= tenants.length) {
            tenants = Arrays.copyOf(tenants, slab.id.length);
            classes = Arrays.copyOf(classes, slab.id.length);
        }
    }

    /** A request stands in two slots. */
    void copied(int from, int to) {
        cover(to);
        tenants[to] = tenants[from];
        classes[to] = classes[from];
    }

    void retried(int slot) {
        GroupMeter tenant = tenant(slot);
        if (tenant != null) {
            tenant.retried();
        }
        GroupMeter serviceClass = serviceClass(slot);
        if (serviceClass != null) {
            serviceClass.retried();
        }
    }

    void sent(int slot, PoolRun pool, int replica, double now) {
        if (observer != null) {
            observer.sent(
                    now, workload(slot), slab.number[slot], pool.pool.routing().id(), replica, slab.attempts[slot]);
        }
    }

    void failed(int slot, PoolRun pool, double now) {
        if (observer != null) {
            observer.failed(
                    now, workload(slot), slab.number[slot], pool.pool.routing().id());
        }
    }

    void rejected(int slot, double now) {
        GroupMeter tenant = tenant(slot);
        if (tenant != null) {
            tenant.rejected();
        }
        GroupMeter serviceClass = serviceClass(slot);
        if (serviceClass != null) {
            serviceClass.rejected();
        }
        if (observer != null) {
            observer.rejected(now, workload(slot), slab.number[slot]);
        }
    }

    void lost(int slot, double now) {
        GroupMeter tenant = tenant(slot);
        if (tenant != null) {
            tenant.lost();
        }
        GroupMeter serviceClass = serviceClass(slot);
        if (serviceClass != null) {
            serviceClass.lost();
        }
        if (observer != null) {
            observer.lost(now, workload(slot), slab.number[slot]);
        }
    }

    /** The request had its first token: it waited for its place from joining until it was admitted. */
    void firstToken(int slot) {
        double admitted = slab.admittedSeconds[slot];
        int pool = slab.pool[slot];
        double queued = admitted
                - slab.sentSeconds[slot]
                - joinDelaySeconds(fleet.pools().get(pool), slab.promptTokens[slot]);
        if (queued > 0) {
            meters.ofPool(pool).spread(SeriesMeter.QUEUED_SECONDS, admitted - queued, admitted, queued);
        }
    }

    private static double joinDelaySeconds(FleetPool pool, int promptTokens) {
        return pool.routing().roundTripSeconds() / 2
                + pool.model().arrivalOverheadSeconds()
                + promptTokens * pool.model().readingSecondsPerToken();
    }

    /** A request ended well: the client sees its last token at {@code last}, which left the replica at {@code stepEnd}. */
    void completed(int slot, PoolRun pool, double stepEnd, double last, boolean attained) {
        double arrival = slab.arrivalSeconds[slot];
        FleetPool begun = fleet.pools().get(slab.firstPool[slot]);
        double firstHalf = begun.routing().roundTripSeconds() / 2;
        double firstJoin = joinDelaySeconds(begun, slab.promptTokens[slot]);
        double firstStepEnd =
                slab.firstTokenSeconds[slot] - (firstHalf + begun.model().tokenOverheadSeconds());
        double[] parts = finished.parts;
        double admitted = slab.admittedSeconds[slot];
        double transfer = slab.transferSeconds[slot];
        double stalled = slab.stalledSeconds[slot];
        parts[Part.FAILED_ATTEMPTS.index()] = slab.sentSeconds[slot] - arrival;
        parts[Part.NETWORK.index()] = firstHalf + pool.halfRoundTripSeconds;
        parts[Part.OVERHEAD.index()] = firstJoin + pool.tokenDelaySeconds - firstHalf - pool.halfRoundTripSeconds;
        parts[Part.QUEUE.index()] = admitted - slab.sentSeconds[slot] - firstJoin;
        parts[Part.PREFILL.index()] = firstStepEnd - admitted;
        parts[Part.TRANSFER.index()] = transfer;
        parts[Part.DECODE.index()] = stepEnd - firstStepEnd - stalled - transfer;
        parts[Part.PREEMPTED.index()] = stalled;
        double sum = 0;
        double hair = 8 * Math.ulp(last);
        for (int index = 0; index < parts.length; index++) {
            double part = parts[index];
            if (part < -TOLERANCE * Math.max(1, last)) {
                throw new IllegalStateException("request " + slab.number[slot] + " of " + workload(slot)
                        + " spent less than no time: " + Arrays.toString(parts));
            }
            sum += part;
            // What is left of a difference of equal times is nothing.
            parts[index] = Math.abs(part) <= hair ? 0 : part;
        }
        partSeconds += sum;
        endToEndSeconds += last - arrival;
        meters.completed(slab.workload[slot], slab.pool[slot], parts);
        double first = slab.firstTokenSeconds[slot];
        int prompt = slab.promptTokens[slot];
        int output = slab.outputTokens[slot];
        GroupMeter tenant = tenant(slot);
        if (tenant != null) {
            tenant.completed(arrival, first, last, prompt, output, attained, parts);
        }
        GroupMeter serviceClass = serviceClass(slot);
        if (serviceClass != null) {
            serviceClass.completed(arrival, first, last, prompt, output, attained, parts);
        }
        if (observer != null) {
            finished.workload = workload(slot);
            finished.id = slab.number[slot];
            finished.pool = pool.pool.routing().id();
            finished.replica = slab.replica[slot];
            finished.tenant = tenants[slot];
            finished.serviceClass = classes[slot];
            finished.attempts = slab.attempts[slot];
            finished.promptTokens = prompt;
            finished.outputTokens = output;
            finished.arrivalSeconds = arrival;
            finished.admittedSeconds = admitted;
            finished.firstStepEndSeconds = firstStepEnd;
            finished.lastStepEndSeconds = stepEnd;
            finished.firstTokenSeconds = first;
            finished.lastTokenSeconds = last;
            finished.attained = attained;
            observer.completed(finished);
        }
    }

    /** A replica took so much energy, and its facility so much more, over an interval. */
    void energy(
            int pool,
            PoolRun run,
            int number,
            Replica replica,
            double from,
            double to,
            double joules,
            double ofFacility) {
        SeriesMeter series = meters.ofPool(pool);
        ReplicaGauges gauges = replica.gauges();
        int running = gauges.running();
        if (running == 0) {
            series.spread(SeriesMeter.FACILITY_JOULES, from, to, ofFacility);
            return;
        }
        double seconds = to - from;
        series.spreadRun(from, to, ofFacility, running * seconds, gauges.meanKvUse() * seconds);
        if (observer != null) {
            observer.ran(run.pool.routing().id(), number, gauges, from, to, joules);
        }
    }

    void down(int pool, double now) {
        meters.down(pool, now);
    }

    void up(int pool, double now) {
        meters.up(pool, now);
    }

    void failure(Failure what, boolean starts, double now) {
        if (observer != null) {
            observer.failure(now, what.name(), starts);
        }
    }

    /** Checks that the parts of time add up to the whole. */
    void close() {
        if (!(Math.abs(partSeconds - endToEndSeconds) <= TOLERANCE * 1e3 * Math.max(1, endToEndSeconds))) {
            throw new IllegalStateException("requests took " + endToEndSeconds
                    + " s, but the parts of their time add up to " + partSeconds + " s");
        }
    }
}
