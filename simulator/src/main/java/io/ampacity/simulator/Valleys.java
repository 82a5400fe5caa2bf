package io.ampacity.simulator;

import io.ampacity.simulator.fleet.FleetPool;
import io.ampacity.simulator.fleet.PowerCurve;
import io.ampacity.simulator.serving.Job;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/**
 * Jobs on replicas of one pool that its keepers can do without. A gang stands in one part of the pool, and stops as a whole: when traffic wants one of
 * its replicas back, or one of them fails. Between start and stop nothing happens: what was done is a closed form of the
 * time, so that a job costs an event a start, however many checkpoints it writes.
 */
final class Valleys {

    /** A task on its replicas. */
    private static final class Gang {
        final int number;
        final Keeper from;
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

        Gang(int number, Keeper from, ValleyJob job, int task, int[] replicas, double startSeconds) {
            this.number = number;
            this.from = from;
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
    private final List<Keeper> keepers = new ArrayList<>();
    private final List<ValleyJob> jobs = new ArrayList<>();
    /** In order of start. */
    private final List<Gang> running = new ArrayList<>();

    /** By number of the part: seconds for which replicas were lent, all together. */
    private final double[] replicaSeconds;
    /** By number of the part: most that a replica may draw at present. */
    private final double[] limitWatts;

    Valleys(ShardState state, RequestFlow flow, PoolRun pool) {
        this.state = state;
        this.flow = flow;
        this.pool = pool;
        for (PoolPart part : pool.parts) {
            keepers.add(Objects.requireNonNull(pool.keeperOf(part.from())));
        }
        replicaSeconds = new double[keepers.size()];
        limitWatts = new double[keepers.size()];
        Arrays.fill(limitWatts, Double.POSITIVE_INFINITY);
        for (Job job : state.settings.features().jobs()) {
            if (isOf(job, pool.pool)) {
                jobs.add(new ValleyJob(job, pool.pool.routing().id()));
            }
        }
    }

    /** Whether any job takes replicas of a pool. */
    static boolean takesFrom(PoolRun pool, SimulationSettings settings) {
        return settings.features().jobs().stream().anyMatch(job -> isOf(job, pool.pool));
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
            List<PoolPart> parts = PoolPart.of(pool, settings.features());
            int most = 0;
            for (PoolPart part : parts) {
                int kept =
                        part.scaling() == null ? settings.features().lending().least() : 0;
                most = Math.max(most, part.size() - kept);
                if (part.power() == null) {
                    throw new IllegalArgumentException(
                            what + "how much replicas of " + part.name() + " draw is unknown. Maybe another pool");
                }
            }
            if (job.gang() > most) {
                throw new IllegalArgumentException(what + "a gang of " + job.gang() + " replicas never fits into pool "
                        + pool.routing().id() + ", which can lend " + most + " at once. Maybe "
                        + (parts.stream().allMatch(part -> part.scaling() == null)
                                ? "more replicas, or --scale"
                                : "--scale with a larger max"));
            }
        }
    }

    /** Starts what fits. */
    void look() {
        for (ValleyJob job : jobs) {
            for (Keeper keeper : keepers) {
                startOn(keeper, job);
            }
        }
    }

    private void startOn(Keeper keeper, ValleyJob job) {
        while (job.isThere(state.now) && job.hasTask()) {
            int[] replicas = keeper.free(job.job.gang());
            if (replicas == null) {
                return;
            }
            Gang gang = new Gang(state.nextGang(), keeper, job, job.begin(), replicas, state.now);
            running.add(gang);
            for (int replica : replicas) {
                keeper.lend(replica);
            }
            state.jobs.put(gang.number, this);
            pace(gang);
        }
    }

    /** Of so many replicas at most, how many tasks that wait could use. */
    int wanted(int most) {
        int left = most;
        for (ValleyJob job : jobs) {
            if (job.isThere(state.now)) {
                left -= Math.min(job.tasksThatWait(), left / job.job.gang()) * job.job.gang();
            }
        }
        return most - left;
    }

    private void pace(Gang gang) {
        PowerCurve curve = Objects.requireNonNull(gang.from.part().power());
        double wanted = curve.idleWatts() + gang.job.job.power() * (curve.fullWatts() - curve.idleWatts());
        gang.run(wanted, limitWatts[number(gang.from)], state.now);
        state.timer(gang.endSeconds, Timers.Kind.JOB_ENDS, gang.number);
    }

    private int number(Keeper keeper) {
        return pool.parts.indexOf(keeper.part());
    }

    /** Replicas of a part may draw so much each from now on. */
    void limit(PoolPart part, double watts) {
        limitWatts[pool.parts.indexOf(part)] = watts;
        for (Gang gang : running) {
            if (gang.from.part().equals(part)) {
                account(gang, state.now);
                pace(gang);
            }
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

    /** Traffic wants a replica of a keeper back: its gang that began last stops; whether there was one. */
    boolean giveBack(Keeper keeper) {
        for (int i = running.size() - 1; i >= 0; i--) {
            if (running.get(i).from.part().equals(keeper.part())) {
                stop(running.get(i), false);
                return true;
            }
        }
        return false;
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
            gang.from.takeBack(replica, atSeconds);
        }
    }

    private void account(Gang gang, double until) {
        double seconds = until - gang.sinceSeconds;
        for (int replica : gang.replicas) {
            flow.reports.energy(pool.replicas[replica], gang.sinceSeconds, until, gang.watts * seconds);
        }
        replicaSeconds[number(gang.from)] += gang.replicas.length * seconds;
        gang.job.took(gang.replicas.length * gang.watts * seconds * pool.pool.pue());
    }

    /** Seconds of replicas for which a keeper had lent them. */
    double replicaSeconds(Keeper keeper) {
        return replicaSeconds[number(keeper)];
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
