package io.ampacity.reports;

import io.ampacity.reports.paper.Block.Check;
import io.ampacity.reports.paper.Mark;
import io.ampacity.reports.paper.Numerals;
import io.ampacity.scenario.Budget;
import io.ampacity.scenario.Plan;
import io.ampacity.scenario.Plan.PeriodTotals;
import io.ampacity.scenario.Policy;
import io.ampacity.units.Money;
import java.util.ArrayList;
import java.util.List;
import java.util.function.DoubleFunction;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/** Limits on money, electricity and greenhouse gas, each held against what the plan takes. */
final class AmountChecks {

    /** Slack for sums of floating-point numbers. */
    private static final double TOLERANCE = 1e-6;

    private final PlanReading reading;
    private final Plan plan;
    private final Policy policy;
    private final List<Check> checks = new ArrayList<>();

    private AmountChecks(PlanReading reading) {
        this.reading = reading;
        this.plan = reading.plan;
        this.policy = reading.scenario.policy();
    }

    static List<Check> of(PlanReading reading) {
        AmountChecks checks = new AmountChecks(reading);
        checks.budget("Budget", checks.policy.budget(), PlanReading::spentUsd);
        checks.budget("Capital budget", checks.policy.capital(), PeriodTotals::capitalUsd);
        checks.budget("Operating budget", checks.policy.operating(), PeriodTotals::operatingUsd);
        checks.carbon();
        checks.policy.periodLimits().forEach(checks::periodLimit);
        checks.checks.addAll(ShareChecks.of(reading));
        return List.copyOf(checks.checks);
    }

    private void budget(String name, Budget budget, ToDoubleFunction<PeriodTotals> paid) {
        Money perPeriod = budget.perPeriod();
        if (perPeriod != null) {
            String rule = name + " of " + Numerals.usd(perPeriod.usd()) + " a period";
            perPeriod(rule, perPeriod.usd(), plan.totals(), paid, Numerals::usd);
        }
        Money total = budget.total();
        if (total != null) {
            double all = plan.totals().stream().mapToDouble(paid).sum();
            total(name + " of " + Numerals.usd(total.usd()) + " in all", total.usd(), all, Numerals::usd);
        }
    }

    private void carbon() {
        var perPeriod = policy.carbon().perPeriod();
        if (perPeriod != null) {
            double kilograms = perPeriod.grams() / 1000;
            perPeriod(
                    "At most " + Numerals.carbon(kilograms) + " CO₂e a period",
                    kilograms,
                    plan.totals(),
                    PeriodTotals::carbonKg,
                    Numerals::carbon);
        }
        var total = policy.carbon().total();
        if (total != null) {
            double kilograms = total.grams() / 1000;
            total(
                    "At most " + Numerals.carbon(kilograms) + " CO₂e in all",
                    kilograms,
                    reading.carbonKg(),
                    Numerals::carbon);
        }
    }

    private void periodLimit(Policy.PeriodLimit limit) {
        List<PeriodTotals> within = plan.totals().stream()
                .filter(totals -> limit.holdsIn(totals.period()))
                .toList();
        int last = Math.min(limit.untilPeriod(), reading.periods() - 1);
        String when = limit.fromPeriod() == last
                ? " in " + reading.periodName(last)
                : " a period from " + reading.periodName(limit.fromPeriod()) + " to " + reading.periodName(last);
        money("Spending", limit.spending(), when, within, PlanReading::spentUsd);
        money("Capital", limit.capital(), when, within, PeriodTotals::capitalUsd);
        money("Operating money", limit.operating(), when, within, PeriodTotals::operatingUsd);
        var energy = limit.energy();
        if (energy != null) {
            double kwh = energy.joules() / 3.6e6;
            String rule = "Electricity of at most " + Numerals.energy(kwh) + when;
            perPeriod(rule, kwh, within, PeriodTotals::energyKwh, Numerals::energy);
        }
        var carbon = limit.carbon();
        if (carbon != null) {
            double kilograms = carbon.grams() / 1000;
            String rule = "At most " + Numerals.carbon(kilograms) + " CO₂e" + when;
            perPeriod(rule, kilograms, within, PeriodTotals::carbonKg, Numerals::carbon);
        }
    }

    private void money(
            String name,
            @Nullable Money most,
            String when,
            List<PeriodTotals> within,
            ToDoubleFunction<PeriodTotals> paid) {
        if (most != null) {
            perPeriod(name + " of at most " + Numerals.usd(most.usd()) + when, most.usd(), within, paid, Numerals::usd);
        }
    }

    private void perPeriod(
            String rule,
            double limit,
            List<PeriodTotals> within,
            ToDoubleFunction<PeriodTotals> amount,
            DoubleFunction<String> print) {
        double most = Double.NEGATIVE_INFINITY;
        int period = 0;
        for (PeriodTotals totals : within) {
            if (amount.applyAsDouble(totals) > most) {
                most = amount.applyAsDouble(totals);
                period = totals.period();
            }
        }
        if (most > Double.NEGATIVE_INFINITY) {
            check(
                    most <= limit * (1 + TOLERANCE),
                    rule,
                    "most is " + print.apply(most) + " in " + reading.periodName(period) + ", " + slack(most, limit));
        }
    }

    private void total(String rule, double limit, double amount, DoubleFunction<String> print) {
        check(amount <= limit * (1 + TOLERANCE), rule, print.apply(amount) + ", " + slack(amount, limit));
    }

    private static String slack(double amount, double limit) {
        if (amount > limit * (1 + TOLERANCE)) {
            return limit > 0 ? Numerals.share(amount / limit - 1) + " too much" : "nothing is allowed";
        }
        double left = limit > 0 ? Math.max(0, 1 - amount / limit) : 0;
        return left < TOLERANCE ? "nothing to spare" : Numerals.share(left) + " to spare";
    }

    private void check(boolean met, String rule, String detail) {
        checks.add(new Check(met ? Mark.MET : Mark.BROKEN, rule, detail));
    }
}
