package io.ampacity.simulator;

import io.ampacity.simulator.serving.Scheduler;
import java.util.Arrays;

/**
 * Gives every request a replica of its own, at once: what no capacity can better. Replicas are made when none is at hand;
 * one that has nothing to do is off, and costs nothing.
 */
final class UnlimitedCapacity {

    private final ShardState state;
    private final Switchboard switchboard;
    private final boolean inUse;
    /** Replicas that may be off, by pool; those that are not are passed over. */
    private final int[][] spare;

    private final int[] spares;

    UnlimitedCapacity(ShardState state, Switchboard switchboard) {
        this.state = state;
        this.switchboard = switchboard;
        inUse = state.settings.features().scheduler() == Scheduler.UNLIMITED;
        spare = new int[state.pools.length][4];
        spares = new int[state.pools.length];
    }

    boolean isInUse() {
        return inUse;
    }

    /** A replica of a pool for one request; {@link PoolRun#NONE} while the pool is down. */
    int take(int number) {
        PoolRun pool = state.pool(number);
        while (spares[number] > 0) {
            int replica = spare[number][--spares[number]];
            if (pool.holds[replica] == 1 && !pool.meter.isOn(replica)) {
                switchboard.on(number, replica);
                return replica;
            }
        }
        if (pool.outages > 0) {
            return PoolRun.NONE;
        }
        int added = switchboard.add(number);
        state.calendar.grow(state.replicaCount);
        return added;
    }

    /** A replica of the fleet as it was given: none is on before a request comes. */
    void begin(int index) {
        if (inUse) {
            state.timer(state.now, Timers.Kind.IDLE, index);
        }
    }

    /** A request left a replica; it goes off when the step is over, unless another came. */
    void left(int index) {
        if (state.poolOf(index).outstanding[state.numberInPool[index]] == 0) {
            state.timer(state.now, Timers.Kind.IDLE, index);
        }
    }

    /** Turns a replica off that is on and has nothing to do. */
    void offWhenIdle(int index) {
        if (!inUse) {
            return;
        }
        int number = state.poolOfReplica[index];
        int replica = state.numberInPool[index];
        PoolRun pool = state.pool(number);
        if (pool.outstanding[replica] > 0 || !pool.meter.isOn(replica)) {
            return;
        }
        switchboard.off(number, replica);
        release(number, replica);
    }

    /** A replica may be off and free of failures. */
    void release(int number, int replica) {
        if (!inUse) {
            return;
        }
        if (spares[number] == spare[number].length) {
            spare[number] = Arrays.copyOf(spare[number], spares[number] * 2);
        }
        spare[number][spares[number]++] = replica;
    }
}
