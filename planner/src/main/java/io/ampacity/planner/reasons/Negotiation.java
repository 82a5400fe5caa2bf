package io.ampacity.planner.reasons;

import io.ampacity.planner.Planner;
import io.ampacity.planner.PlannerOptions;
import io.ampacity.planner.Restriction;
import io.ampacity.planner.coefficients.Coefficients;
import io.ampacity.scenario.Plan;
import io.ampacity.scenario.Plan.Capacity;
import io.ampacity.scenario.Scenario;
import io.ampacity.scenario.Site;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a supplier (or any part of the offers) is worth, and the price at which it leaves the plan or enters it.
 *
 * <p>With prices of the part times m, V(m) is the cost of the best plan and W that of the best plan without the part. V is concave
 * in m and V ≤ W; the part leaves at the m where they meet. It is found by Newton's steps from below: the cost of a plan is a
 * line a + s·m, and where the line of the best plan at m meets W the part has not left before (Dinkelbach 1967).
 *
 * @param part what it is about
 * @param spentUsd discounted money the plan spends on it; 0 when it is not in the plan
 * @param costUsd of the plan, discounted
 * @param withoutUsd of the best plan without the part; infinite when there is none
 * @param factor on its prices at which it leaves (above 1) or enters (below 1); NaN when it enters at no price, infinite
 *     when it leaves at none
 * @param low and {@code high}: the factor as sure as the plans are proven
 * @param usedBelow whether plans made again at a price below {@code low} use it
 * @param usedAbove whether plans made again at a price above {@code high} use it
 * @param replacedBy chips of others that take its place, at most, in the plan without it
 */
public record Negotiation(
        Part part,
        double spentUsd,
        double costUsd,
        double withoutUsd,
        double factor,
        double low,
        double high,
        boolean usedBelow,
        boolean usedAbove,
        Map<String, Integer> replacedBy) {

    private static final int MOST_STEPS = 20;
    private static final double ROUNDING = 1e-6;
    private static final double BESIDE = 0.01;
    private static final double[] LOWER = {0.8, 0.6, 0.4, 0.2, 0.05};

    public Negotiation {
        replacedBy = java.util.Collections.unmodifiableMap(new TreeMap<>(replacedBy));
    }

    /** What the part is worth: what the best plan without it costs more. */
    public double worthUsd() {
        return withoutUsd - costUsd;
    }

    /**
     * Negotiates.
     *
     * @param plan the plan of the scenario as its prices are
     */
    public static Negotiation of(
            Planner planner,
            Scenario scenario,
            Plan plan,
            Part part,
            Coefficients coefficients,
            PlannerOptions options) {
        Table table = new Table(planner, scenario, part, coefficients, options);
        Plan without = planner.plan(part.removedFrom(scenario), "", coefficients, options, Restriction.NONE)
                .orElse(null);
        double spent = table.spent(plan, 1);
        if (without == null) {
            return new Negotiation(
                    part,
                    spent,
                    plan.objectiveUsd(),
                    Double.POSITIVE_INFINITY,
                    Double.POSITIVE_INFINITY,
                    Double.POSITIVE_INFINITY,
                    Double.POSITIVE_INFINITY,
                    true,
                    true,
                    Map.of());
        }
        double alone = without.objectiveUsd();
        double from = 1;
        Plan at = plan;
        for (int i = 0; i < LOWER.length && table.spent(at, from) <= 0; i++) {
            from = LOWER[i];
            at = table.plan(from);
        }
        double slope = table.spent(at, from) / from;
        if (slope <= 0) {
            return new Negotiation(
                    part,
                    spent,
                    plan.objectiveUsd(),
                    alone,
                    Double.NaN,
                    Double.NaN,
                    Double.NaN,
                    false,
                    false,
                    Map.of());
        }
        double factor = from;
        double sure = Math.max(options.relativeGap(), ROUNDING) * alone;
        for (int step = 0; step < MOST_STEPS && alone - at.objectiveUsd() > sure; step++) {
            factor += (alone - at.objectiveUsd()) / slope;
            at = table.plan(factor);
            double now = table.spent(at, factor) / factor;
            if (now <= 0) {
                break;
            }
            slope = now;
        }
        double unsure = sure / slope;
        double low = Math.max(0, factor - unsure);
        double high = factor + unsure;
        Plan below = table.plan(low * (1 - BESIDE));
        Plan above = table.plan(high * (1 + BESIDE));
        return new Negotiation(
                part,
                spent,
                plan.objectiveUsd(),
                alone,
                factor,
                low,
                high,
                table.spent(below, low * (1 - BESIDE)) > 0,
                table.spent(above, high * (1 + BESIDE)) > 0,
                replaced(spent > 0 ? plan : below, without, part));
    }

    private static Map<String, Integer> replaced(Plan with, Plan without, Part part) {
        Map<String, Integer> more = new TreeMap<>();
        most(without, part).forEach((name, chips) -> {
            int growth = chips - most(with, part).getOrDefault(name, 0);
            if (growth > 0) {
                more.put(name, growth);
            }
        });
        return more;
    }

    /** Chips of others held at once, at most, by supplier and chip. */
    private static Map<String, Integer> most(Plan plan, Part part) {
        Map<String, Integer> now = new TreeMap<>();
        Map<String, Integer> most = new TreeMap<>();
        for (Capacity line : plan.capacity()) {
            if (!part.has(line)) {
                String name = line.supplier() + "/" + line.chip();
                int chips = now.merge(line.period() + "|" + name, line.count(), Integer::sum);
                most.merge(name, chips, Math::max);
            }
        }
        return most;
    }

    /** Plans by the factor on prices. */
    private record Table(
            Planner planner, Scenario scenario, Part part, Coefficients coefficients, PlannerOptions options) {

        Plan plan(double factor) {
            return planner.plan(part.priced(scenario, factor), "", coefficients, options, Restriction.NONE)
                    .orElseThrow();
        }

        /** Discounted money for the part in a plan whose prices are times a factor; a mean over futures. */
        double spent(Plan plan, double factor) {
            if (factor <= 0) {
                return 0;
            }
            if (plan.futures().isEmpty()) {
                return spent(plan.capacity());
            }
            return plan.futures().stream()
                    .mapToDouble(future -> future.probability() * spent(future.capacity()))
                    .sum();
        }

        private double spent(java.util.List<Capacity> lines) {
            double sum = 0;
            for (Capacity line : lines) {
                if (part.has(line)) {
                    sum += (line.costUsd() - space(line)) * scenario.horizon().discountFactor(line.period());
                }
            }
            return sum;
        }

        /** The part of a line that is rent of space, staff and repair, which is not paid to the seller. */
        private double space(Capacity line) {
            boolean bought = line.isBought();
            for (Site site : scenario.sites()) {
                if (bought && site.id().equals(line.site()) && site.spacePerChip() != null) {
                    return line.count()
                            * site.spacePerChip().usdPerHour()
                            * scenario.horizon().periodHours();
                }
            }
            return 0;
        }
    }
}
