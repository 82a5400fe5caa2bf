package io.ampacity.simulator;

import io.ampacity.routing.Router;
import io.ampacity.simulator.engine.ReplicaCalendar;
import io.ampacity.simulator.engine.RequestSlab;
import io.ampacity.simulator.fleet.Fleet;
import io.ampacity.simulator.replica.Replica;
import io.ampacity.simulator.report.ServingMeter;
import io.ampacity.simulator.report.WorkloadMeter;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What the parts of a shard share: its clock, its timers, the requests in flight, its pools and replicas. */
final class ShardState {

    final Fleet fleet;
    final SimulationSettings settings;
    final Router router;
    final FleetFigures figures;
    final RequestSlab slab = new RequestSlab();
    final Timers timers = new Timers(slab);
    final ReplicaCalendar calendar = new ReplicaCalendar(0);
    /** By number in the fleet; null where another shard has it. */
    final @Nullable PoolRun[] pools;
    /** By number in the fleet; null where another shard has it. */
    final @Nullable WorkloadMeter[] meters;

    final ServingMeter serving;
    final Observation observation;

    int replicaCount;
    /** The first {@link #replicaCount} count. */
    Replica[] replicas = {};
    /** Number of each replica's pool. */
    int[] poolOfReplica = {};
    /** Number of each replica in its pool. */
    int[] numberInPool = {};

    /** Who runs the tasks that run, by number. */
    final Map<Integer, Valleys> jobs = new HashMap<>();

    private int gangs;
    double now;

    ShardState(Fleet fleet, SimulationSettings settings, RunObserver observer) {
        this.fleet = fleet;
        this.settings = settings;
        serving = new ServingMeter(settings.features());
        observation = new Observation(fleet, slab, observer);
        figures = new FleetFigures(fleet);
        router = new Router(
                fleet.table(),
                settings.router().create(fleet.table(), settings.seed(), figures),
                settings.breakers(),
                settings.admission());
        pools = new PoolRun[fleet.pools().size()];
        meters = new WorkloadMeter[fleet.workloads().size()];
    }

    PoolRun pool(int number) {
        return Objects.requireNonNull(pools[number]);
    }

    /** The pool of a replica. */
    PoolRun poolOf(int replica) {
        return pool(poolOfReplica[replica]);
    }

    WorkloadMeter meterOf(int slot) {
        return Objects.requireNonNull(meters[slab.workload[slot]]);
    }

    /** A replica comes to the shard. */
    void add(Replica replica, int pool, int number) {
        if (replicaCount == replicas.length) {
            int size = Math.max(4, replicaCount * 2);
            replicas = Arrays.copyOf(replicas, size);
            poolOfReplica = Arrays.copyOf(poolOfReplica, size);
            numberInPool = Arrays.copyOf(numberInPool, size);
        }
        replicas[replicaCount] = replica;
        poolOfReplica[replicaCount] = pool;
        numberInPool[replicaCount] = number;
        replicaCount++;
    }

    void advanceTo(double seconds) {
        if (!(seconds >= now) || Double.isInfinite(seconds)) {
            throw new IllegalStateException("time goes from " + now + " s to " + seconds + " s");
        }
        now = seconds;
    }

    /** Puts a replica's next wake-up into the calendar. */
    void reschedule(int replica) {
        calendar.set(replica, replicas[replica].wakeSeconds(), timers.nextNumber());
    }

    /** The next number for a task that starts. */
    int nextGang() {
        return gangs++;
    }

    void timer(double atSeconds, Timers.Kind kind, int what) {
        timers.set(atSeconds, kind, what);
    }
}
