package io.ampacity.planner.verify;

import io.ampacity.planner.verify.PlacementCheck.Drawn;
import io.ampacity.scenario.Budget;
import io.ampacity.scenario.Plan;
import io.ampacity.scenario.Plan.Capacity;
import io.ampacity.scenario.Plan.PeriodTotals;
import io.ampacity.scenario.Policy;
import io.ampacity.scenario.Scenario;
import io.ampacity.scenario.Site;
import java.util.List;
import java.util.function.ToDoubleFunction;

/** Checks what a plan says it takes, period by period, and the limits on money, energy, carbon and shares. */
final class MoneyCheck {

    private final Scenario scenario;
    private final Plan plan;
    private final List<Drawn> drawn;
    private final ProjectsCheck projects;
    private final NetworkCheck network;
    private final double[] capital;
    private final Findings findings;

    /**
     * A check.
     *
     * @param drawn placements with what they draw
     * @param projects after its run
     * @param capital what is paid by period for what is bought and built
     */
    MoneyCheck(
            Scenario scenario,
            Plan plan,
            List<Drawn> drawn,
            ProjectsCheck projects,
            NetworkCheck network,
            double[] capital,
            Findings findings) {
        this.scenario = scenario;
        this.plan = plan;
        this.drawn = drawn;
        this.projects = projects;
        this.network = network;
        this.capital = capital;
        this.findings = findings;
    }

    void run() {
        Policy policy = scenario.policy();
        int periods = scenario.horizon().periods();
        if (plan.totals().size() != periods || plan.periods().size() != periods) {
            findings.add("totals", null, "there are " + plan.totals().size() + " totals for " + periods + " periods");
            return;
        }
        double objective = 0;
        double spent = 0;
        double carbon = 0;
        for (int p = 0; p < periods; p++) {
            PeriodTotals computed = totals(p);
            compare(plan.totals().get(p), computed);
            spent += spent(computed);
            carbon += computed.carbonKg();
            objective += computed.costUsd() * scenario.horizon().discountFactor(p);
            if (policy.carbon().perPeriod() != null) {
                findings.atMost(
                        "policy.carbon-per-period",
                        p,
                        "kg",
                        computed.carbonKg(),
                        policy.carbon().perPeriod().grams() / 1000);
            }
        }
        budget("budget", policy.budget(), MoneyCheck::spent);
        budget("capital-budget", policy.capital(), PeriodTotals::capitalUsd);
        budget("operating-budget", policy.operating(), PeriodTotals::operatingUsd);
        policy.periodLimits().forEach(this::periodLimit);
        if (policy.carbon().total() != null) {
            findings.atMost(
                    "policy.carbon-total",
                    null,
                    "kg",
                    carbon,
                    policy.carbon().total().grams() / 1000);
        }
        new SharesCheck(scenario, plan, findings).run(spent);
        findings.same("objective", null, "USD", plan.objectiveUsd(), objective);
        findings.atMost("bound", null, "USD", plan.boundUsd(), plan.objectiveUsd());
        double gap = plan.objectiveUsd() == 0 ? 0 : (plan.objectiveUsd() - plan.boundUsd()) / plan.objectiveUsd();
        findings.same("gap", null, "the gap", plan.gap(), Math.max(0, gap));
    }

    private void compare(PeriodTotals stated, PeriodTotals computed) {
        int p = computed.period();
        findings.same("totals.period", p, "the period", stated.period(), p);
        findings.same("totals.capacity", p, "USD", stated.capacityUsd(), computed.capacityUsd());
        findings.same("totals.energy", p, "USD", stated.energyUsd(), computed.energyUsd());
        findings.same("totals.carbon-price", p, "USD", stated.carbonPriceUsd(), computed.carbonPriceUsd());
        findings.same("totals.energy", p, "kWh", stated.energyKwh(), computed.energyKwh());
        findings.same("totals.carbon", p, "kg", stated.carbonKg(), computed.carbonKg());
        findings.same("totals.water", p, "litres", stated.waterLitres(), computed.waterLitres());
        findings.same("totals.cost", p, "USD", stated.costUsd(), computed.costUsd());
        findings.same("totals.projects", p, "USD", stated.projectsUsd(), computed.projectsUsd());
        findings.same("totals.capital", p, "USD", stated.capitalUsd(), computed.capitalUsd());
        findings.same("totals.operating", p, "USD", stated.operatingUsd(), computed.operatingUsd());
        findings.same("totals.network", p, "USD", stated.networkUsd(), computed.networkUsd());
    }

    private static double spent(PeriodTotals totals) {
        return totals.capacityUsd() + totals.projectsUsd() + totals.energyUsd() + totals.networkUsd();
    }

    private void budget(String kind, Budget budget, ToDoubleFunction<PeriodTotals> paid) {
        double all = 0;
        for (int p = 0; p < scenario.horizon().periods(); p++) {
            double now = paid.applyAsDouble(totals(p));
            all += now;
            if (budget.perPeriod() != null) {
                findings.atMost(
                        "policy." + kind + "-per-period",
                        p,
                        "USD",
                        now,
                        budget.perPeriod().usd());
            }
        }
        if (budget.total() != null) {
            findings.atMost(
                    "policy." + kind + "-total",
                    null,
                    "USD",
                    all,
                    budget.total().usd());
        }
    }

    private void periodLimit(Policy.PeriodLimit limit) {
        for (int p = limit.fromPeriod();
                p <= limit.untilPeriod() && p < plan.totals().size();
                p++) {
            PeriodTotals now = totals(p);
            String path = "policy.by-period.";
            if (limit.spending() != null) {
                findings.atMost(
                        path + "spending",
                        p,
                        "USD",
                        spent(now),
                        limit.spending().usd());
            }
            if (limit.capital() != null) {
                findings.atMost(
                        path + "capital",
                        p,
                        "USD",
                        now.capitalUsd(),
                        limit.capital().usd());
            }
            if (limit.operating() != null) {
                findings.atMost(
                        path + "operating",
                        p,
                        "USD",
                        now.operatingUsd(),
                        limit.operating().usd());
            }
            if (limit.energy() != null) {
                double most = limit.energy().joules() / 3.6e6;
                findings.atMost(path + "energy", p, "kWh", now.energyKwh(), most);
            }
            if (limit.carbon() != null) {
                findings.atMost(
                        path + "carbon", p, "kg", now.carbonKg(), limit.carbon().grams() / 1000);
            }
        }
    }

    private PeriodTotals totals(int period) {
        double capacity = 0;
        double rent = 0;
        for (Capacity line : plan.capacity()) {
            if (line.period() == period) {
                capacity += line.costUsd();
                rent += line.isBought() ? space(line) : line.costUsd();
            }
        }
        double energyUsd = 0;
        double energy = 0;
        double grams = 0;
        double litres = 0;
        for (Drawn one : drawn) {
            if (one.placement().period() == period) {
                Site site = one.site();
                double facility = one.kilowattHours() * site.pue();
                energy += facility;
                energyUsd +=
                        site.tariff() == null ? 0 : facility * site.tariff().usdPerKilowattHour();
                grams += site.carbonIntensity() == null
                        ? 0
                        : facility * site.carbonIntensity().gramsPerKilowattHour();
                litres += site.waterIntensity() == null
                        ? 0
                        : one.kilowattHours() * site.waterIntensity().litresPerKilowattHour();
            }
        }
        double perTonne = scenario.policy().carbon().price() == null
                ? 0
                : scenario.policy().carbon().price().usdPerTonne();
        double carbonUsd = grams / 1e6 * perTonne;
        double undertaken = projects.usd(period);
        double moved = network.usd(period);
        return new PeriodTotals(
                period,
                capacity + undertaken + energyUsd + moved + carbonUsd,
                capacity,
                energyUsd,
                carbonUsd,
                energy,
                grams / 1000,
                litres,
                undertaken,
                capital[period],
                rent + energyUsd + moved + projects.running(period),
                moved);
    }

    private double space(Capacity line) {
        return SharesCheck.space(scenario, line);
    }
}
