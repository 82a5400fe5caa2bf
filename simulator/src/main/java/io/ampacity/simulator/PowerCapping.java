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
    private final List<PowerShare> limits;
    /** Limits that hold at present, by part. */
    private final Map<PoolPart, List<PowerShare.Share>> holding = new HashMap<>();

    private final Map<PoolPart, Map<Double, StepModel>> models = new HashMap<>();

    PowerCapping(ShardState state, RequestFlow flow, Outages outages, List<PowerShare> limits) {
        this.state = state;
        this.flow = flow;
        this.outages = outages;
        this.limits = limits;
        for (int number = 0; number < limits.size(); number++) {
            state.timer(limits.get(number).cap.startSeconds(), Timers.Kind.POWER_STARTS, number);
            double end = limits.get(number).cap.endSeconds();
            if (!Double.isInfinite(end)) {
                state.timer(end, Timers.Kind.POWER_ENDS, number);
            }
        }
    }

    /** A limit begins to hold, or ends. */
    void change(int number, boolean starts) {
        for (PowerShare.Share share : limits.get(number).shares) {
            PoolRun run = state.pools[share.pool];
            if (run != null) {
                change(share, run, starts);
            }
        }
    }

    private void change(PowerShare.Share share, PoolRun run, boolean starts) {
        PoolPart part = share.part;
        if (share.watts < Double.POSITIVE_INFINITY) {
            List<PowerShare.Share> here = holding.computeIfAbsent(part, key -> new ArrayList<>());
            if (starts) {
                here.add(share);
            } else {
                here.remove(share);
            }
            slow(part, run, here.stream().mapToDouble(one -> one.watts).min().orElse(Double.POSITIVE_INFINITY));
        }
        for (int replica = part.to() - share.shed; replica < part.to(); replica++) {
            if (starts) {
                flow.moves.vacate(share.pool, replica, outages);
            } else {
                outages.startAgain(share.pool, replica);
            }
        }
        if (starts && share.shed > 0) {
            flow.switchboard.failQueueOf(run);
        }
    }

    private void slow(PoolPart part, PoolRun run, double watts) {
        if (run.valleys != null) {
            run.valleys.limit(part, watts);
        }
        StepModel model = watts == Double.POSITIVE_INFINITY ? part.model() : model(part, watts);
        for (int replica = part.from(); replica < part.to(); replica++) {
            run.replicas[replica].run(model, state.now);
            state.reschedule(run.replicas[replica].index());
        }
    }

    private StepModel model(PoolPart part, double watts) {
        PowerCurve curve = Objects.requireNonNull(part.power());
        return models.computeIfAbsent(part, key -> new HashMap<>()).computeIfAbsent(watts, curve::at);
    }
}
