package io.ampacity.planner.strategy;

import io.ampacity.planner.Planner;
import io.ampacity.planner.PlannerOptions;
import io.ampacity.planner.coefficients.Coefficients;
import io.ampacity.planner.model.JointModel;
import io.ampacity.planner.model.Use;
import io.ampacity.scenario.Plan;
import io.ampacity.scenario.Scenario;
import io.ampacity.scenario.Workload;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Period after period, workload after workload by priority, replicas are taken where a request is cheapest at the moment,
 * until there is no more of it, then where it is next cheapest. Own chips first; nothing is committed.
 */
final class CheapestFirst implements Strategy {

    @Override
    public String id() {
        return "cheapest-first";
    }

    @Override
    public String description() {
        return "each workload on the cheapest chips by the hour that are left, nothing committed";
    }

    @Override
    public Optional<Plan> plan(Planner planner, Scenario question, Coefficients coefficients, PlannerOptions options) {
        return planner.plan(question, "", coefficients, options, CheapestFirst::chosen);
    }

    private static boolean chosen(JointModel model) {
        OnDemand.only(model);
        for (JointModel.Part part : model.parts()) {
            List<Workload> workloads = part.model().market().workloads().stream()
                    .sorted(Comparator.comparingInt(CheapestFirst::priority)
                            .reversed()
                            .thenComparing(Workload::id))
                    .toList();
            for (int p = 0; p < model.periods(); p++) {
                OnDemand market = new OnDemand(part.model(), p);
                Map<Use.Serving, Integer> replicas = new HashMap<>();
                for (Workload workload : workloads) {
                    if (workload instanceof Workload.Serving && !served(market, workload.id(), replicas)) {
                        return false;
                    }
                }
                for (Use.Serving use : part.model().serving(p)) {
                    int count = replicas.getOrDefault(use, 0);
                    model.linear()
                            .widen(
                                    use.replicas(),
                                    Math.max(
                                            count,
                                            model.linear().upper(use.replicas().index())));
                    model.linear().bound(use.replicas(), count, count);
                }
            }
        }
        return true;
    }

    private static int priority(Workload workload) {
        return workload instanceof Workload.Serving serving ? serving.priority() : Integer.MIN_VALUE;
    }

    private static boolean served(OnDemand market, String workload, Map<Use.Serving, Integer> replicas) {
        double left = 1;
        List<Use.Serving> uses = market.cheapestFirst(workload);
        if (uses.isEmpty()) {
            return true; // no traffic, or nowhere to put it, which the model says
        }
        for (Use.Serving use : uses) {
            int chips = use.candidate().chips();
            while (left > 1e-9 && market.left(use.candidate().pool()) >= chips) {
                market.take(use.candidate().pool(), chips);
                replicas.merge(use, 1, Integer::sum);
                left -= use.peakPerReplica();
            }
        }
        return left <= 1e-9;
    }
}
