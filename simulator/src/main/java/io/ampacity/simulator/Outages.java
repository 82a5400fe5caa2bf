package io.ampacity.simulator;

import io.ampacity.simulator.failure.Effect;
import io.ampacity.simulator.failure.Failure;
import java.util.List;
import java.util.function.IntConsumer;

/** Brings failures upon a shard and ends them. */
final class Outages {

    private final ShardState state;
    private final RequestFlow flow;
    private final Switchboard switchboard;
    private final UnlimitedCapacity unlimited;
    /** Whether what a failure takes back is gone, by number of the failure. */
    private final boolean[] gone;
    /** Whether a failure is over. */
    private final boolean[] over;

    Outages(ShardState state, RequestFlow flow) {
        this.state = state;
        this.flow = flow;
        gone = new boolean[state.settings.failures().size()];
        over = new boolean[gone.length];
        switchboard = flow.switchboard;
        unlimited = flow.unlimitedCapacity;
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
        state.observation.failure(what, starts, state.now);
        for (int each = 0; each < state.pools.length; each++) {
            int number = each;
            PoolRun pool = state.pools[number];
            if (pool == null || !what.concerns(pool.pool.routing())) {
                continue;
            }
            pool.outages += isDark(pool, what) ? starts ? 1 : -1 : 0;
            switch (what.effect()) {
                case Effect.Down() -> {
                    each(pool, what, replica -> {
                        if (starts) {
                            hold(number, replica);
                        } else {
                            startAgain(number, replica);
                        }
                    });
                }
                case Effect.Unreachable() -> {
                    each(pool, what, replica -> {
                        if (starts) {
                            cutOff(number, replica);
                        } else {
                            pool.cuts[replica]--;
                            release(number, replica);
                        }
                    });
                }
                case Effect.Late _ -> {
                    each(pool, what, replica -> {
                        if (starts) {
                            if (hasFixedSize(pool, replica)) {
                                pool.meter.off(replica, state.now);
                            }
                            hold(number, replica);
                        } else {
                            if (hasFixedSize(pool, replica)) {
                                pool.meter.on(replica, state.now);
                            }
                            startAgain(number, replica);
                        }
                    });
                }
                case Effect.Reclaimed(double notice) -> {
                    if (starts) {
                        each(pool, what, replica -> {
                            pool.notice(replica, true);
                            flow.moves.empty(number, replica);
                            state.reschedule(pool.replicas[replica].index());
                        });
                    } else {
                        each(pool, what, replica -> {
                            pool.notice(replica, false);
                            if (gone[failure]) {
                                if (hasFixedSize(pool, replica)) {
                                    pool.meter.on(replica, state.now);
                                }
                                startAgain(number, replica);
                            } else {
                                switchboard.pull(number, replica);
                            }
                        });
                    }
                }
                case Effect.Frozen() -> freeze(number, pool, starts);
                case Effect.Slow(double factor) ->
                    each(pool, what, replica -> {
                        pool.slow(replica, factor, starts, state.now);
                        state.reschedule(pool.replicas[replica].index());
                    });
                case Effect.Throttled limit -> pool.throttle(limit, starts);
            }
            if (starts) {
                switchboard.failQueueOf(pool);
            }
        }
        if (what.effect() instanceof Effect.Reclaimed(double notice)) {
            if (starts) {
                state.timer(state.now + notice, Timers.Kind.RECLAIMED, failure);
            } else {
                over[failure] = true;
            }
        }
    }

    /** The notice is over: what was to be taken back is gone, unless the notice was withdrawn. */
    void reclaimed(int failure) {
        if (over[failure]) {
            return;
        }
        gone[failure] = true;
        Failure what = state.settings.failures().get(failure);
        for (int number = 0; number < state.pools.length; number++) {
            PoolRun pool = state.pools[number];
            if (pool == null || !what.concerns(pool.pool.routing())) {
                continue;
            }
            int own = number;
            each(pool, what, replica -> {
                if (hasFixedSize(pool, replica)) {
                    pool.meter.off(replica, state.now);
                }
                flow.moves.vacate(own, replica, this);
            });
            switchboard.failQueueOf(pool);
        }
    }

    /** Whether a failure takes all of a pool away, what it may yet order included. */
    private static boolean isDark(PoolRun pool, Failure what) {
        boolean serves =
                switch (what.effect()) {
                    case Effect.Down(), Effect.Unreachable(), Effect.Late _, Effect.Reclaimed _ -> false;
                    case Effect.Frozen(), Effect.Slow _, Effect.Throttled _ -> true;
                };
        int chips = pool.pool.model().chips();
        for (int replica = 0; replica < pool.size && !serves; replica++) {
            serves = !what.hits(replica, pool.size, chips);
        }
        return !serves;
    }

    /** Whether nobody but failures turns a replica of a pool on and off. */
    private boolean hasFixedSize(PoolRun pool, int replica) {
        return pool.hasFixedSize(replica) && !unlimited.isInUse();
    }

    /** Does something to each replica of a pool that a failure hits. */
    private static void each(PoolRun pool, Failure what, IntConsumer action) {
        int chips = pool.pool.model().chips();
        for (int replica = 0; replica < pool.size; replica++) {
            if (what.hits(replica, pool.size, chips)) {
                action.accept(replica);
            }
        }
    }

    void hold(int number, int replica) {
        if (state.pool(number).holds[replica] == 0) {
            state.observation.down(number, state.now);
        }
        switchboard.hold(number, replica);
        unlimited.offWhenIdle(state.pool(number).replicas[replica].index());
    }

    private void release(int number, int replica) {
        switchboard.release(number, replica);
        unlimited.release(number, replica);
        if (state.pool(number).holds[replica] == 0) {
            state.observation.up(number, state.now);
        }
    }

    /** Loses what is on a replica to its clients, and leaves it warm. */
    private void cutOff(int number, int replica) {
        PoolRun pool = state.pool(number);
        boolean warm = !pool.replicas[replica].isDown();
        hold(number, replica);
        pool.cuts[replica]++;
        if (warm) {
            pool.replicas[replica].restore(state.now);
        }
    }

    /** A replica that is mended boots, once there is a control plane to start it. */
    void startAgain(int number, int replica) {
        PoolRun pool = state.pool(number);
        if (pool.frozen > 0) {
            pool.held.add(replica);
        } else if (pool.pool.coldStartSeconds() > 0) {
            state.timer(state.now + pool.pool.coldStartSeconds(), Timers.Kind.WARM, pool.replicas[replica].index());
        } else {
            release(number, replica);
        }
    }

    private void freeze(int number, PoolRun pool, boolean starts) {
        pool.frozen += starts ? 1 : -1;
        if (pool.frozen == 0) {
            List<Integer> waiting = List.copyOf(pool.held);
            pool.held.clear();
            waiting.forEach(replica -> startAgain(number, replica));
        }
    }

    /** A replica that was down is warm again. */
    void warm(int index) {
        release(state.poolOfReplica[index], state.numberInPool[index]);
    }
}
