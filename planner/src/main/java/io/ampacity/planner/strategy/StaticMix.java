package io.ampacity.planner.strategy;

import io.ampacity.planner.Planner;
import io.ampacity.planner.PlannerOptions;
import io.ampacity.planner.coefficients.Coefficients;
import io.ampacity.planner.model.JointModel;
import io.ampacity.planner.model.Use;
import io.ampacity.planner.solver.LinearSum;
import io.ampacity.scenario.Plan;
import io.ampacity.scenario.Scenario;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The cheapest mix of chips on demand for the load, found by integer programming, the same in every period: the allocation of
 * Mélange (Griggs et al. 2024), which knows a load but neither time nor contracts.
 */
final class StaticMix implements Strategy {

    @Override
    public String id() {
        return "static-mix";
    }

    @Override
    public String description() {
        return "the best mix of chips on demand, the same in every period (after Mélange)";
    }

    @Override
    public Optional<Plan> plan(Planner planner, Scenario question, Coefficients coefficients, PlannerOptions options) {
        return planner.plan(question, "", coefficients, options, StaticMix::always);
    }

    private static boolean always(JointModel model) {
        OnDemand.only(model);
        Map<String, Use.Serving> first = new HashMap<>();
        for (JointModel.Part part : model.parts()) {
            for (Use.Serving use : part.model().serving()) {
                Use.Serving other = first.putIfAbsent(use.candidate().id(), use);
                if (other != null) {
                    double most = Math.max(
                            model.linear().upper(use.replicas().index()),
                            model.linear().upper(other.replicas().index()));
                    model.linear().widen(use.replicas(), most);
                    model.linear().widen(other.replicas(), most);
                    model.linear()
                            .equal(
                                    "same[" + use.candidate().id() + "," + use.period() + "]",
                                    LinearSum.of(1, use.replicas()).plus(-1, other.replicas()),
                                    0);
                }
            }
        }
        return true;
    }
}
