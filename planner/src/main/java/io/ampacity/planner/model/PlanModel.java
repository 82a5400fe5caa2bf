package io.ampacity.planner.model;

import io.ampacity.facts.Contract;
import io.ampacity.planner.model.Candidate.BatchOn;
import io.ampacity.planner.model.Candidate.ServingOn;
import io.ampacity.planner.model.Candidate.TrainingOn;
import io.ampacity.planner.solver.LinearModel;
import io.ampacity.planner.solver.LinearSum;
import io.ampacity.planner.solver.Row;
import io.ampacity.planner.solver.Variable;
import io.ampacity.scenario.Horizon;
import io.ampacity.scenario.Site;
import io.ampacity.scenario.Workload;
import io.ampacity.units.CarbonIntensity;
import io.ampacity.units.EnergyPrice;
import io.ampacity.units.HourlyPrice;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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

    /** Joules in a kilowatt-hour. */
    public static final double JOULES_PER_KWH = 3.6e6;

    private final Market market;
    private final Candidates candidates;
    private final Mode mode;
    private final LinearModel linear;
    private final List<Holding> holdings = new ArrayList<>();
    private final List<Stock> stocks = new ArrayList<>();
    private final List<Use.Serving> serving = new ArrayList<>();
    private final List<List<Use.Serving>> servingByPeriod = new ArrayList<>();
    private final List<Use.Training> training = new ArrayList<>();
    private final List<Use.Batch> batch = new ArrayList<>();
    private final Map<Limit.Key, Give> gives = new LinkedHashMap<>();
    private final List<PricedRow> pricedRows = new ArrayList<>();
    private final Map<Variable, Integer> auxiliaries = new LinkedHashMap<>();

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
        this.candidates = candidates;
        this.mode = mode;
        this.linear = linear;
        for (int p = 0; p < market.periods(); p++) {
            addServing(p);
            addTraining(p);
            addBatch(p);
        }
        Map<Pool, Double> most = mostChips();
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

    /** The period in which each variable is decided. */
    public int[] stages() {
        int[] stages = new int[linear.variableCount()];
        markStages(stages);
        return stages;
    }

    /** Notes the period in which each variable of this part is decided; orders at their latest of all parts. */
    void markStages(int[] stages) {
        for (Use.Serving use : serving) {
            stages[use.replicas().index()] = use.period();
            stages[use.share().index()] = use.period();
        }
        for (Use.Training use : training) {
            stages[use.running().index()] = use.period();
            stages[use.work().index()] = use.period();
        }
        for (Use.Batch use : batch) {
            stages[use.present().index()] = use.period();
            stages[use.work().index()] = use.period();
        }
        for (int p = 0; p < market.periods(); p++) {
            for (Stock stock : stocks) {
                stages[stock.used(p).index()] = p;
            }
            for (Holding holding : holdings) {
                Variable blocks = holding.blocks(p);
                if (blocks != null) {
                    // An order is decided when it can first be used, when the need for it is whole.
                    Terms terms = holding.terms();
                    int decided = terms.flexible() ? p : Math.min(market.periods() - 1, terms.firstInUse(p));
                    stages[blocks.index()] = Math.max(stages[blocks.index()], decided);
                }
            }
        }
    }

    /**
     * Marks the variables that are decided when the future has come, by {@code first} + their period; orders, which are
     * decided before, are left as they are.
     */
    void markBlocks(int[] blocks, int first) {
        int[] orders = new int[blocks.length];
        java.util.Arrays.fill(orders, -1);
        for (Holding holding : holdings) {
            for (int p = 0; p < market.periods() && !holding.terms().flexible(); p++) {
                Variable order = holding.blocks(p);
                if (order != null) {
                    orders[order.index()] = p;
                }
            }
        }
        int[] stages = new int[blocks.length];
        java.util.Arrays.fill(stages, -1);
        markStages(stages);
        auxiliaries.forEach((variable, period) -> stages[variable.index()] = period);
        for (int i = 0; i < blocks.length; i++) {
            if (stages[i] >= 0 && orders[i] < 0) {
                blocks[i] = first + stages[i];
            }
        }
    }

    /**
     * Marks the variables without which the relaxation costs as much: those of a layout beside which another on the same pool
     * does at least as much with the same chips, in fractions of replicas as in whole ones it need not.
     */
    void markNeedless(boolean[] needless) {
        List<Double> parts = new ArrayList<>(List.of(1.0));
        market.scenario().policy().survivals().forEach(survival -> parts.add(survival.service()));
        for (List<Use.Serving> now : servingByPeriod) {
            Map<String, List<Use.Serving>> places = new TreeMap<>();
            for (Use.Serving use : now) {
                String place = use.candidate().workload().id() + "@"
                        + use.candidate().pool().id();
                places.computeIfAbsent(place, absent -> new ArrayList<>()).add(use);
            }
            for (List<Use.Serving> place : places.values()) {
                for (int i = 0; i < place.size(); i++) {
                    for (int j = 0; j < place.size(); j++) {
                        boolean strict = j > i || !asGood(place.get(i), place.get(j), parts);
                        if (i != j && asGood(place.get(j), place.get(i), parts) && strict) {
                            needless[place.get(i).replicas().index()] = true;
                            needless[place.get(i).share().index()] = true;
                        }
                    }
                }
            }
        }
    }

    /** Whether one layout does a chip at least what another does, whatever part of the peak a row cuts it at. */
    private static boolean asGood(Use.Serving one, Use.Serving other, List<Double> parts) {
        double chips = one.candidate().chips();
        double otherChips = other.candidate().chips();
        var numbers = one.candidate().numbers();
        var others = other.candidate().numbers();
        boolean carries = one.peakPerReplica() / chips >= other.peakPerReplica() / otherChips;
        for (double part : parts) {
            carries &=
                    Math.min(part, one.peakPerReplica()) / chips >= Math.min(part, other.peakPerReplica()) / otherChips;
        }
        return carries
                && numbers.idleWatts() / chips <= others.idleWatts() / otherChips
                && numbers.joulesPerRequest() <= others.joulesPerRequest()
                && numbers.fullWatts() / chips <= others.fullWatts() / otherChips;
    }

    private void addServing(int period) {
        Horizon horizon = horizon();
        List<Use.Serving> now = new ArrayList<>();
        servingByPeriod.add(now);
        for (ServingOn candidate : candidates.serving()) {
            Workload.Serving workload = candidate.workload();
            double mean = workload.traffic().meanRate(horizon, period);
            double peak = workload.traffic().peakRate(horizon, period);
            if (peak > 0) {
                double most = Math.ceil(peak / candidate.numbers().requestsPerSecond() - 1e-9);
                String name = "[" + candidate.id() + "," + period + "]";
                now.add(new Use.Serving(
                        candidate,
                        period,
                        linear.integer("replicas" + name, 0, Math.max(1, most)),
                        linear.continuous("share" + name, 0, 1),
                        mean,
                        peak));
            }
        }
        serving.addAll(now);
    }

    private void addTraining(int period) {
        double seconds = horizon().periodLength().seconds();
        for (TrainingOn candidate : candidates.training()) {
            Workload.Training workload = candidate.workload();
            if (period < workload.startPeriod() || period > workload.deadlinePeriod()) {
                continue;
            }
            String name = "[" + candidate.id() + "," + period + "]";
            training.add(new Use.Training(
                    candidate,
                    period,
                    linear.binary("running" + name),
                    linear.continuous("work" + name, 0, 1),
                    candidate.workIn(seconds)));
        }
    }

    private void addBatch(int period) {
        Horizon horizon = horizon();
        for (BatchOn candidate : candidates.batch()) {
            Workload.Batch workload = candidate.workload();
            double growth = Math.pow(1 + workload.growthPerYear(), period * horizon.monthsPerPeriod() / 12.0);
            double tokens = workload.outputTokensPerPeriod() * growth;
            if (tokens <= 0) {
                continue;
            }
            double availability =
                    candidate.pool().firm() ? 1 : market.assumptions().spotAvailability();
            double perReplica = candidate.numbers().outputTokensPerSecond()
                    * horizon.periodLength().seconds()
                    * availability;
            String name = "[" + candidate.id() + "," + period + "]";
            batch.add(new Use.Batch(
                    candidate,
                    period,
                    linear.binary("present" + name),
                    linear.continuous("work" + name, 0, 1),
                    tokens,
                    tokens / perReplica));
        }
    }

    /** By pool, chips with which it could do everything alone in the busiest period: nobody needs more. */
    private Map<Pool, Double> mostChips() {
        Map<Pool, double[]> byPeriod = new LinkedHashMap<>();
        double valley = market.assumptions().usableValley();
        for (Use.Serving use : serving) {
            // Layouts of one workload exclude one another, but a sum is a safe and simple bound.
            room(byPeriod, use)[use.period()] +=
                    linear.upper(use.replicas().index()) * use.candidate().chips();
        }
        for (Use.Training use : training) {
            room(byPeriod, use)[use.period()] += use.candidate().gangChips();
        }
        for (Use.Batch use : batch) {
            room(byPeriod, use)[use.period()] += (Math.ceil(use.meanReplicas() / valley) + 1)
                    * use.candidate().chips();
        }
        Map<Pool, Double> most = new LinkedHashMap<>();
        byPeriod.forEach((pool, chips) -> {
            double highest = 0;
            for (double count : chips) {
                highest = Math.max(highest, count);
            }
            most.put(pool, highest);
        });
        return most;
    }

    private double[] room(Map<Pool, double[]> byPeriod, Use use) {
        return byPeriod.computeIfAbsent(use.candidate().pool(), pool -> new double[market.periods()]);
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
        return serving;
    }

    /** A variable from 0 to {@code most} that only sums up what happens in a period. */
    public Variable auxiliary(String name, int period, double most) {
        Variable variable = linear.continuous(name, 0, most);
        auxiliaries.put(variable, period);
        return variable;
    }

    /** Serving in one period. */
    public List<Use.Serving> serving(int period) {
        return servingByPeriod.get(period);
    }

    public List<Use.Training> training() {
        return training;
    }

    public List<Use.Batch> batch() {
        return batch;
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

    /** What a supplier is paid for chips in a period in USD. */
    public LinearSum paidTo(String supplier, int period) {
        LinearSum sum = new LinearSum();
        for (Holding holding : holdings) {
            if (holding.terms().supplier().equals(supplier)) {
                holding.addCost(sum, period, 1);
            }
        }
        return sum;
    }

    /** Cost of holding chips in a period in USD: rent, recovery of purchases, space of own chips. */
    public LinearSum capacityCost(int period) {
        LinearSum sum = new LinearSum();
        for (Holding holding : holdings) {
            holding.addCost(sum, period, 1);
            if (holding.terms().offer().offer().contract() instanceof Contract.Purchase) {
                holding.addHeld(sum, period, spaceCost(holding.terms().pool()));
            }
        }
        for (Pool pool : market.ownedPools()) {
            sum.plus(market.owned(pool, period) * spaceCost(pool));
        }
        return sum;
    }

    /** Space, staff and repair of one own chip for a period in USD; 0 where unknown, which is warned of. */
    public double spaceCost(Pool pool) {
        HourlyPrice space = market.site(pool.site()).spacePerChip();
        return space == null ? 0 : space.usdPerHour() * horizon().periodHours();
    }

    /** Energy of the chips and servers at a site in a period, before PUE, in kWh. */
    public LinearSum energy(String site, int period) {
        LinearSum sum = new LinearSum();
        double hours = horizon().periodHours();
        double seconds = horizon().periodLength().seconds();
        for (Use.Serving use : serving(period)) {
            if (use.candidate().pool().site().equals(site)) {
                sum.plus(use.candidate().numbers().idleWatts() / 1000 * hours, use.replicas());
                double joules = use.candidate().numbers().joulesPerRequest() * use.meanRate() * seconds;
                sum.plus(joules / JOULES_PER_KWH, use.share());
            }
        }
        for (Use.Training use : training) {
            if (use.period() == period && use.candidate().pool().site().equals(site)) {
                double joulesPerToken = use.candidate().numbers().wattsPerChip()
                        / use.candidate().numbers().tokensPerSecondPerChip();
                sum.plus(use.candidate().workload().tokens() * joulesPerToken / JOULES_PER_KWH, use.work());
            }
        }
        for (Use.Batch use : batch) {
            if (use.period() == period && use.candidate().pool().site().equals(site)) {
                double joulesPerToken = use.candidate().numbers().watts()
                        / use.candidate().numbers().outputTokensPerSecond();
                sum.plus(use.tokens() * joulesPerToken / JOULES_PER_KWH, use.work());
            }
        }
        return sum;
    }

    /** Cost of energy in a period in USD, where it is not inside the rent. */
    public LinearSum energyCost(int period) {
        LinearSum sum = new LinearSum();
        for (Site site : market.sites()) {
            EnergyPrice tariff = site.tariff();
            if (tariff != null) {
                sum.plus(tariff.usdPerKilowattHour() * site.pue(), energy(site.id(), period));
            }
        }
        return sum;
    }

    /** Money spent in a period in USD: capacity and energy, without the price of carbon. */
    public LinearSum spent(int period) {
        return capacityCost(period).plus(1, energyCost(period));
    }

    /** Greenhouse gas of a period in grams, on the basis of the policy; sites of unknown intensity are left out. */
    public LinearSum carbon(int period) {
        LinearSum sum = new LinearSum();
        for (Site site : market.sites()) {
            CarbonIntensity intensity = site.carbonIntensity();
            if (intensity != null) {
                sum.plus(intensity.gramsPerKilowattHour() * site.pue(), energy(site.id(), period));
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

    public List<PricedRow> pricedRows() {
        return pricedRows;
    }
}
