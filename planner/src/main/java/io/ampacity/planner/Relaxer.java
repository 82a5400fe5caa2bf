package io.ampacity.planner;

import io.ampacity.planner.limits.LimitFamily;
import io.ampacity.planner.model.Candidates;
import io.ampacity.planner.model.Costs;
import io.ampacity.planner.model.Exclusion;
import io.ampacity.planner.model.Limit;
import io.ampacity.planner.model.Market;
import io.ampacity.planner.model.Mode;
import io.ampacity.planner.model.PlanModel;
import io.ampacity.planner.solver.LinearSum;
import io.ampacity.planner.solver.MixedIntegerSolution;
import io.ampacity.planner.solver.Outcome;
import io.ampacity.planner.solver.SolveOptions;
import io.ampacity.planner.solver.Solver;
import io.ampacity.planner.solver.SolverException;
import io.ampacity.scenario.Plan;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * Finds out why there is no plan: which limits clash, and the cheapest set of them to relax.
 *
 * <p>In the elastic model every limit may give way. A limit costs what it gives way by as a share of its own size, plus a
 * hundredth for giving way at all, so that few limits give way a little; work left undone costs ten times as much, for
 * a plan that serves less is the last resort. The relaxations are applied and the strict model is solved again: what is
 * reported is known to help.
 *
 * <p>The limits that clash are found by leaving out one after the other: what can be left out without curing the
 * clash is no part of it (a deletion filter, Chinneck and Dravnieks 1991).
 */
final class Relaxer {

    private static final double PER_LIMIT = 0.01;
    private static final double UNDONE = 10;
    private static final double CLASH_SECONDS = 5;
    /** Rounding one relaxation up can tighten a share of another: then a little more of each is tried. */
    private static final double[] MARGINS = {0, 0.001, 0.01, 0.05, 0.2};

    private static final int MOST_CLASH_SEARCHES = 80;

    private final Solver solver;
    private final Market market;
    private final Candidates candidates;
    private final PlannerOptions options;

    Relaxer(Solver solver, Market market, Candidates candidates, PlannerOptions options) {
        this.solver = solver;
        this.market = market;
        this.candidates = candidates;
        this.options = options;
    }

    /** The plan that says there is none, and why. */
    Plan infeasible(String hash) {
        double reference = referenceUsd();
        PlanModel elastic = new PlanModel(market, candidates, new Mode(true, Map.of(), Set.of(), reference));
        LimitFamily.all().forEach(family -> family.addTo(elastic));
        elastic.linear().minimise(price(elastic));
        MixedIntegerSolution solution = solver.solve(
                elastic.linear(),
                SolveOptions.withGap(Math.max(options.relativeGap(), 1e-4), options.timeLimitSeconds()));
        if (!solution.hasValues()) {
            throw new SolverException("even with every limit relaxed no plan was found: the model is broken");
        }
        List<Plan.Relaxation> relaxations = cure(elastic, solution.values(), reference);
        List<String> warnings = new ArrayList<>(market.warnings());
        warnings.addAll(nowhere());
        Set<String> clash = clash(elastic, reference);
        if (!clash.isEmpty()) {
            warnings.add("these limits cannot hold together: " + String.join(", ", clash));
        }
        List<String> periods = new ArrayList<>();
        for (int p = 0; p < market.periods(); p++) {
            periods.add(market.scenario().horizon().periodName(p));
        }
        return new Plan(
                1,
                market.scenario().name(),
                hash,
                Plan.Status.INFEASIBLE,
                Double.NaN,
                Double.NaN,
                Double.NaN,
                periods,
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                relaxations,
                warnings);
    }

    /** What the work would roughly cost without any limit: a size for limits that have none of their own. */
    private double referenceUsd() {
        PlanModel elastic = new PlanModel(market, candidates, new Mode(true, Map.of(), Set.of(), 1));
        LimitFamily.all().forEach(family -> family.addTo(elastic));
        LinearSum undone = new LinearSum();
        for (PlanModel.Give give : elastic.gives()) {
            var slack = give.slack();
            if (slack != null && isWork(give.limit())) {
                undone.plus(1e9 / Math.max(1e-9, give.limit().size()), slack);
            }
        }
        elastic.linear().minimise(undone.plus(1, Costs.of(elastic)));
        var solution = solver.solveLinear(elastic.linear().relaxed(null));
        double cost = solution.outcome() == Outcome.OPTIMAL ? Costs.of(elastic).value(solution.values()) : 1;
        return Math.max(1, cost);
    }

    private static boolean isWork(Limit limit) {
        return limit.name().startsWith("workloads.");
    }

    private static LinearSum price(PlanModel elastic) {
        LinearSum price = new LinearSum();
        for (PlanModel.Give give : elastic.gives()) {
            var slack = give.slack();
            if (slack == null) {
                continue;
            }
            Limit limit = give.limit();
            double size = limit.size() > 0 ? limit.size() : 1;
            price.plus((isWork(limit) ? UNDONE : 1) / size, slack);
            // A limit without an upper bound on its slack is not worth a binary with a vast coefficient.
            double most = elastic.linear().upper(slack.index());
            if (Double.isFinite(most)) {
                var gives = elastic.linear().binary("gives[" + slack.name() + "]");
                elastic.linear()
                        .atMost(
                                "gives[" + slack.name() + "]",
                                LinearSum.of(1, slack).plus(-most, gives),
                                0);
                price.plus(PER_LIMIT, gives);
            }
        }
        return price;
    }

    /** Up to a figure a person would write, never down; dust is nothing. */
    private static double roundedUp(double units, Limit limit) {
        double size = Math.max(1e-9, limit.size());
        if (units <= 1e-6 * size || units <= 1e-9) {
            return 0;
        }
        if (limit.unit().equals("chip") || limit.unit().equals("team")) {
            return Math.ceil(units - 1e-6);
        }
        double grain = Math.pow(10, Math.floor(Math.log10(units)) - 3);
        return Math.ceil(units * (1 + 1e-7) / grain) * grain;
    }

    /** The relaxations of an elastic answer, with the smallest margin that is known to help. */
    private List<Plan.Relaxation> cure(PlanModel elastic, double[] values, double reference) {
        for (double margin : MARGINS) {
            Map<Limit.Key, Double> relaxed = new LinkedHashMap<>();
            List<Plan.Relaxation> relaxations = new ArrayList<>();
            for (PlanModel.Give give : elastic.gives()) {
                double units = roundedUp(give.unitsAt().applyAsDouble(values) * (1 + margin), give.limit());
                if (isWork(give.limit())) {
                    units = Math.min(units, give.limit().size()); // no more can be left undone than there is to do
                }
                if (units > 0) {
                    relaxed.put(give.limit().key(), units);
                    relaxations.add(told(give.limit(), units));
                }
            }
            PlanModel again = Planner.model(market, candidates, new Mode(false, relaxed, Set.of(), reference));
            MixedIntegerSolution solution =
                    solver.solve(again.linear(), SolveOptions.withGap(1, options.timeLimitSeconds()));
            if (solution.hasValues()) {
                return relaxations;
            }
        }
        throw new SolverException("relaxing what the elastic model relaxed leaves no plan: the model is broken");
    }

    private Plan.Relaxation told(Limit limit, double units) {
        Integer period = limit.period();
        String when = period == null ? "" : " in " + market.scenario().horizon().periodName(period);
        String explanation = String.format(
                Locale.ROOT,
                "%s by %,.6g %s%s (from %,.6g)",
                limit.relaxing(),
                units,
                limit.unit(),
                when,
                limit.size());
        return new Plan.Relaxation(limit.name(), period, units, limit.unit(), explanation);
    }

    /** For each workload without any candidate, why it can run nowhere. */
    private List<String> nowhere() {
        List<String> told = new ArrayList<>();
        for (var workload : market.workloads()) {
            boolean any = candidates.serving().stream()
                            .anyMatch(c -> c.workload().equals(workload))
                    || candidates.training().stream().anyMatch(c -> c.workload().equals(workload))
                    || candidates.batch().stream().anyMatch(c -> c.workload().equals(workload));
            if (!any) {
                Set<String> reasons = new LinkedHashSet<>();
                for (Exclusion exclusion : candidates.exclusions()) {
                    if (exclusion.workload().equals(workload.id())) {
                        reasons.add(exclusion.pool().id() + ": " + exclusion.reason());
                    }
                }
                told.add("workloads." + workload.id() + " can run nowhere: "
                        + (reasons.isEmpty() ? "there are no chips at all" : String.join("; ", reasons)));
            }
        }
        return told;
    }

    /** A smallest set of limits that cannot hold together; empty when the search for it would take too long. */
    private Set<String> clash(PlanModel elastic, double reference) {
        Set<String> names = new LinkedHashSet<>();
        for (PlanModel.Give give : elastic.gives()) {
            names.add(give.limit().name());
        }
        if (names.size() > MOST_CLASH_SEARCHES) {
            return Set.of();
        }
        // Work is tried last, so that it stays in the set: it is what the other limits stand against.
        List<String> order = new ArrayList<>(names);
        order.sort((a, b) -> Boolean.compare(a.startsWith("workloads."), b.startsWith("workloads.")));
        Set<String> dropped = new LinkedHashSet<>();
        for (String name : order) {
            Set<String> without = new LinkedHashSet<>(dropped);
            without.add(name);
            PlanModel model = new PlanModel(market, candidates, new Mode(false, Map.of(), without, reference));
            LimitFamily.all().forEach(family -> family.addTo(model));
            Outcome outcome = solver.solve(model.linear(), SolveOptions.withGap(1, CLASH_SECONDS))
                    .outcome();
            if (outcome == Outcome.UNDECIDED) {
                return Set.of();
            }
            if (outcome == Outcome.INFEASIBLE) {
                dropped.add(name);
            }
        }
        names.removeAll(dropped);
        return names;
    }
}
