package io.ampacity.simulator;

import io.ampacity.physics.StepModel;
import io.ampacity.simulator.fleet.PowerCurve;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Makes limits on power hold in a shard, from the next step of each replica on. What was on a replica that goes off is
 * moved.
 */
final class PowerCapping {

    private final ShardState state;
    private final RequestFlow flow;
    private final Outages outages;
    private final List<PowerShare> shares;
    /** Limits that hold at present, by pool. */
    private final List<List<PowerShare>> holding = new ArrayList<>();

    private final Map<Double, StepModel>[] models;

    @SuppressWarnings({"unchecked", "rawtypes"})
    PowerCapping(ShardState state, RequestFlow flow, Outages outages, List<PowerShare> shares) {
        this.state = state;
        this.flow = flow;
        this.outages = outages;
        this.shares = shares;
        models = new Map[state.pools.length];
        for (int pool = 0; pool < state.pools.length; pool++) {
            holding.add(new ArrayList<>());
            models[pool] = new HashMap<>();
        }
        for (int number = 0; number < shares.size(); number++) {
            state.timer(shares.get(number).cap.startSeconds(), Timers.Kind.POWER_STARTS, number);
            double end = shares.get(number).cap.endSeconds();
            if (!Double.isInfinite(end)) {
                state.timer(end, Timers.Kind.POWER_ENDS, number);
            }
        }
    }

    /** A limit begins to hold, or ends. */
    void change(int number, boolean starts) {
        PowerShare share = shares.get(number);
        for (int pool = 0; pool < state.pools.length; pool++) {
            if (state.pools[pool] == null) {
                continue;
            }
            PoolRun run = state.pool(pool);
            if (share.watts[pool] < Double.POSITIVE_INFINITY) {
                if (starts) {
                    holding.get(pool).add(share);
                } else {
                    holding.get(pool).remove(share);
                }
                slow(pool, run);
            }
            for (int replica = Math.max(0, run.size - share.shed[pool]); replica < run.size; replica++) {
                if (starts) {
                    flow.moves.vacate(pool, replica, outages);
                } else {
                    outages.startAgain(pool, replica);
                }
            }
            if (starts && share.shed[pool] > 0) {
                flow.switchboard.failQueueOf(run);
            }
        }
    }

    private void slow(int pool, PoolRun run) {
        double watts = Double.POSITIVE_INFINITY;
        for (PowerShare share : holding.get(pool)) {
            watts = Math.min(watts, share.watts[pool]);
        }
        if (run.valleys != null) {
            run.valleys.limit(watts);
        }
        StepModel model = watts == Double.POSITIVE_INFINITY ? run.pool.model() : model(pool, run, watts);
        for (int replica = 0; replica < run.size; replica++) {
            run.replicas[replica].run(model, state.now);
            state.reschedule(run.replicas[replica].index());
        }
    }

    private StepModel model(int pool, PoolRun run, double watts) {
        PowerCurve curve = Objects.requireNonNull(run.pool.power());
        return models[pool].computeIfAbsent(watts, curve::at);
    }
}
