package io.ampacity.simulator;

import io.ampacity.simulator.fleet.Fleet;
import io.ampacity.simulator.fleet.FleetPool;
import io.ampacity.simulator.fleet.PowerCurve;
import io.ampacity.simulator.report.PowerCapResult;
import io.ampacity.simulator.serving.PowerCap;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * What a limit on power leaves to each replica it concerns, worked out before the run: all of them together can then never
 * draw more, whatever they do, and parts of a fleet that share a site need not know of one another.
 *
 * <p>By clocks, each replica keeps the same part f of its range, so that Σ n·PUE·(idle + f·(full − idle)) is the limit. Where f would
 * be below a tenth, replicas go off until it is not. By shedding, they go off until all that are left fit at full power. The halves
 * of a pool in which prompts and answers are apart lose replicas in step, each from its own end.
 */
final class PowerShare {

    private static final double LEAST_PART = 0.1;

    /** What replicas of one part of a pool may do. */
    static final class Share {
        final int pool;
        final PoolPart part;
        private final PowerCurve curve;
        private final double weight;
        /** Watts that each replica may draw; infinite where it is not slowed. */
        double watts = Double.POSITIVE_INFINITY;
        /** Replicas that go off, the last ones of the part. */
        int shed;

        Share(int pool, PoolPart part, PowerCurve curve, double weight) {
            this.pool = pool;
            this.part = part;
            this.curve = curve;
            this.weight = weight;
        }

        int kept() {
            return part.size() - shed;
        }

        /** Watts of a replica that keeps a part of its range. */
        double at(double rangePart) {
            return curve.idleWatts() + rangePart * (curve.fullWatts() - curve.idleWatts());
        }

        double chipWatts(double replicaWatts) {
            return (replicaWatts - curve.serverWatts()) / part.model().chips();
        }
    }

    final PowerCap cap;
    /** Of the parts it concerns. */
    final List<Share> shares = new ArrayList<>();

    private PowerShare(PowerCap cap) {
        this.cap = cap;
    }

    /** @throws IllegalArgumentException when it concerns no pool, or one whose power curve is unknown */
    static PowerShare of(Fleet fleet, SimulationSettings settings, PowerCap cap) {
        PowerShare share = new PowerShare(cap);
        List<PoolPart> all = new ArrayList<>();
        for (int number = 0; number < fleet.pools().size(); number++) {
            FleetPool pool = fleet.pools().get(number);
            for (PoolPart part : PoolPart.of(pool, settings.features())) {
                all.add(part);
                if (cap.concerns(pool.routing(), part.chip())) {
                    double weight = cap.scope() == PowerCap.Scope.SITE ? pool.pue() : 1;
                    share.shares.add(new Share(number, part, curve(part), weight));
                }
            }
        }
        if (share.shares.isEmpty()) {
            throw new IllegalArgumentException("--power-cap: " + cap.name() + " limits no pool. Maybe one of "
                    + String.join(", ", names(all.stream(), cap.scope())));
        }
        switch (cap.scope()) {
            case SITE, POOL -> share.together();
            case RACK -> share.shares.forEach(one -> share.eachReplica(one, true));
            case CHIP -> share.shares.forEach(one -> share.eachReplica(one, false));
        }
        return share;
    }

    private static List<String> names(Stream<PoolPart> parts, PowerCap.Scope scope) {
        return parts.map(part -> switch (scope) {
                    case SITE, RACK -> part.pool().routing().site();
                    case POOL -> part.pool().routing().id();
                    case CHIP -> part.chip();
                })
                .distinct()
                .map(name -> scope.name().toLowerCase(Locale.ROOT) + ":" + name)
                .toList();
    }

    private static PowerCurve curve(PoolPart part) {
        PowerCurve curve = part.power();
        if (curve == null) {
            throw new IllegalArgumentException("--power-cap: how replicas of " + part.name()
                    + " slow down with less power is unknown, so theirs cannot be limited. Maybe limit others");
        }
        return curve;
    }

    /** Most that is drawn when each replica left keeps a part of its range. */
    private double drawn(double rangePart) {
        return shares.stream()
                .mapToDouble(one -> one.kept() * one.weight * one.at(rangePart))
                .sum();
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
        shares.forEach(one -> one.watts = one.at(part));
    }

    /** The part that has most of its replicas left loses one; whether there was any. */
    private boolean shedOne() {
        Share chosen = null;
        for (Share one : shares) {
            if (one.kept() > 0
                    && (chosen == null
                            || (double) one.kept() / one.part.size() > (double) chosen.kept() / chosen.part.size())) {
                chosen = one;
            }
        }
        if (chosen != null) {
            chosen.shed++;
        }
        return chosen != null;
    }

    private void eachReplica(Share one, boolean inRacks) {
        PowerCurve curve = one.curve;
        int count = one.part.size();
        int chips = one.part.model().chips();
        double each = inRacks ? cap.watts() * chips / cap.chips() : cap.watts() * chips + curve.serverWatts();
        if (each >= curve.fullWatts()) {
            return;
        }
        double least = one.at(LEAST_PART);
        if (!inRacks && each <= curve.idleWatts()) {
            throw new IllegalArgumentException("--power-cap: " + cap.watts() + " W leaves chips of "
                    + one.part.name() + " nothing to work with: each draws "
                    + Math.round(one.chipWatts(curve.idleWatts())) + " W idle. Maybe more, up to "
                    + Math.round(one.chipWatts(curve.fullWatts())) + " W");
        }
        if (inRacks && (cap.way() == PowerCap.Way.SHEDDING || each < least)) {
            // So many replicas a rack may run, each at its full or least power.
            double power = cap.way() == PowerCap.Way.SHEDDING ? curve.fullWatts() : least;
            double inRack = (double) cap.chips() / chips;
            double may = Math.floor(cap.watts() / power + 1e-9);
            one.shed = count - (int) Math.floor(count * Math.min(1, may / inRack) + 1e-9);
            one.watts = cap.way() == PowerCap.Way.SHEDDING ? Double.POSITIVE_INFINITY : least;
        } else {
            one.watts = each;
        }
    }

    PowerCapResult result(double endSeconds) {
        double bound = 0;
        double free = 0;
        int slowed = 0;
        for (Share one : shares) {
            double full = one.curve.fullWatts();
            free += one.part.size() * one.weight * full;
            bound += one.kept() * one.weight * Math.min(one.watts, full);
            slowed += one.watts < full ? one.kept() : 0;
        }
        return new PowerCapResult(
                cap.name(),
                cap.watts(),
                cap.startSeconds(),
                Math.min(cap.endSeconds(), Math.max(cap.startSeconds(), endSeconds)),
                free,
                bound,
                slowed,
                shares.stream().mapToInt(one -> one.shed).sum());
    }
}
