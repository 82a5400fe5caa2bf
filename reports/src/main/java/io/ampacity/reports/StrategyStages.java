package io.ampacity.reports;

import io.ampacity.reports.paper.Block;
import io.ampacity.reports.paper.Cell;
import io.ampacity.reports.paper.Column;
import io.ampacity.reports.paper.Numerals;
import io.ampacity.reports.paper.PlainText;
import io.ampacity.reports.paper.Section;
import io.ampacity.scenario.Plan;
import io.ampacity.scenario.ServiceLevelObjective;
import io.ampacity.scenario.Workload;
import io.ampacity.units.TimeSpan;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The staged roll-out: a pilot on the smallest pool that teaches something, then growth period by period, then steady. */
final class StrategyStages {

    private final StrategyFigures figures;
    private final Plan.@Nullable Placement pilot;

    StrategyStages(StrategyFigures figures) {
        this.figures = figures;
        this.pilot = choosePilot().orElse(null);
    }

    /** The smallest pool of the first serving period with a supplier that is not own and not the largest, else any. */
    private Optional<Plan.Placement> choosePilot() {
        String largest = figures.spendBySupplier().keySet().stream().findFirst().orElse("");
        return figures.plan.placement().stream()
                .filter(placement -> placement.requestsPerSecond() > 0)
                .min(Comparator.comparingInt(Plan.Placement::period)
                        .thenComparing(placement ->
                                placement.supplier().equals(largest) || figures.reading.isOwn(placement.supplier()))
                        .thenComparingInt(Plan.Placement::chips)
                        .thenComparing(Plan.Placement::workload)
                        .thenComparing(Plan.Placement::site));
    }

    Plan.@Nullable Placement pilot() {
        return pilot;
    }

    Section section() {
        List<Block> blocks = new ArrayList<>();
        Plan.Placement pool = pilot;
        if (pool != null && figures.reading.workload(pool.workload()) instanceof Workload.Serving serving) {
            blocks.add(new Block.Entries(pilotEntries(pool, serving)));
        } else {
            blocks.add(
                    new Block.Paragraph("The plan serves nothing, so that there is no pilot: the first run is one."));
        }
        List<List<Cell>> rows = new ArrayList<>();
        int steady = 0;
        for (int period = 0; period < figures.reading.periods(); period++) {
            int now = period;
            int added = figures.plan.capacity().stream()
                    .filter(capacity -> capacity.period() == now)
                    .mapToInt(Plan.Capacity::added)
                    .sum();
            int before = period == 0 ? 0 : figures.reading.chips(period - 1);
            boolean grows = added > 0 || figures.reading.chips(period) != before;
            steady = grows ? period + 1 : steady;
            rows.add(List.of(
                    Cell.text(figures.reading.periodName(period)),
                    Cell.text(period == 0 ? "pilot, then the base" : grows ? "expand" : "steady"),
                    Cell.count(figures.reading.chips(period)),
                    Cell.text(signed(figures.reading.chips(period) - before)),
                    Cell.usd(figures.plan.totals().get(period).costUsd())));
        }
        blocks.add(new Block.Table(
                "Stages",
                List.of(
                        Column.text("period"),
                        Column.text("stage"),
                        Column.number("chips held"),
                        Column.number("change"),
                        Column.number("cost")),
                rows,
                steady >= figures.reading.periods()
                        ? "It grows to the last period: the plan knows no steady state inside its time."
                        : "Steady from " + figures.reading.periodName(steady) + "."));
        return new Section("stages", "Roll-out in stages", blocks);
    }

    private static String signed(int change) {
        return change > 0 ? "+" + Numerals.count((long) change) : Numerals.count((long) change);
    }

    private List<Block.Entry> pilotEntries(Plan.Placement pool, Workload.Serving serving) {
        ServiceLevelObjective objective = serving.objective();
        double elsewhere = 0;
        for (Plan.Placement other : figures.plan.placement()) {
            if (other.period() == pool.period() && other.workload().equals(pool.workload()) && !other.equals(pool)) {
                elsewhere += other.capacityRequestsPerSecond();
            }
        }
        double peak = figures.peak(serving, pool.period());
        String where = PlainText.name(pool.chip()) + " of " + figures.name(pool.supplier()) + " at "
                + PlainText.name(pool.site());
        List<Block.Entry> entries = new ArrayList<>();
        entries.add(new Block.Entry(
                "Pilot",
                PlainText.name(pool.workload()) + " on " + pool.chips() + " " + where + ", "
                        + Numerals.share(pool.share()) + " of its traffic, "
                        + Numerals.rate(pool.requestsPerSecond()) + " requests a second"));
        entries.add(new Block.Entry(
                "Success",
                Numerals.asked(objective.attainment()) + " of requests within " + limits(objective) + ", at up to "
                        + Numerals.rate(pool.capacityRequestsPerSecond())
                        + " requests a second, for two weeks that hold"
                        + " a busiest hour"));
        entries.add(new Block.Entry(
                "Stop rule",
                "under " + Numerals.asked(objective.attainment())
                        + " in two busiest hours in a row, or the pool carries"
                        + " under " + Numerals.rate(pool.peakRequestsPerSecond())
                        + " requests a second, which the plan counts on"));
        double kept = peak <= 0 ? 1 : Math.min(1, elsewhere / peak);
        entries.add(new Block.Entry(
                "Rollback",
                "set the weight of the pool to 0; the other pools carry " + Numerals.share(kept)
                        + " of the busiest hour without it"
                        + (kept < 1 ? ", so keep what runs today until the pilot has passed" : "")));
        entries.add(new Block.Entry(
                "Expand when",
                "the pilot has passed; then take what the plan holds in " + figures.reading.periodName(pool.period())
                        + ": " + Numerals.count((long) figures.reading.chips(pool.period())) + " chips"));
        return entries;
    }

    /** The limits of a promise in words. */
    static String limits(ServiceLevelObjective objective) {
        TimeSpan first = objective.timeToFirstToken();
        TimeSpan each = objective.timePerOutputToken();
        String one = first == null ? "" : Numerals.seconds(first.seconds()) + " to the first token";
        String two = each == null ? "" : Numerals.seconds(each.seconds()) + " a token";
        return one.isEmpty() && two.isEmpty()
                ? "no limit"
                : one.isEmpty() ? two : two.isEmpty() ? one : one + " and " + two;
    }
}
