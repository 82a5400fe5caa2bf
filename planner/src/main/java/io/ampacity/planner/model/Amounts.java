package io.ampacity.planner.model;

import io.ampacity.facts.Figure;
import io.ampacity.facts.Precision;
import io.ampacity.planner.coefficients.PlannerException;
import io.ampacity.planner.solver.LinearSum;
import io.ampacity.scenario.Site;
import io.ampacity.units.CarbonIntensity;
import io.ampacity.units.EnergyPrice;
import io.ampacity.units.HourlyPrice;
import java.util.function.Predicate;

/** Money, energy, power and carbon as sums of a model's variables. */
public final class Amounts {

    /** Joules in a kilowatt-hour. */
    private static final double JOULES_PER_KWH = 3.6e6;

    private final PlanModel model;

    Amounts(PlanModel model) {
        this.model = model;
    }

    /** What a supplier is paid for chips in a period in USD. */
    public LinearSum paidTo(String supplier, int period) {
        LinearSum sum = new LinearSum();
        for (Holding holding : model.holdings()) {
            if (holding.terms().supplier().equals(supplier)) {
                holding.addCost(sum, period, 1);
            }
        }
        return sum;
    }

    /**
     * What is paid for chips of some kinds over the horizon in USD, to whomever; space is not paid for chips.
     */
    public LinearSum paidFor(Predicate<String> chips) {
        LinearSum sum = new LinearSum();
        for (Holding holding : model.holdings()) {
            for (int p = 0;
                    p < model.periods() && chips.test(holding.terms().pool().chip());
                    p++) {
                holding.addCost(sum, p, 1);
            }
        }
        return sum;
    }

    /** Compute rented from a supplier over the horizon: dense BF16 PFLOP/s of the chips held, summed over periods. */
    public LinearSum computeRentedFrom(String supplier) {
        LinearSum sum = new LinearSum();
        for (Holding holding : model.holdings()) {
            if (holding.terms().supplier().equals(supplier) && !holding.terms().bought()) {
                addCompute(sum, holding);
            }
        }
        return sum;
    }

    /** Compute of all chips of some kinds, own ones too, over the horizon: dense BF16 PFLOP/s, summed over periods. */
    public LinearSum compute(Predicate<String> chips) {
        LinearSum sum = new LinearSum();
        for (Holding holding : model.holdings()) {
            if (chips.test(holding.terms().pool().chip())) {
                addCompute(sum, holding);
            }
        }
        for (Pool pool : model.market().ownedPools()) {
            for (int p = 0; p < model.periods() && chips.test(pool.chip()); p++) {
                sum.plus(model.market().owned(pool, p) * petaflops(pool.chip()));
            }
        }
        return sum;
    }

    private void addCompute(LinearSum sum, Holding holding) {
        for (int p = 0; p < model.periods(); p++) {
            holding.addHeld(sum, p, petaflops(holding.terms().pool().chip()));
        }
    }

    private double petaflops(String id) {
        Figure peak = model.market().chip(id).peakFlops().get(Precision.BF16);
        if (peak == null) {
            throw new PlannerException("the policy limits shares of compute, but the dense BF16 peak of " + id
                    + " is unknown. Maybe limit shares of spending, or state the peak");
        }
        return peak.value() / 1e15;
    }

    /** Cost of holding chips in a period in USD: rent, recovery of purchases, space of own chips. */
    public LinearSum capacityCost(int period) {
        LinearSum sum = new LinearSum();
        for (Holding holding : model.holdings()) {
            holding.addCost(sum, period, 1);
            if (holding.terms().bought()) {
                holding.addHeld(sum, period, spaceCost(holding.terms().pool()));
            }
        }
        for (Pool pool : model.market().ownedPools()) {
            sum.plus(model.market().owned(pool, period) * spaceCost(pool));
        }
        return sum;
    }

    /** Cost of programmes and expansions in a period in USD, their chips apart. */
    public LinearSum projectCost(int period) {
        LinearSum sum = new LinearSum();
        for (Project project : model.projects()) {
            project.addCost(sum, period);
        }
        return sum;
    }

    /** Space, staff and repair of one own chip for a period in USD; 0 where unknown, which is warned of. */
    public double spaceCost(Pool pool) {
        HourlyPrice space = model.market().site(pool.site()).spacePerChip();
        return space == null ? 0 : space.usdPerHour() * model.horizon().periodHours();
    }

    /** Energy of the chips and servers at a site in a period, before PUE, in kWh. */
    public LinearSum energy(String site, int period) {
        LinearSum sum = new LinearSum();
        double hours = model.horizon().periodHours();
        double seconds = model.horizon().periodLength().seconds();
        for (Use.Serving use : model.serving(period)) {
            if (use.candidate().pool().site().equals(site)) {
                sum.plus(use.candidate().numbers().idleWatts() / 1000 * hours, use.replicas());
                double joules = use.candidate().numbers().joulesPerRequest() * use.meanRate() * seconds;
                sum.plus(joules / JOULES_PER_KWH, use.share());
            }
        }
        for (Use.Training use : model.training()) {
            if (use.period() == period && use.candidate().pool().site().equals(site)) {
                double joulesPerToken = use.candidate().numbers().wattsPerChip()
                        / use.candidate().numbers().tokensPerSecondPerChip();
                sum.plus(use.candidate().workload().tokens() * joulesPerToken / JOULES_PER_KWH, use.work());
            }
        }
        for (Use.Batch use : model.batch()) {
            if (use.period() == period && use.candidate().pool().site().equals(site)) {
                double joulesPerToken = use.candidate().numbers().watts()
                        / use.candidate().numbers().outputTokensPerSecond();
                sum.plus(use.tokens() * joulesPerToken / JOULES_PER_KWH, use.work());
            }
        }
        return sum;
    }

    /** Electricity of a period at all sites, cooling included, in kWh. */
    public LinearSum facilityEnergy(int period) {
        LinearSum sum = new LinearSum();
        for (Site site : model.market().sites()) {
            sum.plus(site.pue(), energy(site.id(), period));
        }
        return sum;
    }

    /** Cost of energy in a period in USD, where it is not inside the rent. */
    public LinearSum energyCost(int period) {
        LinearSum sum = new LinearSum();
        for (Site site : model.market().sites()) {
            EnergyPrice tariff = site.tariff();
            if (tariff != null) {
                sum.plus(tariff.usdPerKilowattHour() * site.pue(), energy(site.id(), period));
            }
        }
        return sum;
    }

    /** Cost of data that moves between places in a period in USD. */
    public LinearSum networkCost(int period) {
        LinearSum sum = new LinearSum();
        model.transfers().addCost(sum, period);
        return sum;
    }

    /** Money spent in a period in USD: capacity, projects, energy and data, without the price of carbon. */
    public LinearSum spent(int period) {
        return capacityCost(period)
                .plus(1, projectCost(period))
                .plus(1, energyCost(period))
                .plus(1, networkCost(period));
    }

    /** Money paid in a period in USD for what is bought and built: whole prices, not their recovery. */
    public LinearSum capital(int period) {
        LinearSum sum = new LinearSum();
        model.holdings().forEach(holding -> holding.addPaidOnDelivery(sum, period));
        model.projects().forEach(project -> project.addCapital(sum, period));
        return sum;
    }

    /** Money paid in a period in USD for everything else: rent, space, energy, data, running projects. */
    public LinearSum operating(int period) {
        LinearSum sum = energyCost(period).plus(1, networkCost(period));
        for (Holding holding : model.holdings()) {
            if (holding.terms().bought()) {
                holding.addHeld(sum, period, spaceCost(holding.terms().pool()));
            } else {
                holding.addCost(sum, period, 1);
            }
        }
        for (Pool pool : model.market().ownedPools()) {
            sum.plus(model.market().owned(pool, period) * spaceCost(pool));
        }
        model.projects().forEach(project -> project.addRunning(sum, period));
        return sum;
    }

    /** Greenhouse gas of a period in grams, on the basis of the policy; sites of unknown intensity are left out. */
    public LinearSum carbon(int period) {
        LinearSum sum = new LinearSum();
        for (Site site : model.market().sites()) {
            CarbonIntensity intensity = site.carbonIntensity();
            if (intensity != null) {
                sum.plus(intensity.gramsPerKilowattHour() * site.pue(), energy(site.id(), period));
            }
        }
        return sum;
    }

    /** Most power that chips of some kinds draw at a site in a period, cooling included, in MW. */
    public LinearSum megawatts(Site site, int period, Predicate<String> chips) {
        double factor = site.pue() / 1e6;
        LinearSum megawatts = new LinearSum();
        for (Use.Serving use : model.serving(period)) {
            if (isAt(use, site, chips)) {
                megawatts.plus(factor * use.candidate().numbers().fullWatts(), use.replicas());
            }
        }
        for (Use.Training use : model.training()) {
            if (use.period() == period && isAt(use, site, chips)) {
                double watts = use.candidate().numbers().wattsPerChip()
                        * use.candidate().gangChips();
                megawatts.plus(factor * watts, use.running());
            }
        }
        double valley = model.market().assumptions().usableValley();
        for (Use.Batch use : model.batch()) {
            if (use.period() == period && isAt(use, site, chips)) {
                megawatts.plus(factor * use.candidate().numbers().watts() * use.meanReplicas() / valley, use.work());
            }
        }
        return megawatts;
    }

    private static boolean isAt(Use use, Site site, Predicate<String> chips) {
        Pool pool = use.candidate().pool();
        return pool.site().equals(site.id()) && chips.test(pool.chip());
    }
}
