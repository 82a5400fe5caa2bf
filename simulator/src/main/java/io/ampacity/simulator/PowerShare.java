package io.ampacity.simulator;

import io.ampacity.simulator.fleet.Fleet;
import io.ampacity.simulator.fleet.FleetPool;
import io.ampacity.simulator.fleet.PowerCurve;
import io.ampacity.simulator.report.PowerCapResult;
import io.ampacity.simulator.serving.Autoscaling;
import io.ampacity.simulator.serving.PowerCap;
import java.util.Arrays;

/**
 * What a limit on power leaves to each replica it concerns, worked out before the run: all of them together can then never
 * draw more, whatever they do, and parts of a fleet that share a site need not know of one another.
 *
 * <p>By clocks, each replica keeps the same part f of its range, so that Σ n·PUE·(idle + f·(full − idle)) is the limit. Where f would
 * be below a tenth, replicas go off until it is not. By shedding, they go off until all that are left fit at full power.
 */
final class PowerShare {

    private static final double LEAST_PART = 0.1;

    final PowerCap cap;
    /** Watts that each replica of a pool may draw; infinite where it is not slowed. */
    final double[] watts;
    /** Replicas of a pool that go off, its last ones. */
    final int[] shed;

    private final Fleet fleet;
    private final int[] count;
    private final double[] weight;

    private PowerShare(Fleet fleet, PowerCap cap, int[] count) {
        this.fleet = fleet;
        this.cap = cap;
        this.count = count;
        watts = new double[count.length];
        Arrays.fill(watts, Double.POSITIVE_INFINITY);
        shed = new int[count.length];
        weight = new double[count.length];
        for (int pool = 0; pool < count.length; pool++) {
            weight[pool] =
                    cap.scope() == PowerCap.Scope.SITE ? fleet.pools().get(pool).pue() : 1;
        }
    }

    /** @throws IllegalArgumentException when it concerns no pool, or one whose power curve is unknown */
    static PowerShare of(Fleet fleet, SimulationSettings settings, PowerCap cap) {
        Autoscaling scaling = settings.features().autoscaling();
        int[] count = new int[fleet.pools().size()];
        for (int pool = 0; pool < count.length; pool++) {
            FleetPool one = fleet.pools().get(pool);
            if (cap.concerns(one.routing())) {
                count[pool] = Math.max(one.routing().replicas(), scaling == null ? 0 : scaling.maximum());
                curve(one);
            }
        }
        if (Arrays.stream(count).sum() == 0) {
            throw new IllegalArgumentException("--power-cap: " + cap.name() + " limits no pool. Maybe one of "
                    + String.join(", ", names(fleet, cap.scope())));
        }
        PowerShare share = new PowerShare(fleet, cap, count);
        switch (cap.scope()) {
            case SITE, POOL -> share.together();
            case RACK -> share.eachReplica(true);
            case CHIP -> share.eachReplica(false);
        }
        return share;
    }

    private static java.util.List<String> names(Fleet fleet, PowerCap.Scope scope) {
        return fleet.pools().stream()
                .map(FleetPool::routing)
                .map(pool -> switch (scope) {
                    case SITE, RACK -> pool.site();
                    case POOL -> pool.id();
                    case CHIP -> pool.chip();
                })
                .distinct()
                .map(name -> scope.name().toLowerCase(java.util.Locale.ROOT) + ":" + name)
                .toList();
    }

    private static PowerCurve curve(FleetPool pool) {
        PowerCurve curve = pool.power();
        if (curve == null || pool.answers() != null) {
            throw new IllegalArgumentException("--power-cap: how replicas of pool "
                    + pool.routing().id() + " slow down with less power is unknown, so theirs cannot be limited");
        }
        return curve;
    }

    private PowerCurve curve(int pool) {
        return curve(fleet.pools().get(pool));
    }

    private int kept(int pool) {
        return count[pool] - shed[pool];
    }

    /** Most that is drawn when each replica left keeps a part of its range. */
    private double drawn(double part) {
        double sum = 0;
        for (int pool = 0; pool < count.length; pool++) {
            if (count[pool] > 0) {
                PowerCurve curve = curve(pool);
                sum += kept(pool) * weight[pool] * (curve.idleWatts() + part * (curve.fullWatts() - curve.idleWatts()));
            }
        }
        return sum;
    }

    private void together() {
        double least = cap.way() == PowerCap.Way.CLOCKS ? LEAST_PART : 1;
        while (drawn(least) > cap.watts() && shedOne()) {
            // one replica fewer
        }
        if (cap.way() == PowerCap.Way.SHEDDING || drawn(1) <= cap.watts()) {
            return;
        }
        double idle = drawn(0);
        double part = (cap.watts() - idle) / (drawn(1) - idle);
        for (int pool = 0; pool < count.length; pool++) {
            if (count[pool] > 0) {
                PowerCurve curve = curve(pool);
                watts[pool] = curve.idleWatts() + part * (curve.fullWatts() - curve.idleWatts());
            }
        }
    }

    /** The pool that has most of its replicas left loses one; whether there was any. */
    private boolean shedOne() {
        int chosen = -1;
        for (int pool = 0; pool < count.length; pool++) {
            if (kept(pool) > 0
                    && (chosen < 0 || (double) kept(pool) / count[pool] > (double) kept(chosen) / count[chosen])) {
                chosen = pool;
            }
        }
        if (chosen >= 0) {
            shed[chosen]++;
        }
        return chosen >= 0;
    }

    private void eachReplica(boolean inRacks) {
        for (int pool = 0; pool < count.length; pool++) {
            if (count[pool] == 0) {
                continue;
            }
            PowerCurve curve = curve(pool);
            int chips = fleet.pools().get(pool).model().chips();
            double each = inRacks ? cap.watts() * chips / cap.chips() : cap.watts() * chips + curve.serverWatts();
            if (each >= curve.fullWatts()) {
                continue;
            }
            double least = curve.idleWatts() + LEAST_PART * (curve.fullWatts() - curve.idleWatts());
            if (!inRacks && each <= curve.idleWatts()) {
                throw new IllegalArgumentException("--power-cap: " + cap.watts() + " W leaves a chip of pool "
                        + fleet.pools().get(pool).routing().id() + " nothing to work with: it draws "
                        + Math.round((curve.idleWatts() - curve.serverWatts()) / chips) + " W idle. Maybe more, up to "
                        + Math.round((curve.fullWatts() - curve.serverWatts()) / chips) + " W");
            }
            if (inRacks && (cap.way() == PowerCap.Way.SHEDDING || each < least)) {
                // So many replicas a rack may run, each at its full or least power.
                double one = cap.way() == PowerCap.Way.SHEDDING ? curve.fullWatts() : least;
                double inRack = (double) cap.chips() / chips;
                double may = Math.floor(cap.watts() / one + 1e-9);
                shed[pool] = count[pool] - (int) Math.floor(count[pool] * Math.min(1, may / inRack) + 1e-9);
                watts[pool] = cap.way() == PowerCap.Way.SHEDDING ? Double.POSITIVE_INFINITY : least;
            } else {
                watts[pool] = each;
            }
        }
    }

    PowerCapResult result(double endSeconds) {
        double bound = 0;
        double free = 0;
        int slowed = 0;
        for (int pool = 0; pool < count.length; pool++) {
            if (count[pool] > 0) {
                double full = curve(pool).fullWatts();
                free += count[pool] * weight[pool] * full;
                bound += kept(pool) * weight[pool] * Math.min(watts[pool], full);
                slowed += watts[pool] < full ? kept(pool) : 0;
            }
        }
        return new PowerCapResult(
                cap.name(),
                cap.watts(),
                cap.startSeconds(),
                Math.min(cap.endSeconds(), Math.max(cap.startSeconds(), endSeconds)),
                free,
                bound,
                slowed,
                Arrays.stream(shed).sum());
    }
}
