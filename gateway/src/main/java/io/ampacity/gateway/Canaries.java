package io.ampacity.gateway;

import io.ampacity.gateway.metering.AttemptRecord;
import io.ampacity.gateway.metering.RequestRecord;
import io.ampacity.gateway.settings.CanarySettings;
import io.ampacity.gateway.settings.Fleet;
import io.ampacity.routing.Router;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The pools that are on trial, and which requests are theirs. Thread-safe. */
final class Canaries {

    private final Fleet fleet;
    private final Map<Integer, Trial> trials = new HashMap<>();
    private final Map<String, Integer> pools = new HashMap<>();
    private final Listener listener;

    /** Hears what changes for a canary. */
    @FunctionalInterface
    interface Listener {
        void turned(String pool, CanarySettings settings, TrialTurn turn);
    }

    /**
     * Those of a fleet. A trial of the same pool with the same settings goes on, or stays stopped, as it was.
     *
     * @param before those that this gateway had until now; null at its start
     * @param history how trials stood when the gateway was not there; it is asked for those that are new
     */
    Canaries(Fleet fleet, @Nullable Canaries before, TrialHistory history, Listener listener) {
        this.fleet = fleet;
        this.listener = listener;
        for (int pool = 0; pool < fleet.targets().size(); pool++) {
            CanarySettings settings = fleet.targets().get(pool).canary();
            if (settings != null) {
                String id = fleet.table().pools().get(pool).id();
                Trial known = before == null ? null : before.trial(id);
                pools.put(id, pool);
                if (known != null && known.settings().equals(settings)) {
                    trials.put(pool, known);
                    continue;
                }
                Trial trial = new Trial(settings, System::nanoTime);
                trials.put(pool, trial);
                if (!history.resume(id, trial)) {
                    listener.turned(id, settings, new TrialTurn(TrialTurn.Kind.BEGUN, trial.place()));
                }
            }
        }
    }

    private @Nullable Trial trial(String id) {
        Integer pool = pools.get(id);
        return pool == null ? null : trials.get(pool);
    }

    /** The canary whose request this is, by its id alone; {@link Router#NONE} when it is nobody's. */
    int turn(int workload, String requestId) {
        if (trials.isEmpty()) {
            return Router.NONE;
        }
        double place = RequestIds.place(requestId);
        for (int rank = 0; rank < fleet.table().eligibleCount(workload); rank++) {
            int pool = fleet.table().eligible(workload, rank);
            Trial trial = trials.get(pool);
            if (trial != null) {
                double share = trial.share();
                if (place < share) {
                    return trial.verdict() == null ? pool : Router.NONE;
                }
                place -= share;
            }
        }
        return Router.NONE;
    }

    /** Learns from a request that has ended. */
    void record(RequestRecord request) {
        Integer workload = trials.isEmpty() ? null : fleet.models().get(request.model());
        if (workload == null) {
            return;
        }
        for (AttemptRecord attempt : request.attempts()) {
            Integer by = pools.get(attempt.pool());
            trials.forEach((pool, trial) -> {
                boolean own = by != null && by.equals(pool);
                boolean same = fleet.table()
                        .pools()
                        .get(pool)
                        .workload()
                        .equals(fleet.table().workloads().get(workload));
                if (own || (by == null && same)) {
                    TrialTurn turn = trial.add(attempt, own, request.stream());
                    if (turn != null) {
                        listener.turned(attempt.pool(), trial.settings(), turn);
                    }
                }
            });
        }
    }

    /** How a pool's trial stands, for display; empty when it is not on trial. */
    String state(int pool) {
        Trial trial = trials.get(pool);
        return trial == null ? "" : trial.state();
    }

    /** The share that a pool's trial gives it now: 0 when that was stopped, or there is none. */
    double share(int pool) {
        Trial trial = trials.get(pool);
        return trial == null || trial.verdict() != null ? 0 : trial.share();
    }

    /** The share of every canary, by its pool. */
    Map<String, Double> shares() {
        Map<String, Double> shares = new TreeMap<>();
        pools.forEach((id, pool) -> shares.put(id, share(pool)));
        return shares;
    }
}
