package io.ampacity.simulator;

import io.ampacity.simulator.replica.Role;
import io.ampacity.simulator.serving.Lending;
import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Lends replicas of a part whose size is fixed to jobs, as far as traffic can do without them. A replica that is to be lent
 * gets nothing new, and is spare when it has served what it had; until a gang takes it, it can serve again at once. One
 * that comes back from a job loads its model first. All of them are paid for throughout.
 */
final class IdleReplicas implements Keeper {

    /** What a replica is at. */
    private enum Phase {
        SERVING,
        /** Serves what it has, and is spare then. */
        LEAVING,
        /** Warm, with nothing to do. */
        SPARE,
        /** Works on a job. */
        LENT,
        /** Makes ready to serve again. */
        LOADING
    }

    private final ShardState state;
    private final Switchboard switchboard;
    private final Lending lending;
    private final PoolPart part;
    private final int number;
    private final PoolRun pool;
    private final Phase[] phases;
    /** When each replica that loads will be ready. */
    private final double[] dueSeconds;
    /** When traffic last wanted a replica back; the beginning counts as such. */
    private double lastReturn;

    IdleReplicas(ShardState state, Switchboard switchboard, Lending lending, PoolPart part, int number) {
        this.state = state;
        this.switchboard = switchboard;
        this.lending = lending;
        this.part = part;
        this.number = number;
        pool = state.pool(number);
        phases = new Phase[part.to()];
        Arrays.fill(phases, Phase.SERVING);
        dueSeconds = new double[part.to()];
        lastReturn = state.now;
        state.timer(state.now, Timers.Kind.SCALE, pool.replicas[part.from()].index());
    }

    @Override
    public PoolPart part() {
        return part;
    }

    @Override
    public void look() {
        state.timer(state.now + lending.intervalSeconds(), Timers.Kind.SCALE, pool.replicas[part.from()].index());
        for (int replica = part.from(); replica < part.to(); replica++) {
            if (isAt(replica, Phase.LEAVING) && pool.isIdle(replica)) {
                // It failed and is back.
                phases[replica] = Phase.SPARE;
            }
        }
        int serving = serving();
        int missing = wanted() - serving - count(Phase.LOADING);
        if (missing > 0) {
            bringBack(missing);
        } else if (state.now - lastReturn >= lending.coolDownSeconds()) {
            makeSpare(serving - wanted());
        }
        valleys().look();
        switchboard.failQueueOf(pool);
    }

    private Valleys valleys() {
        return Objects.requireNonNull(pool.valleys);
    }

    /** Replicas that traffic wants at present. */
    private int wanted() {
        long inFlight = part.role() == Role.DECODE ? 0 : pool.queue.size();
        for (int replica = part.from(); replica < part.to(); replica++) {
            inFlight += pool.outstanding[replica];
        }
        double wanted = Math.ceil(inFlight / lending.requestsPerReplica() - 1e-9);
        return (int) Math.clamp(wanted, Math.min(lending.least(), part.size()), part.size());
    }

    private int serving() {
        int serving = 0;
        for (int replica = part.from(); replica < part.to(); replica++) {
            serving += isAt(replica, Phase.SERVING) && pool.isAvailable(replica) ? 1 : 0;
        }
        return serving;
    }

    private int count(Phase phase) {
        int count = 0;
        for (int replica = part.from(); replica < part.to(); replica++) {
            count += phases[replica] == phase ? 1 : 0;
        }
        return count;
    }

    private boolean isAt(int replica, Phase phase) {
        return phases[replica] == phase && pool.holds[replica] == 0;
    }

    /** Traffic wants so many replicas more: those that are warm at once, the rest from jobs. */
    private void bringBack(int missing) {
        int left = missing;
        while (left > 0 && reopen() >= 0) {
            left--;
        }
        int loading = count(Phase.LOADING);
        while (left > count(Phase.LOADING) - loading && valleys().giveBack(this)) {
            // one gang fewer
        }
        lastReturn = state.now;
    }

    private int reopen() {
        for (int replica = part.from(); replica < part.to(); replica++) {
            if (isAt(replica, Phase.LEAVING) || isAt(replica, Phase.SPARE)) {
                phases[replica] = Phase.SERVING;
                pool.open(replica, true);
                switchboard.pull(number, replica);
                return replica;
            }
        }
        return PoolRun.NONE;
    }

    /** As many of {@code most} replicas become spare as tasks that wait could use. */
    private void makeSpare(int most) {
        int spare = count(Phase.LEAVING) + count(Phase.SPARE);
        int needed = valleys().wanted(most + spare);
        for (; spare > needed && reopen() >= 0; spare--) {
            // one more serves
        }
        for (; spare < needed; spare++) {
            int chosen = PoolRun.NONE;
            for (int replica = part.to() - 1; replica >= part.from(); replica--) {
                if (isAt(replica, Phase.SERVING)
                        && pool.isAvailable(replica)
                        && (chosen < 0 || pool.outstanding[replica] < pool.outstanding[chosen])) {
                    chosen = replica;
                }
            }
            if (chosen < 0) {
                return;
            }
            phases[chosen] = Phase.LEAVING;
            pool.open(chosen, false);
            if (pool.isIdle(chosen)) {
                phases[chosen] = Phase.SPARE;
            }
        }
    }

    @Override
    public void idle(int replica) {
        if (phases[replica] == Phase.LEAVING && pool.isIdle(replica)) {
            phases[replica] = Phase.SPARE;
            valleys().look();
        }
    }

    @Override
    public int wake() {
        int reopened = reopen();
        if (reopened < 0 && count(Phase.LOADING) == 0 && valleys().giveBack(this)) {
            lastReturn = state.now;
        }
        return reopened;
    }

    @Override
    public boolean canServeLater() {
        for (int replica = part.from(); replica < part.to(); replica++) {
            if ((phases[replica] == Phase.LENT || phases[replica] == Phase.LOADING) && pool.holds[replica] == 1) {
                return true;
            }
        }
        return false;
    }

    @Override
    public int @Nullable [] free(int count) {
        if (serving() < wanted()) {
            return null;
        }
        int[] free = new int[count];
        int found = 0;
        for (int replica = part.to() - 1; replica >= part.from() && found < count; replica--) {
            if (isAt(replica, Phase.SPARE) || (phases[replica] == Phase.LOADING && pool.holds[replica] == 1)) {
                free[found++] = replica;
            }
        }
        return found < count ? null : free;
    }

    @Override
    public void lend(int replica) {
        if (phases[replica] == Phase.SPARE) {
            switchboard.hold(number, replica);
        } else {
            pool.cuts[replica]--;
            if (!pool.replicas[replica].isDown()) {
                pool.replicas[replica].fail(state.now);
            }
        }
        phases[replica] = Phase.LENT;
        dueSeconds[replica] = Double.NaN;
    }

    /** While it loads it is powered, and nobody gets through, as with one that is cut off. */
    @Override
    public void takeBack(int replica, double atSeconds) {
        phases[replica] = Phase.LOADING;
        pool.cuts[replica]++;
        if (pool.holds[replica] == pool.cuts[replica] && pool.replicas[replica].isDown()) {
            pool.replicas[replica].restore(atSeconds);
        }
        dueSeconds[replica] = atSeconds + lending.reloadSeconds();
        state.timer(dueSeconds[replica], Timers.Kind.SCALED, pool.replicas[replica].index());
    }

    @Override
    public void proceed(int replica) {
        if (phases[replica] != Phase.LOADING || dueSeconds[replica] != state.now) {
            return;
        }
        phases[replica] = Phase.SERVING;
        dueSeconds[replica] = Double.NaN;
        pool.cuts[replica]--;
        pool.open(replica, true);
        switchboard.release(number, replica);
    }
}
