package io.ampacity.planner.strategy;

import io.ampacity.planner.Planner;
import io.ampacity.planner.PlannerOptions;
import io.ampacity.planner.coefficients.Coefficients;
import io.ampacity.planner.model.JointModel;
import io.ampacity.planner.model.Use;
import io.ampacity.scenario.Plan;
import io.ampacity.scenario.Scenario;
import io.ampacity.scenario.Workload;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * For each workload one place and one kind of chip, the cheapest by the hour that has room for all of it, the next cheapest where
 * not, chosen once and kept: the way in which SkyPilot (Yang et al., NSDI 2023) places a job and fails over.
 */
final class OneChoice implements Strategy {

    @Override
    public String id() {
        return "one-choice";
    }

    @Override
    public String description() {
        return "each workload on the one cheapest offer with room for all of it, chosen once (after SkyPilot)";
    }

    @Override
    public Optional<Plan> plan(Planner planner, Scenario question, Coefficients coefficients, PlannerOptions options) {
        return planner.plan(question, "", coefficients, options, OneChoice::chosen);
    }

    private static boolean chosen(JointModel model) {
        OnDemand.only(model);
        Map<String, OnDemand> markets = new HashMap<>();
        for (Workload workload : model.parts().getFirst().model().market().workloads()) {
            if (workload instanceof Workload.Serving && !choose(model, workload.id(), markets)) {
                return false;
            }
        }
        return true;
    }

    private static OnDemand market(JointModel model, int part, int period, Map<String, OnDemand> markets) {
        return markets.computeIfAbsent(
                part + "," + period,
                absent -> new OnDemand(model.parts().get(part).model(), period));
    }

    private static boolean choose(JointModel model, String workload, Map<String, OnDemand> markets) {
        OnDemand first = market(model, 0, 0, markets);
        for (Use.Serving choice : first.cheapestFirst(workload)) {
            if (fits(model, choice.candidate().id(), markets, false)) {
                fits(model, choice.candidate().id(), markets, true);
                for (JointModel.Part part : model.parts()) {
                    for (Use.Serving use : part.model().serving()) {
                        boolean mine = use.candidate().workload().id().equals(workload);
                        if (mine
                                && !use.candidate()
                                        .id()
                                        .equals(choice.candidate().id())) {
                            model.linear().bound(use.replicas(), 0, 0);
                        }
                    }
                }
                return true;
            }
        }
        return first.cheapestFirst(workload).isEmpty();
    }

    /** Whether a candidate can carry all of its workload in every period of every future; then, if wanted, takes it. */
    private static boolean fits(JointModel model, String candidate, Map<String, OnDemand> markets, boolean take) {
        for (int f = 0; f < model.parts().size(); f++) {
            for (Use.Serving use : model.parts().get(f).model().serving()) {
                if (use.candidate().id().equals(candidate)) {
                    OnDemand market = market(model, f, use.period(), markets);
                    double replicas = Math.ceil(1 / use.peakPerReplica() - 1e-9);
                    double chips = replicas * use.candidate().chips();
                    if (market.left(use.candidate().pool()) < chips) {
                        return false;
                    }
                    if (take) {
                        market.take(use.candidate().pool(), (int) chips);
                    }
                }
            }
        }
        return true;
    }
}
