package io.ampacity.planner;

import io.ampacity.planner.coefficients.Coefficients;
import io.ampacity.planner.coefficients.PlannerException;
import io.ampacity.planner.limits.FailuresBecomeKnown;
import io.ampacity.planner.limits.LimitFamily;
import io.ampacity.planner.model.Answer;
import io.ampacity.planner.model.Candidate;
import io.ampacity.planner.model.Candidates;
import io.ampacity.planner.model.Costs;
import io.ampacity.planner.model.JointModel;
import io.ampacity.planner.model.JointModel.Outlook;
import io.ampacity.planner.model.JointModel.Part;
import io.ampacity.planner.model.Market;
import io.ampacity.planner.model.Mode;
import io.ampacity.planner.model.PlanModel;
import io.ampacity.planner.model.Pool;
import io.ampacity.planner.model.Unknowns;
import io.ampacity.planner.solver.Deadline;
import io.ampacity.planner.solver.LinearModel;
import io.ampacity.planner.solver.LinearSolution;
import io.ampacity.planner.solver.LinearSum;
import io.ampacity.planner.solver.MixedIntegerSolution;
import io.ampacity.planner.solver.Outcome;
import io.ampacity.planner.solver.SolveOptions;
import io.ampacity.planner.solver.Solver;
import io.ampacity.planner.solver.SolverException;
import io.ampacity.planner.solver.highs.HighsSolver;
import io.ampacity.scenario.Plan;
import io.ampacity.scenario.Scenario;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Answers a scenario with the cheapest plan that keeps every policy, and proves how close to the cheapest it is.
 *
 * <p>The same scenario, in whatever order its entries stand, gives the same plan. Thread-safe.
 */
public final class Planner {

    private static final int VERSION = 1;
    private static final double A_CENT = 0.01;
    private static final double LEAST_FOR_REASONS = 0.25;
    /** Until then a plan near another is made better. */
    private static final double QUICK_SECONDS = 0.8;

    private static final int FEW_NODES = 20;

    private static final MixedIntegerSolution NOTHING =
            new MixedIntegerSolution(Outcome.UNDECIDED, Double.NaN, Double.NaN, new double[0]);
    /** What weights that swing less may cost more, as a part of the cost. */
    private static final double WORTH_STEADINESS = 1e-4;

    private final Solver solver;

    /** A planner that solves with HiGHS. */
    public Planner() {
        this(new HighsSolver());
    }

    public Planner(Solver solver) {
        this.solver = solver;
    }

    /** Plans without a hash of the scenario document. */
    public Plan plan(Scenario scenario, Coefficients coefficients, PlannerOptions options) {
        return plan(scenario, "", coefficients, options);
    }

    /**
     * Plans.
     *
     * @param scenarioHash SHA-256 of the scenario document, copied into the plan
     * @throws PlannerException when the scenario lacks something without which a limit or cost cannot be built
     * @throws SolverException when the solver cannot be loaded or its answer fails its proof
     */
    public Plan plan(Scenario scenario, String scenarioHash, Coefficients coefficients, PlannerOptions options) {
        List<Outlook> outlooks = outlooks(scenario, coefficients, options);
        Deadline deadline = Deadline.in(options.timeLimitSeconds());
        return answered(scenario, scenarioHash, outlooks, options, deadline, Restriction.NONE, Integer.MAX_VALUE)
                .orElseGet(() -> infeasible(scenario, scenarioHash, outlooks, options, deadline));
    }

    /** The cheapest plan among those that keep a restriction beside the rules of the scenario; empty when there is none. */
    public Optional<Plan> plan(
            Scenario scenario,
            String scenarioHash,
            Coefficients coefficients,
            PlannerOptions options,
            Restriction restriction) {
        List<Outlook> outlooks = outlooks(scenario, coefficients, options);
        Deadline deadline = Deadline.in(options.timeLimitSeconds());
        return answered(scenario, scenarioHash, outlooks, options, deadline, restriction, Integer.MAX_VALUE);
    }

    /**
     * The same when it is known from a period on which future came, so that orders from then on may follow it; empty when
     * there is none.
     */
    public Optional<Plan> planKnowingFrom(
            int period, Scenario scenario, Coefficients coefficients, PlannerOptions options, Restriction restriction) {
        List<Outlook> outlooks = outlooks(scenario, coefficients, options);
        Deadline deadline = Deadline.in(options.timeLimitSeconds());
        return answered(scenario, "", outlooks, options, deadline, restriction, period);
    }

    /**
     * The plan that is best for another aim than cost, among those that cost no more than a limit; empty when none is found
     * in time. Ties in the aim may cost more than they need.
     *
     * @param start where the search starts
     * @param provenUsd cost that no plan is below, to tell how near the one found is to the cheapest
     * @param mostUsd most it may cost, discounted, as the scenario weighs its futures; infinite for no limit. Not for
     *     scenarios that weigh the tail of their futures
     */
    public Optional<Plan> planFor(
            Aim aim,
            Restriction start,
            double provenUsd,
            double mostUsd,
            Scenario scenario,
            Coefficients coefficients,
            PlannerOptions options) {
        List<Outlook> outlooks = outlooks(scenario, coefficients, options);
        Deadline deadline = Deadline.in(options.timeLimitSeconds());
        JointModel model = new JointModel(scenario, outlooks, Mode.strict(), Integer.MAX_VALUE);
        LinearSum cost = new LinearSum();
        for (Part part : model.parts()) {
            LimitFamily.all().forEach(family -> family.addTo(part.model()));
            cost.plus(part.future().probability(), Costs.of(part.model()));
        }
        FailuresBecomeKnown.addTo(model);
        if (Double.isFinite(mostUsd)) {
            double size = Math.max(1, Math.abs(mostUsd));
            model.linear().atMost("cost", new LinearSum().plus(1 / size, cost), mostUsd / size);
        }
        model.linear().minimise(aim.of(model));
        MixedIntegerSolution best = new Search(solver, model, options, deadline).solution(start.start(model));
        if (!best.hasValues()) {
            return Optional.empty();
        }
        return Optional.of(
                found(scenario, "", model, costed(scenario, model, best.values(), provenUsd, options), List.of()));
    }

    /** An answer by what it costs, whatever was minimised to find it. */
    private static MixedIntegerSolution costed(
            Scenario scenario, JointModel model, double[] values, double provenUsd, PlannerOptions options) {
        double[] costs = new double[model.parts().size()];
        for (int f = 0; f < costs.length; f++) {
            costs[f] = Costs.of(model.parts().get(f).model()).value(values);
        }
        double usd =
                scenario.futures().isEmpty() ? costs[0] : scenario.futures().weighed(costs);
        double bound = Math.min(usd, provenUsd);
        boolean close = usd - bound <= options.relativeGap() * Math.abs(usd) + A_CENT;
        return new MixedIntegerSolution(close ? Outcome.OPTIMAL : Outcome.FEASIBLE, usd, bound, values);
    }

    /**
     * A plan near another.
     *
     * @param solveSeconds that the searches took, without what they need to know of chips and models
     */
    public record Near(Plan plan, double solveSeconds) {}

    /**
     * A good plan near another that stood, found quickly; empty when none is found in time. Among serving weights of one cost those
     * nearest to the other plan's are taken. The gap is that to the best of all plans that the last reach leaves.
     */
    public Optional<Near> planNear(
            Nearby nearby, Scenario scenario, String scenarioHash, Coefficients coefficients, PlannerOptions options) {
        List<Outlook> outlooks = outlooks(scenario, coefficients, options);
        Deadline deadline = Deadline.in(options.timeLimitSeconds());
        double[] best = null;
        for (Restriction reach : nearby.reaches()) {
            JointModel model = model(scenario, outlooks, Mode.strict());
            if (reach.restrict(model)) {
                model.linear().minimise(nearby.costOfChange(model));
                double[] start = best == null ? reach.start(model) : possible(model.linear(), best);
                // Some answer is worth the time that is given; a better one only while it is quick.
                Deadline until = best == null ? deadline : deadline.orIn(QUICK_SECONDS - deadline.secondsUsed());
                SolveOptions search = SolveOptions.withGap(options.relativeGap(), until.limit())
                        .withNodeLimit(best == null ? FEW_NODES : Integer.MAX_VALUE)
                        .tellingProgress(options.progress());
                MixedIntegerSolution found = new AroundRelaxation(solver).solve(model.linear(), search, start, until);
                if (!found.hasValues() && best == null) {
                    found = solver.solve(model.linear(), start == null ? search : search.startingFrom(start));
                }
                found = isBetter(found, model, best) ? found : NOTHING;
                best = found.hasValues() ? found.values() : best;
            }
        }
        if (best == null) {
            return Optional.empty();
        }
        JointModel model = model(scenario, outlooks, Mode.strict());
        nearby.asked().restrict(model);
        LinearSolution relaxation = solver.solveLinear(model.linear().relaxed(null), deadline);
        boolean solved = relaxation.outcome() == Outcome.OPTIMAL;
        double proven = solved ? relaxation.objective() : model.linear().leastObjective();
        List<Plan.BindingLimit> prices =
                solved ? ShadowPrices.of(model, relaxation.duals(), relaxation.values()) : List.of();
        double[] values = best;
        if (scenario.futures().tailWeight() == 0) {
            values = steady(nearby, scenario, outlooks, best, deadline);
        }
        Plan plan = found(scenario, scenarioHash, model, costed(scenario, model, values, proven, options), prices);
        return Optional.of(new Near(plan, deadline.secondsUsed()));
    }

    private static boolean isBetter(MixedIntegerSolution found, JointModel model, double @Nullable [] best) {
        return found.hasValues()
                && (best == null || found.objective() < model.linear().objective(best));
    }

    /** Of values, those within the bounds of a model; NaN for the rest, since HiGHS refuses a start beyond what can be. */
    private static double[] possible(LinearModel model, double[] values) {
        double[] possible = values.clone();
        for (int i = 0; i < possible.length; i++) {
            if (possible[i] < model.lower(i) || possible[i] > model.upper(i)) {
                possible[i] = Double.NaN;
            }
        }
        return possible;
    }

    /** The same whole numbers, with weights as near to those that stood as cost allows. */
    private double[] steady(
            Nearby nearby, Scenario scenario, List<Outlook> outlooks, double[] values, Deadline deadline) {
        JointModel model = new JointModel(scenario, outlooks, Mode.strict(), Integer.MAX_VALUE);
        LinearSum cost = new LinearSum();
        for (Part part : model.parts()) {
            LimitFamily.all().forEach(family -> family.addTo(part.model()));
            cost.plus(part.future().probability(), Costs.of(part.model()));
        }
        FailuresBecomeKnown.addTo(model);
        nearby.asked().restrict(model);
        double most = cost.value(values) * (1 + WORTH_STEADINESS);
        double size = Math.max(1, most);
        model.linear().atMost("cost", new LinearSum().plus(1 / size, cost), most / size);
        model.linear().minimise(nearby.swing(model));
        LinearSolution steady = solver.solveLinear(model.linear().relaxed(values), deadline);
        return steady.outcome() == Outcome.OPTIMAL ? steady.values() : values;
    }

    private static List<Outlook> outlooks(Scenario scenario, Coefficients coefficients, PlannerOptions options) {
        List<Outlook> outlooks = JointModel.outlooks(scenario, coefficients, options.assumptions());
        for (Outlook outlook : outlooks) {
            outlook.market().warnings().addAll(Unknowns.of(outlook.market(), usable(outlook.candidates())));
        }
        return outlooks;
    }

    private Optional<Plan> answered(
            Scenario scenario,
            String scenarioHash,
            List<Outlook> outlooks,
            PlannerOptions options,
            Deadline deadline,
            Restriction restriction,
            int knownFrom) {
        JointModel model = model(scenario, outlooks, Mode.strict(), knownFrom);
        LinearModel all = restriction.isWanted() ? null : model.linear().relaxed(null);
        if (!restriction.restrict(model)) {
            return Optional.empty();
        }
        Search.Found found = new Search(solver, model, options, deadline).found(restriction.start(model));
        MixedIntegerSolution solution = found.solution();
        if (all != null && solution.hasValues()) {
            LinearSolution relaxation = solver.solveLinear(all, deadline);
            double bound = relaxation.outcome() == Outcome.OPTIMAL ? relaxation.objective() : all.leastObjective();
            boolean close = solution.objective() - bound <= options.relativeGap() * Math.abs(solution.objective());
            solution = new MixedIntegerSolution(
                    close ? Outcome.OPTIMAL : Outcome.FEASIBLE, solution.objective(), bound, solution.values());
        }
        return switch (solution.outcome()) {
            case OPTIMAL, FEASIBLE -> Optional.of(found(scenario, scenarioHash, model, solution, found.prices()));
            case INFEASIBLE -> Optional.empty();
            case UNBOUNDED ->
                throw new SolverException("the cost of this scenario falls without end: the model is broken");
            case UNDECIDED -> {
                if (!restriction.isWanted()) {
                    yield Optional.empty(); // a short cut that leads nowhere proves nothing
                }
                throw new PlannerException("no plan was found in " + options.timeLimitSeconds()
                        + " s, nor a proof that there is none. Maybe allow more time, or a shorter horizon");
            }
        };
    }

    private static Set<Pool> usable(Candidates candidates) {
        Set<Pool> pools = new TreeSet<>();
        candidates.serving().stream().map(Candidate::pool).forEach(pools::add);
        candidates.training().stream().map(Candidate::pool).forEach(pools::add);
        candidates.batch().stream().map(Candidate::pool).forEach(pools::add);
        return pools;
    }

    static PlanModel model(Market market, Candidates candidates, Mode mode) {
        PlanModel model = new PlanModel(market, candidates, mode);
        LimitFamily.all().forEach(family -> family.addTo(model));
        Costs.addTo(model);
        return model;
    }

    static JointModel model(Scenario scenario, List<Outlook> outlooks, Mode mode) {
        return model(scenario, outlooks, mode, Integer.MAX_VALUE);
    }

    private static JointModel model(Scenario scenario, List<Outlook> outlooks, Mode mode, int knownFrom) {
        JointModel model = new JointModel(scenario, outlooks, mode, knownFrom);
        for (Part part : model.parts()) {
            LimitFamily.all().forEach(family -> family.addTo(part.model()));
        }
        FailuresBecomeKnown.addTo(model);
        model.addCosts();
        return model;
    }

    private Plan found(
            Scenario scenario,
            String hash,
            JointModel model,
            MixedIntegerSolution solution,
            List<Plan.BindingLimit> prices) {
        List<Plan.FuturePlan> futures = new ArrayList<>();
        double[] costs = new double[model.parts().size()];
        for (int f = 0; f < costs.length; f++) {
            Part part = model.parts().get(f);
            Answer answer = new Answer(part.model(), solution.values());
            List<Plan.PeriodTotals> totals = answer.totals();
            costs[f] = Answer.discounted(scenario.horizon(), totals);
            futures.add(new Plan.FuturePlan(
                    part.future().id(),
                    part.future().probability(),
                    costs[f],
                    answer.capacity(),
                    answer.placement(),
                    totals,
                    answer.sales()));
        }
        double objective =
                scenario.futures().isEmpty() ? costs[0] : scenario.futures().weighed(costs);
        double tolerance = 0.005 + (scenario.futures().tailWeight() > 0 ? 1e-7 : 1e-9) * Math.abs(objective);
        if (!(Math.abs(objective - solution.objective()) <= tolerance)) {
            throw new SolverException("the plan costs " + objective + " USD by its own totals and "
                    + solution.objective() + " USD by the solver");
        }
        double bound = Math.min(solution.bound(), objective);
        Part likeliest = model.likeliest();
        Plan.FuturePlan shown = futures.get(model.parts().indexOf(likeliest));
        Set<String> warnings = new LinkedHashSet<>();
        model.parts().forEach(part -> warnings.addAll(part.model().warnings()));
        return new Plan(
                VERSION,
                scenario.name(),
                hash,
                solution.outcome() == Outcome.OPTIMAL ? Plan.Status.OPTIMAL : Plan.Status.FEASIBLE,
                objective,
                bound,
                new MixedIntegerSolution(solution.outcome(), objective, bound, solution.values()).gap(),
                new Answer(likeliest.model(), solution.values()).periods(),
                shown.capacity(),
                shown.placement(),
                shown.totals(),
                prices,
                List.of(),
                new ArrayList<>(warnings),
                scenario.futures().isEmpty() ? List.of() : futures,
                null,
                projects(scenario, model, solution.values()),
                List.of(),
                shown.sales());
    }

    /** What is undertaken; the same in all futures, though one that delays it beyond the horizon may not know of it. */
    private static List<Plan.Project> projects(Scenario scenario, JointModel model, double[] values) {
        Map<String, Plan.Project> undertaken = new TreeMap<>();
        for (Part part : model.parts()) {
            for (Plan.Project each : new Answer(part.model(), values).projects()) {
                Integer ready = scenario.projects().ready(each.project(), each.period(), scenario.horizon());
                String key = each.project() + String.format(Locale.ROOT, "%05d", each.period());
                undertaken.put(key, new Plan.Project(each.project(), each.period(), each.count(), ready));
            }
        }
        return List.copyOf(undertaken.values());
    }

    /** Why there is no plan: the first future that has none by itself, or that they cannot share their orders. */
    private Plan infeasible(
            Scenario scenario, String hash, List<Outlook> outlooks, PlannerOptions options, Deadline deadline) {
        // What must give way is worth a little more time than was asked for.
        double seconds = Math.max(deadline.limit(), options.timeLimitSeconds() * LEAST_FOR_REASONS);
        for (Outlook outlook : outlooks) {
            if (outlooks.size() > 1) {
                PlanModel alone = model(outlook.market(), outlook.candidates(), Mode.strict());
                SolveOptions any = SolveOptions.withGap(1, seconds);
                if (solver.solve(alone.linear(), any).outcome() != Outcome.INFEASIBLE) {
                    continue;
                }
                outlook.market()
                        .warnings()
                        .add("in the future " + outlook.future().id() + " there is no plan, whatever is ordered");
            }
            return new Relaxer(solver, outlook.market(), outlook.candidates(), options.within(seconds))
                    .infeasible(hash);
        }
        throw new PlannerException("scenario " + scenario.name() + " has a plan for each of its futures, but none whose"
                + " orders do for all of them. Maybe raise a budget, or allow rent without a commitment");
    }
}
