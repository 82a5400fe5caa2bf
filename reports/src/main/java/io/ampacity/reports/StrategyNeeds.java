package io.ampacity.reports;

import io.ampacity.reports.paper.Block;
import io.ampacity.reports.paper.Cell;
import io.ampacity.reports.paper.Column;
import io.ampacity.reports.paper.Numerals;
import io.ampacity.reports.paper.PlainText;
import io.ampacity.reports.paper.Section;
import io.ampacity.scenario.Plan;
import io.ampacity.scenario.Workload;
import java.util.ArrayList;
import java.util.List;

/** The audit of needs: what each project asks for at the start and at the end, and what holds it back. */
final class StrategyNeeds {

    private static final int BOTTLENECKS = 4;

    private final StrategyFigures figures;

    StrategyNeeds(StrategyFigures figures) {
        this.figures = figures;
    }

    Section section() {
        int last = figures.last();
        List<List<Cell>> rows = new ArrayList<>();
        for (Workload workload : figures.scenario.workloads()) {
            String needs =
                    switch (workload) {
                        case Workload.Serving serving ->
                            Numerals.rate(figures.peak(serving, 0)) + " → " + Numerals.rate(figures.peak(serving, last))
                                    + Numerals.JOIN + "req/s";
                        case Workload.Training training -> Numerals.many(training.tokens()) + " tokens";
                        case Workload.Batch batch -> Numerals.many(batch.outputTokensPerPeriod()) + " tokens a period";
                    };
            rows.add(List.of(
                    Cell.text(PlainText.name(workload.id())),
                    Cell.text(PlainText.name(workload.model())),
                    Cell.text(needs),
                    Cell.count(chips(workload, 0)),
                    Cell.count(most(workload)),
                    Cell.text(room(workload))));
        }
        List<Block> blocks = new ArrayList<>();
        blocks.add(new Block.Table(
                "What each project needs, from " + figures.reading.periodName(0) + " to "
                        + figures.reading.periodName(last),
                List.of(
                        Column.text("project"),
                        Column.text("model").withPriority(2),
                        Column.text("busiest hour, or work"),
                        Column.number("chips first"),
                        Column.number("chips at most"),
                        Column.number("tightest room")),
                rows,
                "Room: what the replicas carry over what the busiest hour asks, in the tightest period."));
        List<Block.Point> bottlenecks = new ArrayList<>();
        for (StrategyFigures.Bottleneck limit : figures.bottlenecks(BOTTLENECKS)) {
            bottlenecks.add(new Block.Point(
                    limit.name(),
                    "one more " + limit.unit() + " saves " + Numerals.usd(limit.dearestUsd()) + limit.when()));
        }
        blocks.add(
                bottlenecks.isEmpty()
                        ? new Block.Paragraph("No limit holds the cost up: nothing is worth asking for more of.")
                        : new Block.Points(bottlenecks));
        return new Section("needs", "Audit of needs", blocks);
    }

    private int most(Workload workload) {
        int most = 0;
        for (int period = 0; period < figures.reading.periods(); period++) {
            most = Math.max(most, chips(workload, period));
        }
        return most;
    }

    private int chips(Workload workload, int period) {
        return figures.plan.placement().stream()
                .filter(placement -> placement.workload().equals(workload.id()) && placement.period() == period)
                .mapToInt(Plan.Placement::chips)
                .sum();
    }

    private String room(Workload workload) {
        if (!(workload instanceof Workload.Serving serving)) {
            return "";
        }
        double least = Double.POSITIVE_INFINITY;
        for (int period = 0; period < figures.reading.periods(); period++) {
            double peak = figures.peak(serving, period);
            if (peak > 0) {
                least = Math.min(least, figures.carried(serving.id(), period, null, null) / peak);
            }
        }
        return Double.isInfinite(least) ? "" : Numerals.share(least);
    }
}
