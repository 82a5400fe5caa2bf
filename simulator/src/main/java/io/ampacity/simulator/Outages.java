package io.ampacity.simulator;

import io.ampacity.simulator.failure.Effect;
import io.ampacity.simulator.failure.Failure;

/** Brings failures upon a shard and ends them. */
final class Outages {

    private final ShardState state;
    private final Switchboard switchboard;

    Outages(ShardState state, Switchboard switchboard) {
        this.state = state;
        this.switchboard = switchboard;
        for (int number = 0; number < state.settings.failures().size(); number++) {
            Failure failure = state.settings.failures().get(number);
            state.timer(failure.startSeconds(), Timers.Kind.FAILURE_STARTS, number);
            if (!Double.isInfinite(failure.endSeconds())) {
                state.timer(failure.endSeconds(), Timers.Kind.FAILURE_ENDS, number);
            }
        }
    }

    /** A failure starts, or ends. */
    void failure(int failure, boolean starts) {
        Failure what = state.settings.failures().get(failure);
        for (int number = 0; number < state.pools.length; number++) {
            PoolRun pool = state.pools[number];
            if (pool == null || !what.concerns(pool.pool.routing())) {
                continue;
            }
            switch (what.effect()) {
                case Effect.Down() -> down(number, pool, what, starts);
                case Effect.Slow(double factor) -> {
                    for (int replica = 0; replica < pool.size; replica++) {
                        if (what.replica() < 0 || what.replica() == replica) {
                            pool.slow(replica, factor, starts, state.now);
                            state.reschedule(pool.replicas[replica].index());
                        }
                    }
                }
                case Effect.Throttled(double share) -> pool.throttle(share, starts);
            }
        }
    }

    private void down(int number, PoolRun pool, Failure what, boolean starts) {
        for (int replica = 0; replica < pool.size; replica++) {
            if (what.replica() >= 0 && what.replica() != replica) {
                continue;
            }
            if (starts) {
                switchboard.hold(number, replica);
            } else if (pool.pool.coldStartSeconds() > 0) {
                state.timer(state.now + pool.pool.coldStartSeconds(), Timers.Kind.WARM, pool.replicas[replica].index());
            } else {
                switchboard.release(number, replica);
            }
        }
        if (starts) {
            switchboard.failQueueOf(pool);
        }
    }

    /** A replica that was down is warm again. */
    void warm(int index) {
        switchboard.release(state.poolOfReplica[index], state.numberInPool[index]);
    }
}
