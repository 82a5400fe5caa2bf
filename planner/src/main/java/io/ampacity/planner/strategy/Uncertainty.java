package io.ampacity.planner.strategy;

import io.ampacity.planner.Planner;
import io.ampacity.planner.PlannerOptions;
import io.ampacity.planner.Restriction;
import io.ampacity.planner.coefficients.Coefficients;
import io.ampacity.planner.model.Holding;
import io.ampacity.planner.model.JointModel;
import io.ampacity.planner.model.Project;
import io.ampacity.planner.replan.Pinned;
import io.ampacity.planner.solver.Variable;
import io.ampacity.scenario.Future;
import io.ampacity.scenario.Futures;
import io.ampacity.scenario.Plan;
import io.ampacity.scenario.Scenario;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/**
 * What not knowing the future costs. All in discounted USD, weighed as the scenario weighs its futures.
 *
 * <table>
 *   <caption>Symbols (Birge and Louveaux, Introduction to Stochastic Programming, chapter 4)</caption>
 *   <tr><td>RP</td><td>the plan, made for all futures at once</td><td>{@code plan.objectiveUsd()}</td></tr>
 *   <tr><td>WS</td><td>each future planned by itself, as if known</td><td>{@code clairvoyantUsd}</td></tr>
 *   <tr><td>EEV</td><td>orders for the mean of all futures, and what they then cost</td><td>{@code meanOrdersUsd}</td></tr>
 *   <tr><td>EVPI</td><td>RP − WS: most that knowing the future is worth</td><td>{@code informationUsd}</td></tr>
 *   <tr><td>VSS</td><td>EEV − RP: what planning for all futures saves</td><td>{@code stochasticUsd}</td></tr>
 * </table>
 *
 * @param plan RP
 * @param clairvoyantUsd WS
 * @param meanOrdersUsd EEV; infinite when those orders break a rule in some future
 * @param knowingLaterUsd the best plan when one knows from the second period on which future came
 * @param waitingUsd the same without any order in the first period: what a plan costs that waits; infinite when none can
 * @param regrets of ordering for all futures, for their mean, and for one alone
 */
public record Uncertainty(
        Plan plan,
        double clairvoyantUsd,
        double meanOrdersUsd,
        double knowingLaterUsd,
        double waitingUsd,
        List<Regret> regrets) {

    /** Orders for single futures are tried only where there are so few. */
    private static final int MOST_FUTURES = 6;

    /**
     * How much more a set of orders costs than a clairvoyant's.
     *
     * @param orders whom or what they were made for
     * @param costUsd weighed; infinite when they break a rule in some future
     * @param byFuture how much more than the clairvoyant in each future; empty when the cost is infinite
     */
    public record Regret(String orders, double costUsd, Map<String, Double> byFuture) {

        /** The largest of a future; infinite when some future cannot be served. */
        public double most() {
            return byFuture.values().stream()
                    .mapToDouble(Double::doubleValue)
                    .max()
                    .orElse(Double.POSITIVE_INFINITY);
        }
    }

    public Uncertainty {
        regrets = List.copyOf(regrets);
    }

    /** Most that knowing the future is worth (EVPI). */
    public double informationUsd() {
        return Math.max(0, plan.objectiveUsd() - clairvoyantUsd);
    }

    /** What planning for all futures saves over planning for their mean (VSS). */
    public double stochasticUsd() {
        return Math.max(0, meanOrdersUsd - plan.objectiveUsd());
    }

    /** What it is worth to learn after one period which future comes, with orders of the first period as they may be. */
    public double learningUsd() {
        return Math.max(0, plan.objectiveUsd() - knowingLaterUsd);
    }

    /** What ordering nothing for one period, until one knows, saves over the plan; below 0 when waiting is dearer. */
    public double waitingValueUsd() {
        return plan.objectiveUsd() - waitingUsd;
    }

    /**
     * Weighs a plan that stands.
     *
     * @throws IllegalArgumentException when the scenario has no futures
     */
    public static Uncertainty of(
            Planner planner, Scenario scenario, Plan plan, Coefficients coefficients, PlannerOptions options) {
        List<Future> futures = scenario.futures().ordered();
        if (futures.isEmpty()) {
            throw new IllegalArgumentException("scenario " + scenario.name() + " has one future only");
        }
        List<Optional<Plan>> alone = new ArrayList<>();
        double[] known = new double[futures.size()];
        for (int f = 0; f < known.length; f++) {
            alone.add(planner.plan(scenario.under(futures.get(f)), "", coefficients, options, Restriction.NONE));
            // The plan for all is one for this future too, so nobody who knows pays more.
            double theirs = plan.futures().get(f).objectiveUsd();
            known[f] = Math.min(theirs, alone.get(f).map(Plan::objectiveUsd).orElse(theirs));
        }
        List<Regret> regrets = new ArrayList<>();
        regrets.add(regret("all futures", Optional.of(plan), futures, known));
        Optional<Plan> mean =
                planner.plan(scenario.under(mean(scenario.futures())), "", coefficients, options, Restriction.NONE);
        Optional<Plan> meanOrders = mean.flatMap(one -> pinned(planner, scenario, one, coefficients, options));
        regrets.add(regret("their mean", meanOrders, futures, known));
        for (int f = 0; f < known.length && known.length <= MOST_FUTURES; f++) {
            Optional<Plan> orders = alone.get(f).flatMap(one -> pinned(planner, scenario, one, coefficients, options));
            regrets.add(regret(futures.get(f).id() + " alone", orders, futures, known));
        }
        double learned = planner.planKnowingFrom(1, scenario, coefficients, options, Restriction.NONE)
                .map(Plan::objectiveUsd)
                .orElse(plan.objectiveUsd());
        double waited = planner.planKnowingFrom(1, scenario, coefficients, options, Uncertainty::ordersNothingYet)
                .map(Plan::objectiveUsd)
                .orElse(Double.POSITIVE_INFINITY);
        return new Uncertainty(
                plan,
                scenario.futures().weighed(known),
                regrets.get(1).costUsd(),
                Math.min(learned, plan.objectiveUsd()),
                waited,
                regrets);
    }

    private static Optional<Plan> pinned(
            Planner planner, Scenario scenario, Plan orders, Coefficients coefficients, PlannerOptions options) {
        Pinned pinned = new Pinned(orders, scenario.horizon().periods(), Pinned.Reach.ANYWHERE);
        return planner.plan(scenario, "", coefficients, options, pinned);
    }

    private static Regret regret(String name, Optional<Plan> plan, List<Future> futures, double[] known) {
        Map<String, Double> byFuture = new LinkedHashMap<>();
        for (int f = 0; f < known.length && plan.isPresent(); f++) {
            double cost = plan.get().futures().get(f).objectiveUsd();
            byFuture.put(futures.get(f).id(), Math.max(0, cost - known[f]));
        }
        return new Regret(name, plan.map(Plan::objectiveUsd).orElse(Double.POSITIVE_INFINITY), byFuture);
    }

    private static boolean ordersNothingYet(JointModel model) {
        for (JointModel.Part part : model.parts()) {
            for (Holding holding : part.model().holdings()) {
                Variable blocks = holding.blocks(0);
                if (blocks != null && !holding.terms().flexible()) {
                    model.linear().bound(blocks, 0, 0);
                }
            }
            for (Project project : part.model().projects()) {
                Variable starts = project.starts(0);
                if (starts != null) {
                    model.linear().bound(starts, 0, 0);
                }
            }
        }
        return true;
    }

    /** One future in the middle of all: mean factors, mean delays in whole months, programmes that fail if most likely they do. */
    static Future mean(Futures futures) {
        List<Future> all = futures.ordered();
        double demand = 0;
        double growth = 0;
        double price = 0;
        double delay = 0;
        for (Future each : all) {
            demand += each.probability() * each.demand();
            growth += each.probability() * each.demandGrowth();
            price += each.probability() * each.price();
            delay += each.probability() * each.delayMonths();
        }
        Map<String, Double> workloads = new LinkedHashMap<>();
        Map<String, Double> suppliers = new LinkedHashMap<>();
        Map<String, Future.Outcome> programmes = new LinkedHashMap<>();
        Map<String, Integer> sites = new LinkedHashMap<>();
        for (String id : names(all, Future::workloads)) {
            double sum = all.stream()
                    .mapToDouble(
                            f -> f.probability() * f.demand() * f.workloads().getOrDefault(id, 1.0))
                    .sum();
            workloads.put(id, demand == 0 ? 1 : sum / demand);
        }
        for (String id : names(all, Future::suppliers)) {
            double sum = all.stream()
                    .mapToDouble(
                            f -> f.probability() * f.price() * f.suppliers().getOrDefault(id, 1.0))
                    .sum();
            suppliers.put(id, price == 0 ? 1 : sum / price);
        }
        Future.Outcome works = new Future.Outcome(false, 0);
        for (String id : names(all, Future::programmes)) {
            double fails = 0;
            double late = 0;
            for (Future each : all) {
                Future.Outcome outcome = each.programmes().getOrDefault(id, works);
                fails += outcome.fails() ? each.probability() : 0;
                late += each.probability() * outcome.delayMonths();
            }
            programmes.put(id, new Future.Outcome(fails > 0.5, (int) Math.round(late)));
        }
        for (String id : names(all, Future::sites)) {
            double late = all.stream()
                    .mapToDouble(f -> f.probability() * f.sites().getOrDefault(id, 0))
                    .sum();
            sites.put(id, (int) Math.round(late));
        }
        return new Future(
                "mean", 1, demand, growth, workloads, price, suppliers, (int) Math.round(delay), programmes, sites);
    }

    private static TreeSet<String> names(
            List<Future> futures, java.util.function.Function<Future, Map<String, ?>> table) {
        TreeSet<String> names = new TreeSet<>();
        futures.forEach(future -> names.addAll(table.apply(future).keySet()));
        return names;
    }
}
