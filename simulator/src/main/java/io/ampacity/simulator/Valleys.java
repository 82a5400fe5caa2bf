package io.ampacity.simulator;

import io.ampacity.simulator.fleet.FleetPool;
import io.ampacity.simulator.fleet.PowerCurve;
import io.ampacity.simulator.serving.Job;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Lends replicas of one pool, which its scaler has given up, to jobs. A gang stops as a whole: when traffic wants one of
 * its replicas back, or one of them fails. Between start and stop nothing happens: what was done is a closed form of the
 * time, so that a job costs an event a start, however many checkpoints it writes.
 */
final class Valleys {

    /** A task on its replicas. */
    private static final class Gang {
        final int number;
        final ValleyJob job;
        final int task;
        final int[] replicas;
        final double startSeconds;
        /** Since when it draws what it draws now. */
        double sinceSeconds;
        /** Seconds of its run at full pace that were over by then. */
        double passedBefore;
        /** How much of a second at full pace passes in one. */
        double pace;
        /** What each of its replicas draws. */
        double watts;

        double endSeconds;

        Gang(int number, ValleyJob job, int task, int[] replicas, double startSeconds) {
            this.number = number;
            this.job = job;
            this.task = task;
            this.replicas = replicas;
            this.startSeconds = startSeconds;
            sinceSeconds = startSeconds;
        }

        /** Seconds of its run at full pace that are over. */
        double passed(double now) {
            return passedBefore + pace * (now - sinceSeconds);
        }

        /** It draws so much of what it would from now on, and is as much slower, the energy of its work being the same. */
        void run(double wantedWatts, double limitWatts, double now) {
            passedBefore = passed(now);
            sinceSeconds = now;
            watts = Math.min(wantedWatts, limitWatts);
            pace = wantedWatts <= limitWatts ? 1 : limitWatts / wantedWatts;
            endSeconds = now + (job.secondsLeft(task) - passedBefore) / pace;
        }

        boolean has(int replica) {
            for (int one : replicas) {
                if (one == replica) {
                    return true;
                }
            }
            return false;
        }
    }

    private final ShardState state;
    private final RequestFlow flow;
    private final PoolRun pool;
    private final Autoscaler scaler;
    private final PowerCurve curve;
    private final List<ValleyJob> jobs = new ArrayList<>();
    /** In order of start. */
    private final List<Gang> running = new ArrayList<>();

    private double replicaSeconds;
    /** Most that a replica may draw at present. */
    private double limitWatts = Double.POSITIVE_INFINITY;

    private Valleys(ShardState state, RequestFlow flow, PoolRun pool, Autoscaler scaler, List<Job> own) {
        this.state = state;
        this.flow = flow;
        this.pool = pool;
        this.scaler = scaler;
        curve = Objects.requireNonNull(pool.pool.power());
        own.forEach(job -> jobs.add(new ValleyJob(job, pool.pool.routing().id())));
    }

    /** The valleys of a pool; null where no job takes its replicas. */
    static @Nullable Valleys of(ShardState state, RequestFlow flow, PoolRun pool) {
        List<Job> own = state.settings.features().jobs().stream()
                .filter(job -> isOf(job, pool.pool))
                .toList();
        return own.isEmpty() || pool.scaler == null ? null : new Valleys(state, flow, pool, pool.scaler, own);
    }

    private static boolean isOf(Job job, FleetPool pool) {
        return job.pool() == null || job.pool().equals(pool.routing().id());
    }

    /** Checks that jobs name pools that there are, whose power is known, and that may ever be large enough. */
    static void check(List<FleetPool> pools, SimulationSettings settings) {
        for (Job job : settings.features().jobs()) {
            String what = "--job " + job.name() + ": ";
            if (job.pool() == null && pools.size() > 1) {
                throw new IllegalArgumentException(what + "says no pool, and there are " + pools.size()
                        + ". Maybe pool=" + pools.getFirst().routing().id());
            }
            FleetPool pool = pools.stream()
                    .filter(one -> isOf(job, one))
                    .findFirst()
                    .orElseThrow(() -> new IllegalArgumentException(what + "there is no pool " + job.pool()
                            + ". Maybe one of "
                            + String.join(
                                    ", ",
                                    pools.stream()
                                            .map(one -> one.routing().id())
                                            .toList())));
            int most = Math.max(
                    pool.routing().replicas(),
                    Objects.requireNonNull(settings.features().autoscaling()).maximum());
            if (job.gang() > most) {
                throw new IllegalArgumentException(what + "a gang of " + job.gang() + " replicas never fits into pool "
                        + pool.routing().id() + ", which has " + most + " at most. Maybe --scale with a larger max");
            }
            if (pool.power() == null) {
                throw new IllegalArgumentException(
                        what + "how much a replica of pool " + pool.routing().id() + " draws is unknown");
            }
        }
    }

    /** Starts what fits. */
    void look() {
        for (ValleyJob job : jobs) {
            while (job.job.startSeconds() <= state.now && job.hasTask()) {
                int[] replicas = scaler.free(job.job.gang());
                if (replicas == null) {
                    break;
                }
                Gang gang = new Gang(state.nextGang(), job, job.begin(), replicas, state.now);
                running.add(gang);
                for (int replica : replicas) {
                    scaler.lend(replica);
                }
                state.jobs.put(gang.number, this);
                pace(gang);
            }
        }
    }

    private void pace(Gang gang) {
        double wanted = curve.idleWatts() + gang.job.job.power() * (curve.fullWatts() - curve.idleWatts());
        gang.run(wanted, limitWatts, state.now);
        state.timer(gang.endSeconds, Timers.Kind.JOB_ENDS, gang.number);
    }

    /** Replicas may draw so much each from now on. */
    void limit(double watts) {
        limitWatts = watts;
        for (Gang gang : running) {
            account(gang, state.now);
            pace(gang);
        }
    }

    /** A task ends, unless it was stopped before, or its pace has changed. */
    void ends(int number) {
        for (Gang gang : running) {
            if (gang.number == number && gang.endSeconds == state.now) {
                leave(gang, state.now);
                gang.job.finished(gang.task, state.now - gang.startSeconds, state.now);
                look();
                return;
            }
        }
    }

    /** Traffic wants a replica back: the gang that began last stops; whether there was one. */
    boolean giveBack() {
        if (running.isEmpty()) {
            return false;
        }
        stop(running.getLast(), false);
        return true;
    }

    /** A replica fails. */
    void failed(int replica) {
        for (Gang gang : running) {
            if (gang.has(replica)) {
                stop(gang, true);
                return;
            }
        }
    }

    private void stop(Gang gang, boolean byFailure) {
        leave(gang, state.now);
        gang.job.stopped(gang.task, gang.passed(state.now), state.now - gang.startSeconds, byFailure);
    }

    private void leave(Gang gang, double atSeconds) {
        running.remove(gang);
        state.jobs.remove(gang.number);
        account(gang, atSeconds);
        for (int replica : gang.replicas) {
            scaler.takeBack(replica, atSeconds);
        }
    }

    private void account(Gang gang, double until) {
        double seconds = until - gang.sinceSeconds;
        for (int replica : gang.replicas) {
            flow.reports.energy(pool.replicas[replica], gang.sinceSeconds, until, gang.watts * seconds);
        }
        replicaSeconds += gang.replicas.length * seconds;
        gang.job.took(gang.replicas.length * gang.watts * seconds * pool.pool.pue());
    }

    /** Seconds of replicas for which they were lent. */
    double replicaSeconds() {
        return replicaSeconds;
    }

    /** Accounts for what runs until the end of the simulation. */
    void close(double atSeconds) {
        for (Gang gang : List.copyOf(running)) {
            if (gang.endSeconds <= atSeconds) {
                leave(gang, gang.endSeconds);
                gang.job.finished(gang.task, gang.endSeconds - gang.startSeconds, gang.endSeconds);
            } else {
                account(gang, atSeconds);
                gang.job.cutShort(gang.task, gang.passed(atSeconds), atSeconds - gang.startSeconds);
            }
        }
        jobs.forEach(job -> state.serving.worked(job.result()));
    }
}
