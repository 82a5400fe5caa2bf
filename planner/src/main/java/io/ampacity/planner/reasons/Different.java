package io.ampacity.planner.reasons;

import io.ampacity.planner.Aim;
import io.ampacity.planner.Planner;
import io.ampacity.planner.PlannerOptions;
import io.ampacity.planner.Restriction;
import io.ampacity.planner.coefficients.Coefficients;
import io.ampacity.planner.coefficients.PlannerException;
import io.ampacity.planner.model.Holding;
import io.ampacity.planner.model.JointModel;
import io.ampacity.planner.model.Terms;
import io.ampacity.planner.solver.LinearSum;
import io.ampacity.scenario.Plan;
import io.ampacity.scenario.Plan.Capacity;
import io.ampacity.scenario.Scenario;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Plans that cost hardly more and are as different as can be.
 *
 * <p>Each is the plan that spends the least on what the plans before it use, counted once for each of them, among all plans
 * within a share of the cheapest cost (modelling to generate alternatives by Hop, Skip and Jump: Brill, Chang and Hopkins,
 * Management Science 28, 1982).
 */
public final class Different {

    private Different() {}

    /**
     * One of them.
     *
     * @param moreUsd what it costs more than the plan
     * @param kept share of its spending on chips that goes to what the plan uses as well, as much as there
     */
    public record Alternative(Plan plan, double moreUsd, double kept) {}

    /**
     * Up to so many of them; fewer when no further one differs.
     *
     * @param within most they cost more, as a share of the plan's cost
     */
    public static List<Alternative> of(
            Planner planner,
            Scenario scenario,
            Plan plan,
            Coefficients coefficients,
            PlannerOptions options,
            double within,
            int count) {
        if (scenario.futures().tailWeight() > 0) {
            throw new PlannerException("plans that weigh the worst futures cannot be limited in cost for other aims."
                    + " Maybe leave policy.risk out");
        }
        List<Plan> known = new ArrayList<>(List.of(plan));
        List<Alternative> found = new ArrayList<>();
        double most = plan.objectiveUsd() * (1 + within);
        while (found.size() < count) {
            Optional<Plan> next = planner.planFor(
                    leastOf(known), Restriction.NONE, plan.boundUsd(), most, scenario, coefficients, options);
            Map<String, Double> spending = next.map(Different::spending).orElse(Map.of());
            if (next.isEmpty() || known.stream().anyMatch(other -> overlap(spending, spending(other)) > 0.99)) {
                break;
            }
            known.add(next.get());
            found.add(new Alternative(
                    next.get(), next.get().objectiveUsd() - plan.objectiveUsd(), overlap(spending, spending(plan))));
        }
        return found;
    }

    /** What is minimised: discounted money for each contract of each pool, times how many of some plans use it. */
    private static Aim leastOf(List<Plan> plans) {
        Map<String, Integer> used = new TreeMap<>();
        plans.forEach(plan -> spending(plan).keySet().forEach(key -> used.merge(key, 1, Integer::sum)));
        return model -> {
            LinearSum sum = new LinearSum();
            for (JointModel.Part part : model.parts()) {
                for (Holding holding : part.model().holdings()) {
                    Terms terms = holding.terms();
                    int times = used.getOrDefault(
                            key(
                                    terms.supplier(),
                                    terms.pool().site(),
                                    terms.pool().chip(),
                                    terms.contract()),
                            0);
                    for (int p = 0; p < model.periods() && times > 0; p++) {
                        double factor = part.model().horizon().discountFactor(p);
                        holding.addCost(sum, p, times * part.future().probability() * factor);
                    }
                }
            }
            return sum;
        };
    }

    private static String key(String supplier, String site, String chip, String contract) {
        return String.join("|", supplier, site, chip, contract);
    }

    /** Money by what it goes to, chips owned already apart. */
    private static Map<String, Double> spending(Plan plan) {
        Map<String, Double> spending = new TreeMap<>();
        for (Capacity line : plan.capacity()) {
            if (!line.contract().equals("owned") && line.costUsd() > 0) {
                spending.merge(
                        key(line.supplier(), line.site(), line.chip(), line.contract()), line.costUsd(), Double::sum);
            }
        }
        return spending;
    }

    /** What two ways of spending have in common, as a share of the first. */
    private static double overlap(Map<String, Double> one, Map<String, Double> other) {
        double all = one.values().stream().mapToDouble(Double::doubleValue).sum();
        double common = 0;
        for (Map.Entry<String, Double> entry : one.entrySet()) {
            common += Math.min(entry.getValue(), other.getOrDefault(entry.getKey(), 0.0));
        }
        return all <= 0 ? 1 : common / all;
    }
}
