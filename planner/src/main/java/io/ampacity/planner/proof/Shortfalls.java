package io.ampacity.planner.proof;

import io.ampacity.scenario.Policy;
import io.ampacity.scenario.Policy.LossOf;
import io.ampacity.scenario.Scenario;
import io.ampacity.simulator.failure.Effect;
import io.ampacity.simulator.failure.Failure;
import io.ampacity.simulator.report.FailureWindow;
import io.ampacity.simulator.report.WindowResult;
import io.ampacity.simulator.report.WorkloadResult;
import java.util.Map;
import java.util.TreeMap;

/**
 * By how much a replay missed what was promised, by workload: outside failures the promised share of requests, during a loss that
 * the policy wants survived that share times the service that must remain.
 */
final class Shortfalls {

    private Shortfalls() {}

    /** Percentage points missed, as a share; workloads that missed nothing are left out. */
    static Map<String, Double> of(Scenario scenario, Proof proof) {
        Map<String, Double> missed = new TreeMap<>();
        for (WorkloadResult workload : proof.result().byWorkload()) {
            Double promised = workload.promisedAttainment();
            if (promised == null) {
                continue;
            }
            double worst = promised - calm(proof, workload);
            for (int i = 0; i < proof.failures().size(); i++) {
                Failure failure = proof.failures().get(i);
                double service = service(scenario, failure);
                for (FailureWindow window : proof.result().failures()) {
                    boolean about = window.workload().equals(workload.workload())
                            && window.startSeconds() == failure.startSeconds()
                            && window.failure().equals(failure.name());
                    Double attained = window.during().sloAttainment();
                    if (about && service > 0 && attained != null) {
                        worst = Math.max(worst, service * promised - attained);
                    }
                }
            }
            if (worst > 0) {
                missed.put(workload.workload(), worst);
            }
        }
        return missed;
    }

    /**
     * The worst attainment before or after any failure, each by itself as the decision paper judges them; over everything where
     * there were none.
     */
    private static double calm(Proof proof, WorkloadResult workload) {
        double worst = Double.POSITIVE_INFINITY;
        for (FailureWindow window : proof.result().failures()) {
            if (window.workload().equals(workload.workload())) {
                for (WindowResult part : new WindowResult[] {window.before(), window.after()}) {
                    Double share = part.sloAttainment();
                    worst = share == null ? worst : Math.min(worst, share);
                }
            }
        }
        Double all = workload.sloAttainment();
        return Double.isFinite(worst) ? worst : all == null ? 1 : all;
    }

    private static double service(Scenario scenario, Failure failure) {
        if (!(failure.effect() instanceof Effect.Down)) {
            return 0;
        }
        LossOf loss =
                switch (failure.scope()) {
                    case SUPPLIER -> LossOf.SUPPLIER;
                    case SITE -> LossOf.SITE;
                    case POOL, CHIP, REPLICA, SERVER, LINK, REGION, CONTROL_PLANE -> null;
                };
        return scenario.policy().survivals().stream()
                .filter(survival -> survival.loss() == loss)
                .mapToDouble(Policy.Survival::service)
                .max()
                .orElse(0);
    }
}
