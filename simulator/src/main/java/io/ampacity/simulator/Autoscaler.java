package io.ampacity.simulator;

import io.ampacity.simulator.replica.Replica;
import io.ampacity.simulator.report.ScalingResult;
import io.ampacity.simulator.serving.Autoscaling;
import io.ampacity.simulator.serving.Desire;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Orders replicas of one pool and gives them up, as its policy wants. */
final class Autoscaler {

    /** How far a replica is. */
    private enum Phase {
        OFF,
        /** Not there yet. */
        ORDERED,
        /** There, and costs. */
        BOOTING,
        /** Serves, or would if it had not failed. */
        ON,
        /** Serves what it has and goes. */
        DRAINING,
        /** Works on a job. */
        LENT
    }

    private final ShardState state;
    private final Switchboard switchboard;
    private final Autoscaling scaling;
    private final int number;
    private final PoolRun pool;
    private final Desire desire;
    private final Phase[] phases;
    /** When the next phase of each replica begins. */
    private final double[] dueSeconds;

    private double lastChange = Double.NEGATIVE_INFINITY;
    private long routedBefore;
    private double busyBefore;
    private int most;
    private long ordered;
    private long givenUp;

    Autoscaler(ShardState state, Switchboard switchboard, Autoscaling scaling, int number) {
        this.state = state;
        this.switchboard = switchboard;
        this.scaling = scaling;
        this.number = number;
        pool = state.pool(number);
        desire = new Desire(scaling);
        int first = Math.clamp(pool.size, scaling.minimum(), scaling.maximum());
        while (pool.size < scaling.maximum()) {
            switchboard.add(number);
        }
        phases = new Phase[pool.size];
        Arrays.fill(phases, Phase.ON);
        dueSeconds = new double[pool.size];
        state.calendar.grow(state.replicaCount);
        for (int replica = first; replica < pool.size; replica++) {
            off(replica);
        }
        most = first;
        state.timer(state.now, Timers.Kind.SCALE, number);
    }

    /** Looks at the pool, and orders or gives up. */
    void look() {
        state.timer(state.now + scaling.intervalSeconds(), Timers.Kind.SCALE, number);
        int serving = 0;
        int coming = 0;
        double kvUse = 0;
        double busy = 0;
        long inFlight = pool.queue.size();
        for (int replica = 0; replica < phases.length; replica++) {
            Replica one = pool.replicas[replica];
            busy += one.gauges().busySecondsUntil(state.now);
            inFlight += pool.outstanding[replica];
            if (phases[replica] == Phase.ON && pool.holds[replica] == 0 && pool.open[replica]) {
                serving++;
                kvUse += one.gauges().kvUseAt(state.now);
            } else if (isComing(replica)) {
                coming++;
            }
        }
        long routed = state.router.state().routed(number);
        double seconds = scaling.intervalSeconds();
        int wanted = desire.replicas(
                state.now,
                inFlight,
                serving,
                serving == 0 ? 0 : kvUse / serving,
                serving == 0 ? 0 : Math.min(1, (busy - busyBefore) / seconds / serving),
                (routed - routedBefore) / seconds);
        routedBefore = routed;
        busyBefore = busy;
        change(wanted - serving - coming);
        if (pool.valleys != null) {
            pool.valleys.look();
        }
        switchboard.failQueueOf(pool);
    }

    private boolean isComing(int replica) {
        return (phases[replica] == Phase.ORDERED || phases[replica] == Phase.BOOTING) && pool.holds[replica] == 1;
    }

    private void change(int by) {
        if (by > 0) {
            int more = by;
            while (more > 0 && (reopen() >= 0 || order())) {
                more--;
            }
            lastChange = more < by ? state.now : lastChange;
        } else if (by < 0 && state.now - lastChange >= scaling.coolDownSeconds()) {
            for (int i = 0; i > by; i--) {
                giveUpOne();
            }
            lastChange = state.now;
        }
    }

    /** A request finds no replica: the number of one that was to go and stays; else one is ordered if none is coming. */
    int wake() {
        int reopened = reopen();
        if (reopened >= 0) {
            return reopened;
        }
        for (int replica = 0; replica < phases.length; replica++) {
            if (isComing(replica)) {
                return PoolRun.NONE;
            }
        }
        if (order()) {
            lastChange = state.now;
        }
        return PoolRun.NONE;
    }

    /** Whether a request that waits now will be served, as far as anybody knows. */
    boolean canServeLater() {
        for (int replica = 0; replica < phases.length; replica++) {
            boolean free = phases[replica] == Phase.OFF || phases[replica] == Phase.LENT;
            if (isComing(replica) || (free && pool.holds[replica] == 1)) {
                return true;
            }
        }
        return false;
    }

    private int reopen() {
        for (int replica = 0; replica < phases.length; replica++) {
            if (phases[replica] == Phase.DRAINING && pool.holds[replica] == 0) {
                phases[replica] = Phase.ON;
                pool.open(replica, true);
                switchboard.pull(number, replica);
                return replica;
            }
        }
        return PoolRun.NONE;
    }

    private boolean order() {
        for (int replica = 0; replica < phases.length; replica++) {
            if (phases[replica] == Phase.OFF && pool.holds[replica] == 1) {
                phases[replica] = Phase.ORDERED;
                ordered++;
                due(replica, scaling.provisioningSeconds());
                return true;
            }
        }
        return pool.valleys != null && pool.valleys.giveBack() && order();
    }

    /** So many replicas that nobody needs, the last of the pool; null when there are not so many. */
    int @Nullable [] free(int count) {
        int[] free = new int[count];
        int found = 0;
        for (int replica = phases.length - 1; replica >= 0 && found < count; replica--) {
            if (phases[replica] == Phase.OFF && pool.holds[replica] == 1) {
                free[found++] = replica;
            }
        }
        return found < count ? null : free;
    }

    /** A replica that is off works on a job, and costs. */
    void lend(int replica) {
        phases[replica] = Phase.LENT;
        pool.meter.on(replica, state.now);
    }

    /** A replica that worked on a job is off. */
    void takeBack(int replica, double atSeconds) {
        phases[replica] = Phase.OFF;
        pool.meter.off(replica, atSeconds);
    }

    private void due(int replica, double seconds) {
        dueSeconds[replica] = state.now + seconds;
        state.timer(dueSeconds[replica], Timers.Kind.SCALED, pool.replicas[replica].index());
    }

    /** The next phase of a replica begins, unless its order was taken back. */
    void proceed(int replica) {
        if (dueSeconds[replica] != state.now) {
            return;
        }
        if (phases[replica] == Phase.ORDERED) {
            phases[replica] = Phase.BOOTING;
            pool.meter.on(replica, state.now);
            due(replica, scaling.coldStartSeconds());
            int there = 0;
            for (int other = 0; other < phases.length; other++) {
                there += pool.meter.isOn(other) && phases[other] != Phase.LENT ? 1 : 0;
            }
            most = Math.max(most, there);
        } else if (phases[replica] == Phase.BOOTING) {
            phases[replica] = Phase.ON;
            dueSeconds[replica] = Double.NaN;
            pool.open(replica, true);
            switchboard.release(number, replica);
        }
    }

    /** Takes an order back, the latest first; else the replica with fewest requests goes. */
    private void giveUpOne() {
        int chosen = PoolRun.NONE;
        for (int replica = phases.length - 1; replica >= 0; replica--) {
            if (isComing(replica)) {
                pool.meter.off(replica, state.now);
                phases[replica] = Phase.OFF;
                dueSeconds[replica] = Double.NaN;
                givenUp++;
                return;
            }
            if (phases[replica] == Phase.ON
                    && pool.holds[replica] == 0
                    && (chosen < 0 || pool.outstanding[replica] < pool.outstanding[chosen])) {
                chosen = replica;
            }
        }
        if (chosen >= 0) {
            givenUp++;
            phases[chosen] = Phase.DRAINING;
            pool.open(chosen, false);
            offWhenIdle(chosen);
        }
    }

    /** A replica that is to go has served what it had. */
    void offWhenIdle(int replica) {
        if (phases[replica] == Phase.DRAINING && pool.outstanding[replica] == 0) {
            off(replica);
        }
    }

    private void off(int replica) {
        phases[replica] = Phase.OFF;
        dueSeconds[replica] = Double.NaN;
        pool.open(replica, false);
        switchboard.off(number, replica);
    }

    ScalingResult result(double endSeconds) {
        double lent = pool.valleys == null ? 0 : pool.valleys.replicaSeconds();
        // What is left of a difference of equal times is nothing.
        double seconds = Math.max(0, pool.meter.replicaSeconds(endSeconds) - lent);
        return new ScalingResult(
                pool.pool.routing().id(), seconds, endSeconds > 0 ? seconds / endSeconds : 0, most, ordered, givenUp);
    }

    /** The scaler of a pool, where pools are scaled. */
    static @Nullable Autoscaler of(ShardState state, Switchboard switchboard, int number) {
        Autoscaling scaling = state.settings.features().autoscaling();
        return scaling == null ? null : new Autoscaler(state, switchboard, scaling, number);
    }
}
