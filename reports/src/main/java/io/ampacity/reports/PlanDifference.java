package io.ampacity.reports;

import io.ampacity.facts.Deployment;
import io.ampacity.reports.paper.Block;
import io.ampacity.reports.paper.Cell;
import io.ampacity.reports.paper.Column;
import io.ampacity.reports.paper.Numerals;
import io.ampacity.reports.paper.PlainText;
import io.ampacity.scenario.Plan;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.ToDoubleFunction;

/**
 * What differs between two plans, period by period. Periods are matched by name; what one of the plans lacks counts as
 * zero there.
 *
 * @param sameQuestion whether both answer the same scenario with the same facts
 * @param totals what each period takes, where it differs
 * @param capacity chips held, where they differ
 * @param placement parts of a workload's traffic, where they differ by 0.05 percentage points or more, and chips of those
 *     that train or work in batches
 */
public record PlanDifference(
        boolean sameQuestion,
        Change objectiveUsd,
        List<TotalsChange> totals,
        List<CapacityChange> capacity,
        List<PlacementChange> placement) {

    private static final double LEAST_SHARE = 0.0005;
    private static final double LEAST_USD = 0.005;

    /** A number in both plans. */
    public record Change(double before, double after) {

        public double by() {
            return after - before;
        }
    }

    /** What a period takes. */
    public record TotalsChange(String period, Change costUsd, Change energyKwh, Change carbonKg) {}

    /** Chips held. */
    public record CapacityChange(
            String period, String site, String supplier, String chip, String contract, Change count, Change costUsd) {}

    /** A workload on a pool. */
    public record PlacementChange(
            String period,
            String workload,
            String site,
            String supplier,
            String chip,
            String layout,
            Change share,
            Change chips) {}

    private record Holding(String period, String site, String supplier, String chip, String contract) {}

    private record Pool(String period, String workload, String site, String supplier, String chip, String layout) {}

    public PlanDifference {
        totals = List.copyOf(totals);
        capacity = List.copyOf(capacity);
        placement = List.copyOf(placement);
    }

    /** Compares two plans. */
    public static PlanDifference between(Plan before, Plan after) {
        return new PlanDifference(
                before.scenarioHash().equals(after.scenarioHash()),
                new Change(before.objectiveUsd(), after.objectiveUsd()),
                totals(before, after),
                capacity(before, after),
                placement(before, after));
    }

    /** Whether nothing differs. */
    public boolean same() {
        return totals.isEmpty() && capacity.isEmpty() && placement.isEmpty();
    }

    private static List<TotalsChange> totals(Plan before, Plan after) {
        Set<String> periods = new LinkedHashSet<>(before.periods());
        periods.addAll(after.periods());
        List<TotalsChange> changes = new ArrayList<>();
        for (String period : periods) {
            TotalsChange change = new TotalsChange(
                    period,
                    new Change(
                            sum(before, period, Plan.PeriodTotals::costUsd),
                            sum(after, period, Plan.PeriodTotals::costUsd)),
                    new Change(
                            sum(before, period, Plan.PeriodTotals::energyKwh),
                            sum(after, period, Plan.PeriodTotals::energyKwh)),
                    new Change(
                            sum(before, period, Plan.PeriodTotals::carbonKg),
                            sum(after, period, Plan.PeriodTotals::carbonKg)));
            if (Math.abs(change.costUsd().by()) >= LEAST_USD
                    || Math.abs(change.energyKwh().by()) >= LEAST_USD
                    || Math.abs(change.carbonKg().by()) >= LEAST_USD) {
                changes.add(change);
            }
        }
        return changes;
    }

    private static double sum(Plan plan, String period, ToDoubleFunction<Plan.PeriodTotals> amount) {
        return plan.totals().stream()
                .filter(totals -> name(plan, totals.period()).equals(period))
                .mapToDouble(amount)
                .sum();
    }

    private static List<CapacityChange> capacity(Plan before, Plan after) {
        Map<Holding, double[]> held = new LinkedHashMap<>();
        add(before, held, 0);
        add(after, held, 1);
        List<CapacityChange> changes = new ArrayList<>();
        held.forEach((one, sums) -> {
            if (sums[0] != sums[1] || Math.abs(sums[3] - sums[2]) >= LEAST_USD) {
                changes.add(new CapacityChange(
                        one.period(),
                        one.site(),
                        one.supplier(),
                        one.chip(),
                        one.contract(),
                        new Change(sums[0], sums[1]),
                        new Change(sums[2], sums[3])));
            }
        });
        return changes;
    }

    private static void add(Plan plan, Map<Holding, double[]> held, int side) {
        for (Plan.Capacity one : plan.capacity()) {
            double[] sums = held.computeIfAbsent(
                    new Holding(name(plan, one.period()), one.site(), one.supplier(), one.chip(), one.contract()),
                    _ -> new double[4]);
            sums[side] += one.count();
            sums[2 + side] += one.costUsd();
        }
    }

    private static List<PlacementChange> placement(Plan before, Plan after) {
        Map<Pool, double[]> pools = new LinkedHashMap<>();
        addPools(before, pools, 0);
        addPools(after, pools, 1);
        List<PlacementChange> changes = new ArrayList<>();
        pools.forEach((one, sums) -> {
            boolean serves = sums[0] > 0 || sums[1] > 0;
            if (serves ? Math.abs(sums[1] - sums[0]) >= LEAST_SHARE : sums[2] != sums[3]) {
                changes.add(new PlacementChange(
                        one.period(),
                        one.workload(),
                        one.site(),
                        one.supplier(),
                        one.chip(),
                        one.layout(),
                        new Change(sums[0], sums[1]),
                        new Change(sums[2], sums[3])));
            }
        });
        return changes;
    }

    private static void addPools(Plan plan, Map<Pool, double[]> pools, int side) {
        for (Plan.Placement one : plan.placement()) {
            Deployment deployment = one.deployment();
            double[] sums = pools.computeIfAbsent(
                    new Pool(
                            name(plan, one.period()),
                            one.workload(),
                            one.site(),
                            one.supplier(),
                            one.chip(),
                            deployment == null ? "" : deployment.id()),
                    _ -> new double[4]);
            sums[side] += one.share();
            sums[2 + side] += one.chips();
        }
    }

    private static String name(Plan plan, int period) {
        return plan.periods().get(period);
    }

    /** All changes to read. */
    public List<Block> blocks() {
        List<Block> blocks = new ArrayList<>();
        if (!sameQuestion) {
            blocks.add(new Block.Paragraph("The plans answer different scenarios, or the same with other facts."));
        }
        if (same()) {
            blocks.add(
                    new Block.Paragraph("The plans hold the same chips and run the same things in the same places."));
            return blocks;
        }
        if (!totals.isEmpty()) {
            blocks.add(totalsTable());
        }
        if (!capacity.isEmpty()) {
            blocks.add(capacityTable());
        }
        if (!placement.isEmpty()) {
            blocks.add(placementTable());
        }
        return blocks;
    }

    private Block totalsTable() {
        List<List<Cell>> rows = new ArrayList<>();
        for (TotalsChange one : totals) {
            rows.add(List.of(
                    Cell.text(PlainText.name(one.period())),
                    Cell.usd(one.costUsd().before()),
                    Cell.usd(one.costUsd().after()),
                    signed(one.costUsd(), Numerals.usd(Math.abs(one.costUsd().by()))),
                    signed(
                            one.energyKwh(),
                            Numerals.energy(Math.abs(one.energyKwh().by()))),
                    signed(
                            one.carbonKg(),
                            Numerals.carbon(Math.abs(one.carbonKg().by())))));
        }
        return new Block.Table(
                "What each period takes",
                List.of(
                        Column.text("period"),
                        Column.number("cost before").withPriority(2),
                        Column.number("after"),
                        Column.number("change"),
                        Column.number("electricity").withPriority(1),
                        Column.number("CO₂e").withPriority(1)),
                rows,
                null);
    }

    private Block capacityTable() {
        List<List<Cell>> rows = new ArrayList<>();
        for (CapacityChange one : capacity) {
            rows.add(List.of(
                    Cell.text(PlainText.name(one.period())),
                    Cell.text(PlainText.name(one.site())),
                    Cell.text(PlainText.name(one.chip())),
                    Cell.text(PlainText.name(one.contract())),
                    Cell.count(Math.round(one.count().before())),
                    Cell.count(Math.round(one.count().after())),
                    signed(one.costUsd(), Numerals.usd(Math.abs(one.costUsd().by())))));
        }
        return new Block.Table(
                "Chips held",
                List.of(
                        Column.text("period"),
                        Column.text("site"),
                        Column.text("chip"),
                        Column.text("contract").withPriority(2),
                        Column.number("before"),
                        Column.number("after"),
                        Column.number("cost").withPriority(1)),
                rows,
                null);
    }

    private Block placementTable() {
        List<List<Cell>> rows = new ArrayList<>();
        for (PlacementChange one : placement) {
            boolean serves = one.share().before() > 0 || one.share().after() > 0;
            rows.add(List.of(
                    Cell.text(PlainText.name(one.period())),
                    Cell.text(PlainText.name(one.workload())),
                    Cell.text(PlainText.name(one.site())),
                    Cell.text(PlainText.name(one.chip())),
                    Cell.text(one.layout()),
                    serves
                            ? weight(one.share().before())
                            : Cell.count(Math.round(one.chips().before())),
                    serves
                            ? weight(one.share().after())
                            : Cell.count(Math.round(one.chips().after()))));
        }
        return new Block.Table(
                "What runs where",
                List.of(
                        Column.text("period"),
                        Column.text("workload"),
                        Column.text("site"),
                        Column.text("chip").withPriority(1),
                        Column.text("layout").withPriority(2),
                        Column.number("before"),
                        Column.number("after")),
                rows,
                "A share is the routing weight. Training and batch show chips.");
    }

    private static Cell weight(double share) {
        return Cell.number(Numerals.weight(share), share);
    }

    private static Cell signed(Change change, String amount) {
        String sign = change.by() > 0 ? "+" : change.by() < 0 ? "−" : "";
        return Cell.number(sign + amount, change.by());
    }
}
