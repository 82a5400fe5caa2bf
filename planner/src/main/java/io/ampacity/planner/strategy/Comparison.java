package io.ampacity.planner.strategy;

import io.ampacity.planner.Planner;
import io.ampacity.planner.PlannerOptions;
import io.ampacity.planner.Restriction;
import io.ampacity.planner.coefficients.Coefficients;
import io.ampacity.planner.verify.PlanVerifier;
import io.ampacity.planner.verify.Violation;
import io.ampacity.scenario.Future;
import io.ampacity.scenario.Plan;
import io.ampacity.scenario.Scenario;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * A plan against what people do today and against what nobody can do better.
 *
 * @param plan the plan, which keeps every rule
 * @param lines the strategies
 * @param clairvoyantUsd what no plan can cost less than: the proven bound, of each future by itself where there are several
 */
public record Comparison(Plan plan, List<Line> lines, double clairvoyantUsd) {

    /**
     * One strategy.
     *
     * @param costUsd discounted; NaN when it found no plan
     * @param sameRulesUsd the cheapest plan known that keeps the rules this strategy keeps; NaN when it found none
     * @param saving of the latter over the former, 0 to 1
     * @param broken rules of the scenario that its plan breaks, by the independent verifier
     */
    public record Line(
            String strategy,
            String description,
            double costUsd,
            double sameRulesUsd,
            double saving,
            List<String> broken,
            @Nullable Plan plan) {
        public Line {
            broken = List.copyOf(broken);
        }
    }

    public Comparison {
        lines = List.copyOf(lines);
    }

    /** Compares a plan that stands. */
    public static Comparison of(
            Planner planner, Scenario scenario, Plan plan, Coefficients coefficients, PlannerOptions options) {
        List<Line> lines = new ArrayList<>();
        for (Strategy strategy : Strategy.all()) {
            lines.add(line(strategy, planner, scenario, plan, coefficients, options));
        }
        return new Comparison(plan, lines, clairvoyant(planner, scenario, plan, coefficients, options));
    }

    private static Line line(
            Strategy strategy,
            Planner planner,
            Scenario scenario,
            Plan plan,
            Coefficients coefficients,
            PlannerOptions options) {
        Scenario question = strategy.question(scenario);
        Optional<Plan> made = strategy.plan(planner, question, coefficients, options);
        if (made.isEmpty()) {
            return new Line(strategy.id(), strategy.description(), Double.NaN, Double.NaN, Double.NaN, List.of(), null);
        }
        Plan theirs = made.get();
        List<Violation> violations = new PlanVerifier(scenario, coefficients, options.assumptions()).verify(theirs);
        TreeSet<String> broken = new TreeSet<>();
        violations.forEach(violation -> broken.add(rule(violation.limit())));
        // A plan that keeps all rules keeps these too, so the cheaper of the two is known to be possible.
        double known = broken.isEmpty()
                ? plan.objectiveUsd()
                : planner.plan(question, "", coefficients, options, Restriction.NONE)
                        .map(ours -> Math.min(ours.objectiveUsd(), plan.objectiveUsd()))
                        .orElse(plan.objectiveUsd());
        double cost = theirs.objectiveUsd();
        double sameRules = Math.min(known, cost); // their own plan is one under the same rules
        return new Line(
                strategy.id(),
                strategy.description(),
                cost,
                sameRules,
                cost > 0 ? 1 - sameRules / cost : 0,
                List.copyOf(broken),
                theirs);
    }

    /** The rule without what it was broken for: {@code policy.survive.supplier} of any supplier and workload. */
    public static String rule(String limit) {
        int bracket = limit.indexOf('[');
        String rule = bracket < 0 ? limit : limit.substring(0, bracket);
        if (rule.startsWith("futures.")) {
            int second = rule.indexOf('.', "futures.".length());
            return second < 0 ? rule : rule.substring(second + 1);
        }
        return rule;
    }

    private static double clairvoyant(
            Planner planner, Scenario scenario, Plan plan, Coefficients coefficients, PlannerOptions options) {
        if (scenario.futures().isEmpty()) {
            return plan.boundUsd();
        }
        List<Future> futures = scenario.futures().ordered();
        double[] bounds = new double[futures.size()];
        for (int f = 0; f < bounds.length; f++) {
            bounds[f] = planner.plan(scenario.under(futures.get(f)), "", coefficients, options, Restriction.NONE)
                    .map(Plan::boundUsd)
                    .orElse(Double.NaN);
        }
        return scenario.futures().weighed(bounds);
    }
}
