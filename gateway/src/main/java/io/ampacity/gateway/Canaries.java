package io.ampacity.gateway;

import io.ampacity.gateway.metering.AttemptRecord;
import io.ampacity.gateway.metering.RequestRecord;
import io.ampacity.gateway.settings.CanarySettings;
import io.ampacity.gateway.settings.Fleet;
import io.ampacity.gateway.settings.PlanTrial;
import io.ampacity.routing.Pool;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The pools that are on trial, each by itself or all those of a plan together, and which requests are theirs. Thread-safe. */
final class Canaries {

    private final Fleet fleet;
    private final List<Canary> canaries = new ArrayList<>();
    /** Whose each pool on trial is. */
    private final Map<String, Canary> byPool = new HashMap<>();

    private final Listener listener;

    /** Hears what changes for a canary. */
    @FunctionalInterface
    interface Listener {
        void turned(String canary, CanarySettings settings, TrialTurn turn);
    }

    /** Makes the trial of a canary that is new; what is known of it is asked for then. */
    @FunctionalInterface
    interface Trials {
        Trial begin(String canary, CanarySettings settings);
    }

    /** Pools that are tried together. */
    private record Canary(String id, Trial trial, Map<Integer, Turn> turns) {}

    /**
     * That a request is a canary's.
     *
     * @param workload of the table, which the pools are asked by
     * @param pools that are to be asked
     */
    record Turn(int workload, BitSet pools) {}

    /**
     * Those of a fleet. A trial of the same with the same settings goes on, or stays stopped, as it was.
     *
     * @param before those that this gateway had until now; null at its start
     */
    Canaries(Fleet fleet, @Nullable Canaries before, Trials trials, Listener listener) {
        this.fleet = fleet;
        this.listener = listener;
        PlanTrial plan = fleet.trial();
        if (plan != null) {
            Map<Integer, Turn> turns = new HashMap<>();
            plan.workloads().forEach((own, its) -> turns.put(own, new Turn(its, eligible(its))));
            add(plan.name(), plan.settings(), turns, before, trials);
        }
        for (int pool = 0; pool < fleet.targets().size(); pool++) {
            CanarySettings settings = fleet.targets().get(pool).canary();
            Pool known = fleet.table().pools().get(pool);
            if (settings != null && !byPool.containsKey(known.id())) {
                int workload = fleet.table().workload(known.workload());
                BitSet alone = new BitSet();
                alone.set(pool);
                add(known.id(), settings, Map.of(workload, new Turn(workload, alone)), before, trials);
            }
        }
    }

    private BitSet eligible(int workload) {
        BitSet pools = new BitSet();
        for (int rank = 0; rank < fleet.table().eligibleCount(workload); rank++) {
            pools.set(fleet.table().eligible(workload, rank));
        }
        return pools;
    }

    private void add(
            String id, CanarySettings settings, Map<Integer, Turn> turns, @Nullable Canaries before, Trials trials) {
        Trial known = before == null ? null : before.trial(id);
        Trial trial = known != null && known.settings().equals(settings) ? known : trials.begin(id, settings);
        Canary canary = new Canary(id, trial, turns);
        canaries.add(canary);
        turns.values()
                .forEach(turn -> turn.pools().stream()
                        .forEach(pool ->
                                byPool.put(fleet.table().pools().get(pool).id(), canary)));
    }

    private @Nullable Trial trial(String id) {
        return canaries.stream()
                .filter(canary -> canary.id().equals(id))
                .map(Canary::trial)
                .findFirst()
                .orElse(null);
    }

    /** The canary whose request this is, by its id alone; null when it is nobody's. */
    @Nullable Turn turn(int workload, String requestId) {
        if (canaries.isEmpty()) {
            return null;
        }
        double place = RequestIds.place(requestId);
        for (Canary canary : canaries) {
            Turn turn = canary.turns().get(workload);
            if (turn != null) {
                double share = canary.trial().share();
                if (place < share) {
                    return canary.trial().verdict() == null ? turn : null;
                }
                place -= share;
            }
        }
        return null;
    }

    /** Learns from a request that has ended. */
    void record(RequestRecord request) {
        Integer workload = canaries.isEmpty() ? null : fleet.models().get(request.model());
        if (workload == null) {
            return;
        }
        for (AttemptRecord attempt : request.attempts()) {
            Canary by = byPool.get(attempt.pool());
            for (Canary canary : canaries) {
                boolean own = canary.equals(by);
                if (own || (by == null && canary.turns().containsKey(workload))) {
                    TrialTurn turn = canary.trial().add(attempt, own, request.stream());
                    if (turn != null) {
                        listener.turned(canary.id(), canary.trial().settings(), turn);
                    }
                }
            }
        }
    }

    private @Nullable Canary of(int pool) {
        return byPool.get(fleet.table().pools().get(pool).id());
    }

    /** How a pool's trial stands, for display; empty when it is not on trial. */
    String state(int pool) {
        Canary canary = of(pool);
        return canary == null ? "" : canary.trial().state();
    }

    /** The share that a pool's trial has now: 0 when that was stopped, or there is none. */
    double share(int pool) {
        Canary canary = of(pool);
        return canary == null ? 0 : share(canary);
    }

    private static double share(Canary canary) {
        return canary.trial().verdict() == null ? canary.trial().share() : 0;
    }

    /** The share of every canary, by its name. */
    Map<String, Double> shares() {
        Map<String, Double> shares = new TreeMap<>();
        canaries.forEach(canary -> shares.put(canary.id(), share(canary)));
        return shares;
    }
}
