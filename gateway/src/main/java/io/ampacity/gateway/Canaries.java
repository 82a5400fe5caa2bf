package io.ampacity.gateway;

import io.ampacity.gateway.metering.AttemptRecord;
import io.ampacity.gateway.metering.RequestRecord;
import io.ampacity.gateway.settings.CanarySettings;
import io.ampacity.gateway.settings.Fleet;
import io.ampacity.routing.Router;
import java.util.HashMap;
import java.util.Map;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** The pools that are on trial, and which requests are theirs. Thread-safe. */
final class Canaries {

    private final Fleet fleet;
    private final Map<Integer, Trial> trials = new HashMap<>();
    private final Map<String, Integer> pools = new HashMap<>();
    private final BiConsumer<String, String> stopped;

    /**
     * Those of a fleet. A trial of the same pool with the same settings goes on, or stays stopped, as it was.
     *
     * @param stopped hears the pool that is stopped, and why
     */
    Canaries(Fleet fleet, @Nullable Canaries before, BiConsumer<String, String> stopped) {
        this.fleet = fleet;
        this.stopped = stopped;
        for (int pool = 0; pool < fleet.targets().size(); pool++) {
            CanarySettings settings = fleet.targets().get(pool).canary();
            if (settings != null) {
                String id = fleet.table().pools().get(pool).id();
                Trial known = before == null ? null : before.trial(id);
                trials.put(pool, known != null && known.settings().equals(settings) ? known : new Trial(settings));
                pools.put(id, pool);
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
                if (place < trial.settings().share()) {
                    return trial.verdict() == null ? pool : Router.NONE;
                }
                place -= trial.settings().share();
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
                    String verdict = trial.add(attempt, own, request.stream());
                    if (verdict != null) {
                        stopped.accept(attempt.pool(), verdict);
                    }
                }
            });
        }
    }

    /** How a pool's trial stands, for display; empty when it is not on trial. */
    String state(int pool) {
        Trial trial = trials.get(pool);
        if (trial == null) {
            return "";
        }
        String verdict = trial.verdict();
        return verdict == null ? "on trial" : "stopped: " + verdict;
    }
}
