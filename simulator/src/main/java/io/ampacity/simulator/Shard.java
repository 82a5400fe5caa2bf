package io.ampacity.simulator;

import io.ampacity.simulator.failure.Effect;
import io.ampacity.simulator.failure.Failure;
import io.ampacity.simulator.fleet.Fleet;
import io.ampacity.simulator.fleet.FleetPool;
import io.ampacity.simulator.replica.Role;
import io.ampacity.simulator.report.DetailMeters;
import io.ampacity.simulator.report.LatencyMeter;
import io.ampacity.simulator.report.PoolResult;
import io.ampacity.simulator.report.ServingMeter;
import io.ampacity.simulator.report.WorkloadMeter;
import io.ampacity.simulator.serving.Autoscaling;
import io.ampacity.simulator.serving.Electricity;
import java.util.List;
import java.util.Objects;

/**
 * A part of a fleet that shares nothing with the rest, and the event loop that runs it: workloads, the pools that may
 * serve them, and the requests in flight.
 *
 * <p>Three sources of events are merged by time: replicas that wake, timers (a request crosses the network, a retry, a
 * failure), and arrivals; on a tie the earlier set comes first, arrivals last. After construction the loop allocates
 * only when the number of requests in flight reaches a new high.
 */
final class Shard {

    private final ShardState state;
    private final RequestFlow flow;
    private final Outages outages;
    private final PowerCapping capping;
    private final Arrivals[] arrivals;

    Shard(
            Fleet fleet,
            SimulationSettings settings,
            List<Arrivals> sources,
            List<Integer> poolNumbers,
            List<PowerShare> powerShares,
            RequestSink sink,
            RunObserver observer) {
        state = new ShardState(fleet, settings, observer);
        arrivals = sources.toArray(Arrivals[]::new);
        List<Failure> drills = drills(settings.failures());
        double[] recoveries = recoverySeconds(fleet, drills);
        for (Arrivals source : arrivals) {
            state.meters[source.workload] =
                    new WorkloadMeter(fleet.workloads().get(source.workload), drills, recoveries);
        }
        int prefixBlockTokens = commonPrefixBlock();
        flow = new RequestFlow(state, sink, prefixBlockTokens);
        for (int number : poolNumbers) {
            FleetPool pool = fleet.pools().get(number);
            state.observation.meters().open(number);
            PoolMeter meter = new PoolMeter(electricity(pool, settings), settings.startMonth(), settings.startHour());
            state.figures.meter(number, meter);
            List<PoolPart> parts = PoolPart.of(pool, settings.features());
            state.pools[number] = new PoolRun(
                    pool, parts, meter, state.slab, settings.features().scheduler());
            flow.handOvers.open(number);
            for (int i = parts.getLast().to(); i > 0; i--) {
                int replica = flow.switchboard.add(number);
                flow.unlimitedCapacity.begin(
                        state.pool(number).replicas[replica].index());
            }
        }
        state.calendar.grow(state.replicaCount);
        for (int number : poolNumbers) {
            keep(number);
        }
        outages = new Outages(state, flow);
        capping = new PowerCapping(state, flow, outages, powerShares);
    }

    /** Replicas of a pool get who scales or lends them, where anybody does. */
    private void keep(int number) {
        PoolRun pool = state.pool(number);
        boolean lends = Valleys.takesFrom(pool, state.settings);
        for (PoolPart part : pool.parts) {
            Autoscaling scaling = part.scaling();
            Keeper keeper = scaling != null
                    ? new Autoscaler(state, flow.switchboard, scaling, part, number)
                    : lends
                            ? new IdleReplicas(
                                    state,
                                    flow.switchboard,
                                    state.settings.features().lending(),
                                    part,
                                    number)
                            : null;
            if (part.role() == Role.DECODE) {
                pool.answersKeeper = keeper;
            } else {
                pool.keeper = keeper;
            }
        }
        pool.valleys = lends ? new Valleys(state, flow, pool) : null;
    }

    /** The pool with electricity as the settings have it. */
    private static FleetPool electricity(FleetPool pool, SimulationSettings settings) {
        Electricity here = settings.features().electricityAt(pool.routing().site());
        return here == null ? pool : pool.withHours(here.gramsPerKilowattHour(), here.usdPerKilowattHour());
    }

    /** One a failure: the longest cold start of what it takes down. */
    private static double[] recoverySeconds(Fleet fleet, List<Failure> failures) {
        double[] seconds = new double[failures.size()];
        for (int number = 0; number < seconds.length; number++) {
            Failure failure = failures.get(number);
            if (failure.effect() instanceof Effect.Down
                    || failure.effect() instanceof Effect.Late
                    || failure.effect() instanceof Effect.Reclaimed) {
                seconds[number] = fleet.pools().stream()
                        .filter(pool -> failure.concerns(pool.routing()))
                        .mapToDouble(FleetPool::coldStartSeconds)
                        .max()
                        .orElse(0);
            }
        }
        return seconds;
    }

    /** Those whose before, during and after are told. */
    static List<Failure> drills(List<Failure> failures) {
        return failures.stream().filter(failure -> failure.cause() == null).toList();
    }

    private int commonPrefixBlock() {
        int common = 0;
        for (Arrivals source : arrivals) {
            int tokens = source.source.prefixBlockTokens();
            if (tokens > 0 && common > 0 && tokens != common) {
                throw new IllegalArgumentException("traces of workloads that share pools name prefix blocks of "
                        + common + " and of " + tokens + " tokens. Maybe give each workload its own pools");
            }
            common = Math.max(common, tokens);
        }
        return common;
    }

    /** Runs until every request has ended. */
    void run() {
        while (true) {
            Arrivals next = nextArrivals();
            double arrival = next.nextSeconds();
            if (arrival == Double.POSITIVE_INFINITY && state.slab.inUse() == 0) {
                return;
            }
            double wake = state.calendar.nextSeconds();
            double timer = state.timers.nextSeconds();
            if (arrival < wake && arrival < timer) {
                state.advanceTo(arrival);
                flow.arrive(next);
            } else if (wake < timer || (wake == timer && state.calendar.nextSequence() < state.timers.nextSequence())) {
                state.advanceTo(wake);
                int replica = state.calendar.next();
                state.replicas[replica].wake(wake);
                state.reschedule(replica);
            } else {
                state.advanceTo(timer);
                fire(state.timers.take());
            }
        }
    }

    private Arrivals nextArrivals() {
        Arrivals next = arrivals[0];
        for (int i = 1; i < arrivals.length; i++) {
            if (arrivals[i].nextSeconds() < next.nextSeconds()) {
                next = arrivals[i];
            }
        }
        return next;
    }

    private void fire(long timer) {
        if (!state.timers.isCurrent(timer)) {
            return;
        }
        int what = Timers.what(timer);
        switch (Timers.kind(timer)) {
            case JOIN -> flow.dispatcher.join(what);
            case RETRY -> flow.tryAgain(what);
            case QUEUE_TIMEOUT -> flow.patience.queueTimedOut(what);
            case DEADLINE -> flow.patience.deadlinePassed(what);
            case IDLE -> flow.switchboard.idle(what);
            case SCALE -> keeperOf(what).look();
            case SCALED -> keeperOf(what).proceed(state.numberInPool[what]);
            case LOADED -> flow.reports.loaded(what);
            case MOVED -> flow.moved(what);
            case RECLAIMED -> outages.reclaimed(what);
            case JOB_ENDS -> {
                Valleys valleys = state.jobs.get(what);
                if (valleys != null) {
                    valleys.ends(what);
                }
            }
            case POWER_STARTS -> capping.change(what, true);
            case POWER_ENDS -> capping.change(what, false);
            case HEDGE -> flow.hedges.hedge(what);
            case FAILURE_STARTS -> outages.failure(what, true);
            case FAILURE_ENDS -> outages.failure(what, false);
            case WARM -> outages.warm(what);
        }
    }

    private Keeper keeperOf(int replica) {
        return Objects.requireNonNull(state.poolOf(replica).keeperOf(state.numberInPool[replica]));
    }

    // ---- what came of it

    /** When the last request ended. */
    double endSeconds() {
        return flow.tally.endSeconds();
    }

    /** Accounts for idle power until the end of all shards, and checks that nothing was lost on the way. */
    void close(double atSeconds) {
        for (PoolRun pool : state.pools) {
            if (pool != null && pool.valleys != null) {
                pool.valleys.close(atSeconds);
            }
            if (pool != null && pool.keeper instanceof Autoscaler scaler) {
                state.serving.scaled(scaler.result(atSeconds));
            }
            if (pool != null && pool.answersKeeper instanceof Autoscaler scaler) {
                state.serving.scaled(scaler.result(atSeconds));
            }
        }
        for (int number = 0; number < state.pools.length; number++) {
            PoolRun pool = state.pools[number];
            if (pool != null) {
                state.serving.disaggregated(flow.handOvers.result(number, atSeconds));
                pool.offloads(state.settings.features().offloading()).forEach(state.serving::offloaded);
            }
        }
        state.observation.close();
        long decoded = 0;
        for (int number = 0; number < state.replicaCount; number++) {
            state.replicas[number].close(atSeconds);
            decoded += state.replicas[number].meter().decodedTokens();
        }
        if (decoded != flow.tally.deliveredTokens() + flow.tally.wastedTokens()) {
            throw new IllegalStateException(
                    "replicas produced " + decoded + " tokens, but " + flow.tally.deliveredTokens()
                            + " were delivered and " + flow.tally.wastedTokens() + " thrown away");
        }
        for (WorkloadMeter meter : state.meters) {
            if (meter != null && meter.inFlight() != 0) {
                throw new IllegalStateException(
                        meter.inFlight() + " requests of " + meter.workload().id() + " never ended");
            }
        }
    }

    /** Puts this shard's meters at their places in the fleet. */
    void placeMeters(WorkloadMeter[] places) {
        for (int workload = 0; workload < state.meters.length; workload++) {
            WorkloadMeter meter = state.meters[workload];
            if (meter != null) {
                places[workload] = meter;
            }
        }
    }

    /** Puts the results of this shard's pools at their places in the fleet. */
    void placePools(PoolResult[] places, double atSeconds) {
        for (int number = 0; number < state.pools.length; number++) {
            PoolRun pool = state.pools[number];
            if (pool != null) {
                places[number] = pool.meter.result(pool.replicas, pool.size, pool.parts, pool.completed(), atSeconds);
            }
        }
    }

    LatencyMeter interTokenLatency() {
        return flow.tally.interTokenLatency();
    }

    DetailMeters details() {
        return state.observation.meters();
    }

    ServingMeter serving() {
        return state.serving;
    }

    long wastedTokens() {
        return flow.tally.wastedTokens();
    }

    long breakersOpened() {
        return state.router.breakers().opened();
    }
}
