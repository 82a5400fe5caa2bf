package io.ampacity.simulator;

import static io.ampacity.simulator.engine.RequestSlab.NONE;

import io.ampacity.routing.RetryBudget;
import io.ampacity.routing.RouteQuery;
import io.ampacity.routing.Router;
import io.ampacity.routing.RoutingTable;
import io.ampacity.simulator.engine.EventHeap;
import io.ampacity.simulator.engine.ReplicaCalendar;
import io.ampacity.simulator.engine.RequestSlab;
import io.ampacity.simulator.failure.Effect;
import io.ampacity.simulator.failure.Failure;
import io.ampacity.simulator.fleet.Fleet;
import io.ampacity.simulator.fleet.FleetPool;
import io.ampacity.simulator.replica.Replica;
import io.ampacity.simulator.replica.ReplicaEvents;
import io.ampacity.simulator.report.LatencyMeter;
import io.ampacity.simulator.report.PoolResult;
import io.ampacity.simulator.report.SeriesMeter;
import io.ampacity.simulator.report.WorkloadMeter;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A part of a fleet that shares nothing with the rest, and the event loop that runs it: workloads, the pools that may
 * serve them, and the requests in flight.
 *
 * <p>Three sources of events are merged by time: replicas that wake, timers (a request crosses the network, a retry, a
 * failure), and arrivals; on a tie the earlier set comes first, arrivals last. After construction the loop allocates
 * only when the number of requests in flight reaches a new high.
 */
final class Shard implements ReplicaEvents {

    private static final int JOIN = 0;
    private static final int RETRY = 1;
    private static final int FAILURE_STARTS = 2;
    private static final int FAILURE_ENDS = 3;
    private static final int WARM = 4;

    private final SimulationSettings settings;
    private final RoutingTable table;
    private final Router router;
    private final RouteQuery query = new RouteQuery();
    private final RequestSink sink;
    private final RequestSlab slab = new RequestSlab();
    private final EventHeap timers = new EventHeap();
    private final ReplicaCalendar calendar;
    private final Arrivals[] arrivals;
    /** By number in the fleet; null where another shard has it. */
    private final @Nullable WorkloadMeter[] meters;

    private final RetryBudget[] budgets;
    private final PoolRun[] pools;
    private final Replica[] replicas;
    private final int[] poolOfReplica;
    private final LatencyMeter interTokenLatency = new LatencyMeter();
    private final SeriesMeter facility = new SeriesMeter();
    private final int prefixBlockTokens;

    private long sequence;
    private long requests;
    private double now;
    private double endSeconds;
    private long wastedTokens;
    private long deliveredTokens;

    Shard(
            Fleet fleet,
            SimulationSettings settings,
            List<Arrivals> sources,
            List<Integer> poolNumbers,
            RequestSink sink) {
        this.settings = settings;
        this.sink = sink;
        table = fleet.table();
        router = new Router(
                table, settings.router().create(table, settings.seed()), settings.breakers(), settings.admission());
        arrivals = sources.toArray(Arrivals[]::new);
        meters = new WorkloadMeter[fleet.workloads().size()];
        budgets = new RetryBudget[fleet.workloads().size()];
        for (Arrivals source : arrivals) {
            meters[source.workload] = new WorkloadMeter(
                    fleet.workloads().get(source.workload),
                    settings.failures(),
                    recoverySeconds(fleet, settings.failures()));
            budgets[source.workload] = new RetryBudget(settings.retries());
        }
        prefixBlockTokens = commonPrefixBlock();
        pools = new PoolRun[fleet.pools().size()];
        List<Replica> all = new ArrayList<>();
        List<Integer> owners = new ArrayList<>();
        for (int number : poolNumbers) {
            FleetPool pool = fleet.pools().get(number);
            Replica[] own = new Replica[pool.routing().replicas()];
            for (int i = 0; i < own.length; i++) {
                own[i] = new Replica(all.size(), pool.model(), pool.engine(), slab, this);
                own[i].prefixBlockTokens(prefixBlockTokens);
                all.add(own[i]);
                owners.add(number);
            }
            pools[number] = new PoolRun(pool, own, settings.startMonth(), settings.startHour());
        }
        replicas = all.toArray(Replica[]::new);
        poolOfReplica = owners.stream().mapToInt(Integer::intValue).toArray();
        calendar = new ReplicaCalendar(replicas.length);
        for (int failure = 0; failure < settings.failures().size(); failure++) {
            Failure what = settings.failures().get(failure);
            timer(what.startSeconds(), FAILURE_STARTS, failure);
            if (!Double.isInfinite(what.endSeconds())) {
                timer(what.endSeconds(), FAILURE_ENDS, failure);
            }
        }
    }

    /** One a failure: the longest cold start of what it takes down. */
    private static double[] recoverySeconds(Fleet fleet, List<Failure> failures) {
        double[] seconds = new double[failures.size()];
        for (int number = 0; number < seconds.length; number++) {
            Failure failure = failures.get(number);
            if (failure.effect() instanceof Effect.Down) {
                seconds[number] = fleet.pools().stream()
                        .filter(pool -> failure.concerns(pool.routing()))
                        .mapToDouble(FleetPool::coldStartSeconds)
                        .max()
                        .orElse(0);
            }
        }
        return seconds;
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
            if (arrival == Double.POSITIVE_INFINITY && slab.inUse() == 0) {
                return;
            }
            double wake = calendar.nextSeconds();
            double timer = timers.nextSeconds();
            if (arrival < wake && arrival < timer) {
                advanceTo(arrival);
                arrive(next);
            } else if (wake < timer || (wake == timer && calendar.nextSequence() < timers.nextSequence())) {
                advanceTo(wake);
                int replica = calendar.next();
                replicas[replica].wake(wake);
                reschedule(replica);
            } else {
                advanceTo(timer);
                fire(timers.take());
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

    private WorkloadMeter meter(int slot) {
        return Objects.requireNonNull(meters[slab.workload[slot]]);
    }

    private void advanceTo(double seconds) {
        if (!(seconds >= now) || Double.isInfinite(seconds)) {
            throw new IllegalStateException("time goes from " + now + " s to " + seconds + " s");
        }
        now = seconds;
    }

    private void reschedule(int replica) {
        calendar.set(replica, replicas[replica].wakeSeconds(), sequence++);
    }

    private void timer(double atSeconds, int kind, int what) {
        timers.add(atSeconds, sequence++, (long) kind << 32 | what);
    }

    private void fire(long event) {
        int what = (int) event;
        switch ((int) (event >>> 32)) {
            case JOIN -> join(what);
            case RETRY -> {
                meter(what).retried();
                dispatch(what);
            }
            case FAILURE_STARTS -> failure(settings.failures().get(what), true);
            case FAILURE_ENDS -> failure(settings.failures().get(what), false);
            case WARM -> release(what);
            default -> throw new IllegalStateException("unknown event " + event);
        }
    }

    // ---- a request's way

    private void arrive(Arrivals from) {
        int slot = slab.take();
        slab.id[slot] = requests++;
        slab.number[slot] = from.number();
        slab.workload[slot] = from.workload;
        slab.arrivalSeconds[slot] = now;
        slab.firstTokenSeconds[slot] = Double.NaN;
        // A request has at least the token that begins a text, and an answer the one that ends it.
        slab.promptTokens[slot] = Math.max(1, from.source.promptTokens());
        slab.outputTokens[slot] = Math.max(1, from.source.outputTokens());
        slab.attempts[slot] = 0;
        slab.failedPool[slot] = NONE;
        slab.affinity[slot] = 0;
        int blocks = prefixBlockTokens == 0
                ? 0
                : Math.min(from.source.prefixBlocks(), slab.promptTokens[slot] / prefixBlockTokens);
        slab.prefixBlocks[slot] = blocks;
        if (blocks > 0) {
            long[] names = slab.prefixRoom(slot, blocks);
            for (int i = 0; i < blocks; i++) {
                names[i] = from.source.prefixBlock(i);
            }
            slab.affinity[slot] = names[0] * 2 + 1;
        }
        from.advance();
        meter(slot).arrived(now);
        budgets[slab.workload[slot]].arrived();
        dispatch(slot);
    }

    private void dispatch(int slot) {
        slab.attempts[slot]++;
        query.of(slab.workload[slot], slab.promptTokens[slot], slab.affinity[slot], now);
        boolean second = slab.failedPool[slot] != NONE;
        if (second) {
            query.without(slab.failedPool[slot]);
        }
        while (true) {
            int number = router.route(query);
            if (number == Router.NONE && second) {
                // Only the pool that failed it last is left: better that one than none.
                second = false;
                query.of(slab.workload[slot], slab.promptTokens[slot], slab.affinity[slot], now);
                continue;
            }
            if (number == Router.NONE) {
                meter(slot).rejected(slab.arrivalSeconds[slot], now);
                end(slot, now);
                return;
            }
            PoolRun pool = pools[number];
            int replica = pool.leastLoaded();
            if (replica < 0) {
                router.failed(number, now);
                retry(slot, number);
                return;
            }
            slab.sentSeconds[slot] = now;
            slab.transferSeconds[slot] = 0;
            int limit = settings.maximumOutstandingPerReplica();
            if (!pool.takesNext()
                    || (limit > 0 && pool.outstanding[replica] >= limit)
                    || !pool.replicas[replica].fits(slab.promptTokens[slot], slab.outputTokens[slot])) {
                router.refused(number);
                query.without(number);
                continue;
            }
            if (settings.dispatch() == Dispatch.PULL && !pool.hasRoom(replica)) {
                replica = pool.anyWithRoom();
            }
            if (replica < 0) {
                slab.pool[slot] = number;
                pool.queue.addLast(slot);
            } else {
                send(slot, number, replica);
            }
            return;
        }
    }

    private void send(int slot, int number, int replica) {
        PoolRun pool = pools[number];
        slab.pool[slot] = number;
        slab.replica[slot] = replica;
        slab.load[slot] = pool.expectedLoad(slab.promptTokens[slot]);
        pool.sent(replica, slab.load[slot]);
        slab.epoch[slot] = pool.epoch[replica];
        if (pool.joinDelaySeconds > 0) {
            timer(now + pool.joinDelaySeconds, JOIN, slot);
        } else {
            join(slot);
        }
    }

    private void join(int slot) {
        PoolRun pool = pools[slab.pool[slot]];
        int replica = slab.replica[slot];
        if (pool.holds[replica] > 0 || slab.epoch[slot] != pool.epoch[replica]) {
            fail(slot);
            return;
        }
        Replica target = pool.replicas[replica];
        target.join(slot, now);
        reschedule(target.index());
    }

    private void fail(int slot) {
        int number = slab.pool[slot];
        leaveReplica(slot);
        router.failed(number, now);
        retry(slot, number);
    }

    private void leaveReplica(int slot) {
        PoolRun pool = pools[slab.pool[slot]];
        int replica = slab.replica[slot];
        if (slab.epoch[slot] == pool.epoch[replica]) {
            pool.left(replica, slab.load[slot]);
        }
    }

    private void retry(int slot, int failedPool) {
        slab.failedPool[slot] = failedPool;
        int workload = slab.workload[slot];
        if (budgets[workload].take(slab.attempts[slot])) {
            timer(now + settings.retries().waitSeconds(slab.attempts[slot] + 1), RETRY, slot);
        } else {
            meter(slot).lost(slab.arrivalSeconds[slot], now);
            end(slot, now);
        }
    }

    private void end(int slot, double atSeconds) {
        endSeconds = Math.max(endSeconds, atSeconds);
        slab.release(slot);
    }

    // ---- what replicas tell

    @Override
    public void firstToken(int slot, double stepEndSeconds) {
        int number = slab.pool[slot];
        slab.firstTokenSeconds[slot] = stepEndSeconds + pools[number].tokenDelaySeconds;
        router.answered(number);
    }

    @Override
    public void finished(int slot, double stepEndSeconds) {
        int number = slab.pool[slot];
        PoolRun pool = pools[number];
        double last = stepEndSeconds + pool.tokenDelaySeconds;
        int output = slab.outputTokens[slot];
        deliveredTokens += output;
        leaveReplica(slot);
        pool.completed(output);
        router.completed(number, last - slab.sentSeconds[slot]);
        WorkloadMeter meter = meter(slot);
        meter.completed(slab.arrivalSeconds[slot], slab.firstTokenSeconds[slot], last, slab.promptTokens[slot], output);
        sink.completed(
                meter.workload().id(),
                slab.number[slot],
                slab.arrivalSeconds[slot],
                slab.firstTokenSeconds[slot],
                last,
                slab.promptTokens[slot],
                output,
                pool.pool.routing().id());
        int replica = slab.replica[slot];
        end(slot, last);
        pull(number, replica);
    }

    /** A replica takes waiting requests of its pool while it has room for them. */
    private void pull(int number, int replica) {
        PoolRun pool = pools[number];
        while (!pool.queue.isEmpty() && pool.hasRoom(replica)) {
            send(pool.queue.removeFirst(), number, replica);
        }
    }

    @Override
    public void stepped(double firstSeconds, double growthSeconds, long steps, int sequences) {
        interTokenLatency.recordRun(firstSeconds, growthSeconds, steps, sequences);
    }

    @Override
    public void resumed(double gapSeconds) {
        interTokenLatency.record(gapSeconds);
    }

    @Override
    public void energy(Replica replica, double fromSeconds, double toSeconds, double joules) {
        double ofFacility = pools[poolOfReplica[replica.index()]].energy(fromSeconds, toSeconds, joules);
        facility.spread(SeriesMeter.FACILITY_JOULES, fromSeconds, toSeconds, ofFacility);
    }

    @Override
    public void lost(int slot, long generatedTokens) {
        wastedTokens += generatedTokens;
        fail(slot);
    }

    // ---- failures

    private void failure(Failure what, boolean starts) {
        for (PoolRun pool : pools) {
            if (pool == null || !what.concerns(pool.pool.routing())) {
                continue;
            }
            switch (what.effect()) {
                case Effect.Down() -> {
                    for (int replica = 0; replica < pool.replicas.length; replica++) {
                        if (what.replica() < 0 || what.replica() == replica) {
                            if (starts) {
                                takeDown(pool, replica);
                            } else if (pool.pool.coldStartSeconds() > 0) {
                                timer(now + pool.pool.coldStartSeconds(), WARM, pool.replicas[replica].index());
                            } else {
                                release(pool.replicas[replica].index());
                            }
                        }
                    }
                }
                case Effect.Slow(double factor) -> {
                    for (int replica = 0; replica < pool.replicas.length; replica++) {
                        if (what.replica() < 0 || what.replica() == replica) {
                            pool.slow(replica, factor, starts, now);
                            reschedule(pool.replicas[replica].index());
                        }
                    }
                }
                case Effect.Throttled(double share) -> pool.throttle(share, starts);
            }
        }
    }

    private void takeDown(PoolRun pool, int replica) {
        if (pool.holds[replica]++ > 0) {
            return;
        }
        // Requests still on their way to it belong to the life that ends here, and leave its load with it.
        pool.load[replica] = Long.MAX_VALUE;
        pool.outstanding[replica] = 0;
        pool.epoch[replica]++;
        pool.replicas[replica].fail(now);
        reschedule(pool.replicas[replica].index());
        while (!pool.queue.isEmpty() && pool.isDown()) {
            int slot = pool.queue.removeFirst();
            router.failed(slab.pool[slot], now);
            retry(slot, slab.pool[slot]);
        }
    }

    private void release(int index) {
        PoolRun pool = pools[poolOfReplica[index]];
        int replica = index - pool.replicas[0].index();
        if (--pool.holds[replica] == 0) {
            pool.load[replica] = 0;
            replicas[index].restore(now);
            pull(poolOfReplica[index], replica);
        }
    }

    // ---- what came of it

    /** When the last request ended. */
    double endSeconds() {
        return endSeconds;
    }

    /** Accounts for idle power until the end of all shards, and checks that nothing was lost on the way. */
    void close(double atSeconds) {
        long decoded = 0;
        for (Replica replica : replicas) {
            replica.close(atSeconds);
            decoded += replica.decodedTokens();
        }
        if (decoded != deliveredTokens + wastedTokens) {
            throw new IllegalStateException("replicas produced " + decoded + " tokens, but " + deliveredTokens
                    + " were delivered and " + wastedTokens + " thrown away");
        }
        for (WorkloadMeter meter : meters) {
            if (meter != null && meter.inFlight() != 0) {
                throw new IllegalStateException(
                        meter.inFlight() + " requests of " + meter.workload().id() + " never ended");
            }
        }
    }

    /** Puts this shard's meters at their places in the fleet. */
    void placeMeters(WorkloadMeter[] places) {
        for (int workload = 0; workload < meters.length; workload++) {
            WorkloadMeter meter = meters[workload];
            if (meter != null) {
                places[workload] = meter;
            }
        }
    }

    /** Puts the results of this shard's pools at their places in the fleet. */
    void placePools(PoolResult[] places, double atSeconds) {
        for (int pool = 0; pool < pools.length; pool++) {
            if (pools[pool] != null) {
                places[pool] = pools[pool].result(atSeconds);
            }
        }
    }

    LatencyMeter interTokenLatency() {
        return interTokenLatency;
    }

    SeriesMeter facility() {
        return facility;
    }

    long wastedTokens() {
        return wastedTokens;
    }

    long breakersOpened() {
        return router.breakers().opened();
    }
}
