package io.ampacity.planner.model;

import io.ampacity.facts.Deployment;
import io.ampacity.planner.solver.Variable;
import io.ampacity.scenario.Horizon;
import io.ampacity.scenario.Plan;
import io.ampacity.scenario.Site;
import io.ampacity.units.CarbonIntensity;
import io.ampacity.units.EnergyPrice;
import io.ampacity.units.WaterIntensity;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Turns values of a model's variables into the parts of a {@link Plan}. Whole numbers are rounded, dust is swept. */
public final class Answer {

    /** A part of a workload below this is rounding, not a decision. */
    private static final double DUST = 1e-7;

    private final PlanModel model;
    private final double[] values;
    private final Horizon horizon;
    private final Market market;

    public Answer(PlanModel model, double[] values) {
        this.model = model;
        this.values = values;
        this.horizon = model.horizon();
        this.market = model.market();
    }

    /** Chips held, by period, own ones first, without empty lines. */
    public List<Plan.Capacity> capacity() {
        List<Plan.Capacity> lines = new ArrayList<>();
        for (int p = 0; p < model.periods(); p++) {
            for (Pool pool : market.ownedPools()) {
                int chips = market.owned(pool, p);
                if (chips > 0) {
                    lines.add(new Plan.Capacity(
                            p,
                            pool.site(),
                            pool.operator(),
                            pool.chip(),
                            "owned",
                            chips,
                            0,
                            chips * model.amounts().spaceCost(pool)));
                }
            }
            // Steps of a price by volume are one line of the plan.
            Map<String, Plan.Capacity> taken = new LinkedHashMap<>();
            for (Holding holding : model.holdings()) {
                Plan.Capacity line = capacity(holding, p);
                Terms terms = holding.terms();
                String key = terms.supplier() + "/" + terms.pool().id() + "/" + terms.contract();
                if (line != null) {
                    taken.merge(key, line, Answer::together);
                }
            }
            lines.addAll(taken.values());
        }
        return lines;
    }

    private static Plan.Capacity together(Plan.Capacity one, Plan.Capacity other) {
        return new Plan.Capacity(
                one.period(),
                one.site(),
                one.supplier(),
                one.chip(),
                one.contract(),
                one.count() + other.count(),
                one.added() + other.added(),
                one.costUsd() + other.costUsd());
    }

    private Plan.@Nullable Capacity capacity(Holding holding, int period) {
        Terms terms = holding.terms();
        int held = held(holding, period);
        int added = terms.flexible()
                ? Math.max(0, held - (period == 0 ? 0 : held(holding, period - 1)))
                : taken(holding, period);
        double cost = 0;
        for (int ordered = 0; ordered <= period; ordered++) {
            boolean inUse = terms.flexible() ? ordered == period : terms.inUse(ordered, period);
            if (inUse && taken(holding, ordered) > 0) {
                cost += (taken(holding, ordered) - sold(holding, ordered, period)) * terms.levelCost()[ordered];
                Variable sale = terms.flexible() ? null : holding.sold(ordered, period);
                cost += sale == null ? 0 : whole(sale) * terms.block() * terms.onSale()[ordered][period];
            }
        }
        if (held == 0 && added == 0 && cost == 0) {
            return null;
        }
        if (terms.bought()) {
            cost += held * model.amounts().spaceCost(terms.pool());
        }
        return new Plan.Capacity(
                period,
                terms.pool().site(),
                terms.supplier(),
                terms.pool().chip(),
                terms.contract(),
                held,
                added,
                cost);
    }

    /** Chips held (flexible) or ordered (committed) by the decision of a period. */
    private int taken(Holding holding, int period) {
        Variable blocks = holding.blocks(period);
        return blocks == null ? 0 : whole(blocks) * holding.terms().block();
    }

    private int held(Holding holding, int period) {
        if (holding.terms().flexible()) {
            return taken(holding, period);
        }
        int sum = 0;
        for (int ordered = 0; ordered <= period; ordered++) {
            sum += holding.terms().inUse(ordered, period)
                    ? taken(holding, ordered) - sold(holding, ordered, period)
                    : 0;
        }
        return sum;
    }

    /** Chips of an order that are sold by a period. */
    private int sold(Holding holding, int ordered, int period) {
        int sum = 0;
        for (int p = ordered + 1; p <= period; p++) {
            Variable sale = holding.sold(ordered, p);
            sum += sale == null ? 0 : whole(sale) * holding.terms().block();
        }
        return sum;
    }

    /** Bought chips that are sold. */
    public List<Plan.Sale> sales() {
        List<Plan.Sale> sales = new ArrayList<>();
        for (int p = 0; p < model.periods(); p++) {
            for (Holding holding : model.holdings()) {
                for (int ordered = 0; ordered < p; ordered++) {
                    Variable sale = holding.sold(ordered, p);
                    if (sale != null && whole(sale) > 0) {
                        sales.add(sale(holding.terms(), ordered, p, whole(sale)));
                    }
                }
            }
        }
        return sales;
    }

    private Plan.Sale sale(Terms terms, int ordered, int period, int blocks) {
        int months = (period - terms.firstInUse(ordered)) * horizon.monthsPerPeriod();
        Double share = market.scenario().resale().share(terms.pool().chip(), months);
        return new Plan.Sale(
                period,
                terms.pool().site(),
                terms.supplier(),
                terms.pool().chip(),
                terms.contract(),
                ordered,
                blocks * terms.block(),
                blocks * terms.block() * terms.price() * (share == null ? 0 : share));
    }

    private int whole(Variable variable) {
        return Math.toIntExact(Math.round(values[variable.index()]));
    }

    private double part(Variable variable) {
        double value = values[variable.index()];
        return value < DUST ? 0 : Math.min(1, value);
    }

    /** What is undertaken, by path and period, without when it is ready. */
    public List<Plan.Project> projects() {
        List<Plan.Project> undertaken = new ArrayList<>();
        for (Project project : model.projects()) {
            for (int p = 0; p < model.periods(); p++) {
                Variable starts = project.starts(p);
                if (starts != null && whole(starts) > 0) {
                    undertaken.add(new Plan.Project(project.path(), p, whole(starts), null));
                }
            }
        }
        return undertaken;
    }

    /** What runs where, by period. */
    public List<Plan.Placement> placement() {
        List<Plan.Placement> lines = new ArrayList<>();
        for (int p = 0; p < model.periods(); p++) {
            for (Use.Serving use : model.serving()) {
                if (use.period() == p && whole(use.replicas()) > 0) {
                    lines.add(placed(use));
                }
            }
            for (Use.Training use : model.training()) {
                if (use.period() == p && part(use.work()) > 0) {
                    int chips = use.candidate().gangChips();
                    double tokens =
                            part(use.work()) * use.candidate().workload().tokens();
                    lines.add(placed(use, null, 1, chips, tokens));
                }
            }
            for (Use.Batch use : model.batch()) {
                if (use.period() == p && part(use.work()) > 0) {
                    // Off-peak replicas: as many as work through it in the hours that can be used.
                    double busy = part(use.work()) * use.meanReplicas();
                    int replicas = (int) Math.ceil(busy - 1e-9);
                    lines.add(placed(
                            use,
                            use.candidate().deployment(),
                            replicas,
                            replicas * use.candidate().chips(),
                            part(use.work()) * use.tokens()));
                }
            }
        }
        return lines;
    }

    private Plan.Placement placed(Use.Serving use) {
        Pool pool = use.candidate().pool();
        int replicas = whole(use.replicas());
        double share = part(use.share());
        return new Plan.Placement(
                use.period(),
                use.candidate().workload().id(),
                pool.site(),
                pool.operator(),
                pool.chip(),
                use.candidate().deployment(),
                replicas,
                replicas * use.candidate().chips(),
                share * use.meanRate(),
                share * use.peakRate(),
                replicas * use.candidate().numbers().requestsPerSecond(),
                share,
                0);
    }

    private static Plan.Placement placed(
            Use use, @Nullable Deployment deployment, int replicas, int chips, double tokens) {
        Pool pool = use.candidate().pool();
        return new Plan.Placement(
                use.period(),
                use.candidate().workload().id(),
                pool.site(),
                pool.operator(),
                pool.chip(),
                deployment,
                replicas,
                chips,
                0,
                0,
                0,
                0,
                tokens);
    }

    /** What each period takes. */
    public List<Plan.PeriodTotals> totals() {
        List<Plan.PeriodTotals> totals = new ArrayList<>();
        double carbonUsdPerGram = Costs.carbonUsdPerGram(market);
        for (int p = 0; p < model.periods(); p++) {
            double capacity = model.amounts().capacityCost(p).value(values);
            double projects = model.amounts().projectCost(p).value(values);
            double network = model.amounts().networkCost(p).value(values);
            double energyUsd = 0;
            double kilowattHours = 0;
            double grams = 0;
            double litres = 0;
            for (Site site : market.sites()) {
                double chips = model.amounts().energy(site.id(), p).value(values);
                double facility = chips * site.pue();
                EnergyPrice tariff = site.tariff();
                CarbonIntensity carbon = site.carbonIntensity();
                WaterIntensity water = site.waterIntensity();
                kilowattHours += facility;
                energyUsd += tariff == null ? 0 : facility * tariff.usdPerKilowattHour();
                grams += carbon == null ? 0 : facility * carbon.gramsPerKilowattHour();
                // WUE counts litres for each kWh of the chips, not of the building.
                litres += water == null ? 0 : chips * water.litresPerKilowattHour();
            }
            double carbonUsd = grams * carbonUsdPerGram;
            totals.add(new Plan.PeriodTotals(
                    p,
                    capacity + projects + energyUsd + network + carbonUsd,
                    capacity,
                    energyUsd,
                    carbonUsd,
                    kilowattHours,
                    grams / 1000,
                    litres,
                    projects,
                    model.amounts().capital(p).value(values),
                    model.amounts().operating(p).value(values),
                    network));
        }
        return totals;
    }

    /** The objective by the totals: each period's cost, discounted. */
    public static double discounted(Horizon horizon, List<Plan.PeriodTotals> totals) {
        double sum = 0;
        for (Plan.PeriodTotals total : totals) {
            sum += horizon.discountFactor(total.period()) * total.costUsd();
        }
        return sum;
    }

    /** Names of the periods. */
    public List<String> periods() {
        List<String> names = new ArrayList<>();
        for (int p = 0; p < model.periods(); p++) {
            names.add(horizon.periodName(p));
        }
        return names;
    }
}
