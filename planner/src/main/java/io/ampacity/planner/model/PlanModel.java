package io.ampacity.planner.model;

import io.ampacity.planner.solver.LinearModel;
import io.ampacity.planner.solver.LinearSum;
import io.ampacity.planner.solver.Row;
import io.ampacity.planner.solver.Variable;
import io.ampacity.scenario.Horizon;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/**
 * The variables of a plan and the sums that limits and costs are made of. Limit families add their rows to it.
 *
 * <p>Shares of work are variables between 0 and 1 rather than rates, and rows are divided by what they are about, so that
 * numbers stay near 1 whatever the size of the fleet.
 */
public final class PlanModel {

    private final Market market;
    private final Mode mode;
    private final LinearModel linear;
    private final List<Holding> holdings = new ArrayList<>();
    private final List<Stock> stocks = new ArrayList<>();
    private final List<Project> projects;
    private final Uses uses;
    private final Transfers transfers;
    private final Amounts amounts = new Amounts(this);
    private final Map<Limit.Key, Give> gives = new LinkedHashMap<>();
    private final List<PricedRow> pricedRows = new ArrayList<>();
    private final Map<Variable, Integer> auxiliaries = new LinkedHashMap<>();
    private final Map<Variable, Integer> decisions = new LinkedHashMap<>();
    private final Orders orders;

    /**
     * A limit's room beyond what is written.
     *
     * @param slack units by which it gives way; null when it does not
     * @param unitsAt turns a slack of the solution into units of the limit
     */
    public record Give(Limit limit, @Nullable Variable slack, double fixed, ToDoubleFunction<double[]> unitsAt) {}

    /**
     * A row whose dual prices a limit.
     *
     * @param unitsPerDual turns the dual into discounted USD per unit of the limit, at an answer
     */
    public record PricedRow(Limit limit, Row row, ToDoubleFunction<double[]> unitsPerDual) {}

    public PlanModel(Market market, Candidates candidates, Mode mode) {
        this(market, candidates, mode, new LinearModel(), new Orders());
    }

    /** The part of a larger model that is about one future; it shares the orders with the parts about others. */
    public PlanModel(Market market, Candidates candidates, Mode mode, LinearModel linear, Orders orders) {
        this.market = market;
        this.mode = mode;
        this.linear = linear;
        this.orders = orders;
        this.projects = Project.of(market, linear, orders);
        this.uses = new Uses(market, candidates, linear);
        this.transfers = new Transfers(market, uses, linear);
        Map<Pool, Double> most = uses.mostChips();
        for (Terms terms : market.terms()) {
            double chips = most.getOrDefault(terms.pool(), 0.0);
            if (chips > 0) {
                holdings.add(new Holding(linear, orders, terms, market.periods(), chips));
            }
        }
        addStocks(most);
    }

    private void addStocks(Map<Pool, Double> most) {
        Map<String, List<Holding>> byStock = new TreeMap<>();
        for (Holding holding : holdings) {
            Terms terms = holding.terms();
            String name = terms.pool().id() + "/" + terms.supplier() + "/" + terms.block();
            byStock.computeIfAbsent(name, n -> new ArrayList<>()).add(holding);
        }
        byStock.forEach((name, supply) -> stocks.add(new Stock(
                linear,
                name,
                supply,
                market.periods(),
                most.getOrDefault(supply.getFirst().terms().pool(), 0.0))));
    }

    public Market market() {
        return market;
    }

    public Mode mode() {
        return mode;
    }

    /** The linear model that rows are added to. */
    public LinearModel linear() {
        return linear;
    }

    public Horizon horizon() {
        return market.scenario().horizon();
    }

    public int periods() {
        return market.periods();
    }

    public List<Holding> holdings() {
        return holdings;
    }

    public List<Stock> stocks() {
        return stocks;
    }

    public List<Use.Serving> serving() {
        return uses.serving;
    }

    /** A variable from 0 to {@code most} that only sums up what happens in a period. */
    public Variable auxiliary(String name, int period, double most) {
        Variable variable = linear.continuous(name, 0, most);
        auxiliaries.put(variable, period);
        return variable;
    }

    /** A yes or no that is decided with the orders, the same in every future. */
    public Variable decision(String name, int period) {
        Variable variable = orders.decision(linear, name, period, 1);
        decisions.put(variable, period);
        return variable;
    }

    /** Decisions beside orders and starts, with the period they are about. */
    Map<Variable, Integer> decisions() {
        return decisions;
    }

    /** Whether this is the first part of a model to ask; rows about orders alone are added once. */
    public boolean isFirst(String what) {
        return orders.isFirst(what);
    }

    /** Variables that only sum up, with their period. */
    Map<Variable, Integer> auxiliaries() {
        return auxiliaries;
    }

    /** What may be undertaken beside renting and buying chips. */
    public List<Project> projects() {
        return projects;
    }

    /** Data that moves between places. */
    public Transfers transfers() {
        return transfers;
    }

    /** Money, energy, power and carbon. */
    public Amounts amounts() {
        return amounts;
    }

    /** Serving in one period. */
    public List<Use.Serving> serving(int period) {
        return uses.servingByPeriod.get(period);
    }

    public List<Use.Training> training() {
        return uses.training;
    }

    public List<Use.Batch> batch() {
        return uses.batch;
    }

    /** Chips of a pool that work may be put on in a period: own ones and those used of every stock. */
    public LinearSum held(Pool pool, int period) {
        LinearSum sum = new LinearSum().plus(market.owned(pool, period));
        for (Stock stock : stocks) {
            if (stock.pool().equals(pool)) {
                sum.plus(stock.block(), stock.used(period));
            }
        }
        return sum;
    }

    /**
     * The room a limit gives beyond what is written, in its unit: what it is relaxed by, and in an elastic model what it
     * gives way by.
     *
     * @param most units it can give at most
     */
    public LinearSum give(Limit limit, double most) {
        return give(limit, most, null);
    }

    /** The same, for a limit whose slack is worth different units at different answers. */
    public LinearSum give(Limit limit, double most, @Nullable ToDoubleFunction<double[]> unitsPerSlack) {
        double fixed = mode.relaxed().getOrDefault(limit.key(), 0.0);
        boolean dropped = mode.dropped().contains(limit.name());
        LinearSum sum = new LinearSum().plus(fixed);
        Variable slack = null;
        if (mode.elastic() || dropped) {
            String period = limit.period() == null ? "" : "," + limit.period();
            slack = linear.continuous("give[" + limit.name() + period + "]", 0, most);
            sum.plus(1, slack);
        }
        Variable given = slack;
        gives.put(limit.key(), new Give(limit, dropped ? null : slack, fixed, values -> {
            double units = given == null ? 0 : values[given.index()];
            return unitsPerSlack == null ? units : units * unitsPerSlack.applyAsDouble(values);
        }));
        return sum;
    }

    /** How far a sum can rise above an amount within the bounds of its variables; at least 0. */
    public double excess(LinearSum sum, double amount) {
        double[] most = {sum.constant() - amount};
        sum.forEach((variable, coefficient) -> most[0] +=
                coefficient * (coefficient > 0 ? linear.upper(variable.index()) : linear.lower(variable.index())));
        return Math.max(0, most[0]);
    }

    /** Every limit that was built. */
    public Iterable<Give> gives() {
        return gives.values();
    }

    /** Notes that the dual of a row prices a limit: {@code usdPerUnit} × |dual|. */
    public void price(Limit limit, Row row, double usdPerUnit) {
        pricedRows.add(new PricedRow(limit, row, values -> usdPerUnit));
    }

    /** The same with a factor that depends on the answer. */
    public void price(Limit limit, Row row, ToDoubleFunction<double[]> usdPerUnit) {
        pricedRows.add(new PricedRow(limit, row, usdPerUnit));
    }

    /** What could not be counted. */
    public Set<String> warnings() {
        Set<String> warnings = new LinkedHashSet<>(market.warnings());
        for (String place : transfers.unknown()) {
            warnings.add(
                    "sites." + place + ".network.egress is unknown: what data costs that leaves it is not counted");
        }
        return warnings;
    }

    public List<PricedRow> pricedRows() {
        return pricedRows;
    }
}
