package io.ampacity.simulator;

import io.ampacity.simulator.replica.Replica;
import io.ampacity.simulator.replica.Role;
import io.ampacity.simulator.report.ScalingResult;
import io.ampacity.simulator.serving.Autoscaling;
import io.ampacity.simulator.serving.Desire;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Orders replicas of one part of a pool and gives them up, as its policy wants. */
final class Autoscaler implements Keeper {

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
    private final PoolPart part;
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

    Autoscaler(ShardState state, Switchboard switchboard, Autoscaling scaling, PoolPart part, int number) {
        this.state = state;
        this.switchboard = switchboard;
        this.scaling = scaling;
        this.part = part;
        this.number = number;
        pool = state.pool(number);
        desire = new Desire(scaling);
        phases = new Phase[part.to()];
        Arrays.fill(phases, Phase.ON);
        dueSeconds = new double[part.to()];
        for (int replica = part.from() + part.atFirst(); replica < part.to(); replica++) {
            off(replica);
        }
        most = part.atFirst();
        state.timer(state.now, Timers.Kind.SCALE, pool.replicas[part.from()].index());
    }

    @Override
    public PoolPart part() {
        return part;
    }

    /** Looks at them, and orders or gives up. */
    @Override
    public void look() {
        state.timer(state.now + scaling.intervalSeconds(), Timers.Kind.SCALE, pool.replicas[part.from()].index());
        int serving = 0;
        int coming = 0;
        double kvUse = 0;
        double busy = 0;
        // What waits for a replica of the pool waits for one that takes it whole, or computes its prompt.
        long inFlight = part.role() == Role.DECODE ? 0 : pool.queue.size();
        for (int replica = part.from(); replica < part.to(); replica++) {
            // It may have failed while it was to go.
            idle(replica);
            Replica one = pool.replicas[replica];
            busy += one.gauges().busySecondsUntil(state.now);
            inFlight += pool.outstanding[replica];
            if (phases[replica] == Phase.ON && pool.holds[replica] == 0 && pool.isAvailable(replica)) {
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

    @Override
    public int wake() {
        int reopened = reopen();
        if (reopened >= 0) {
            return reopened;
        }
        for (int replica = part.from(); replica < part.to(); replica++) {
            if (isComing(replica)) {
                return PoolRun.NONE;
            }
        }
        if (order()) {
            lastChange = state.now;
        }
        return PoolRun.NONE;
    }

    @Override
    public boolean canServeLater() {
        for (int replica = part.from(); replica < part.to(); replica++) {
            boolean free = phases[replica] == Phase.OFF || phases[replica] == Phase.LENT;
            if (isComing(replica) || (free && pool.holds[replica] == 1)) {
                return true;
            }
        }
        return false;
    }

    private int reopen() {
        for (int replica = part.from(); replica < part.to(); replica++) {
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
        for (int replica = part.from(); replica < part.to(); replica++) {
            if (phases[replica] == Phase.OFF && pool.holds[replica] == 1) {
                phases[replica] = Phase.ORDERED;
                ordered++;
                due(replica, scaling.provisioningSeconds());
                return true;
            }
        }
        return pool.valleys != null && pool.valleys.giveBack(this) && order();
    }

    /** The last of those that are off. */
    @Override
    public int @Nullable [] free(int count) {
        int[] free = new int[count];
        int found = 0;
        for (int replica = part.to() - 1; replica >= part.from() && found < count; replica--) {
            if (phases[replica] == Phase.OFF && pool.holds[replica] == 1) {
                free[found++] = replica;
            }
        }
        return found < count ? null : free;
    }

    /** A replica that is off works on a job, and costs. */
    @Override
    public void lend(int replica) {
        phases[replica] = Phase.LENT;
        pool.meter.on(replica, state.now);
    }

    /** A replica that worked on a job is off. */
    @Override
    public void takeBack(int replica, double atSeconds) {
        phases[replica] = Phase.OFF;
        pool.meter.off(replica, atSeconds);
    }

    private void due(int replica, double seconds) {
        dueSeconds[replica] = state.now + seconds;
        state.timer(dueSeconds[replica], Timers.Kind.SCALED, pool.replicas[replica].index());
    }

    /** The next phase of a replica begins, unless its order was taken back. */
    @Override
    public void proceed(int replica) {
        if (dueSeconds[replica] != state.now) {
            return;
        }
        if (phases[replica] == Phase.ORDERED) {
            phases[replica] = Phase.BOOTING;
            pool.meter.on(replica, state.now);
            due(replica, scaling.coldStartSeconds());
            int there = 0;
            for (int other = part.from(); other < part.to(); other++) {
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
        for (int replica = part.to() - 1; replica >= part.from(); replica--) {
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
            idle(chosen);
        }
    }

    /** A replica that is to go goes when it has served what it had. */
    @Override
    public void idle(int replica) {
        if (phases[replica] == Phase.DRAINING && pool.isIdle(replica)) {
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
        double lent = pool.valleys == null ? 0 : pool.valleys.replicaSeconds(this);
        // What is left of a difference of equal times is nothing.
        double seconds = Math.max(0, pool.meter.replicaSeconds(part.from(), part.to(), endSeconds) - lent);
        return new ScalingResult(
                pool.pool.routing().id(),
                part.half(),
                seconds,
                endSeconds > 0 ? seconds / endSeconds : 0,
                most,
                ordered,
                givenUp);
    }
}
