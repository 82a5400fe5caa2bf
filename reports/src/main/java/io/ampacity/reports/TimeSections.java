package io.ampacity.reports;

import io.ampacity.reports.paper.Block;
import io.ampacity.reports.paper.Cell;
import io.ampacity.reports.paper.Chart;
import io.ampacity.reports.paper.Column;
import io.ampacity.reports.paper.Numerals;
import io.ampacity.simulator.report.Disruptions;
import io.ampacity.simulator.report.FailureWindow;
import io.ampacity.simulator.report.GroupResult;
import io.ampacity.simulator.report.Part;
import io.ampacity.simulator.report.Series;
import io.ampacity.simulator.report.SimulationResult;
import io.ampacity.simulator.report.TimeSpent;
import io.ampacity.simulator.report.WorkloadResult;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Where the seconds of a replay went: by part, by who asked, and over time. */
final class TimeSections {

    private static final int MOST_BARS = 12;
    private static final int MOST_BUCKETS = 128;
    private static final int MOST_GROUPS = 20;

    private TimeSections() {}

    static String words(Part part) {
        return part.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    /** Each part of the time of all requests, and a bar a pool where there are several. */
    static List<Block> spent(SimulationResult result) {
        List<List<Cell>> rows = new ArrayList<>();
        for (TimeSpent spent : result.timeSpent()) {
            if (spent.totalSeconds() > 0) {
                rows.add(List.of(
                        Cell.text(words(spent.part())),
                        Cell.share(spent.share()),
                        Cell.seconds(spent.seconds().mean()),
                        Cell.seconds(spent.seconds().p50()),
                        Cell.seconds(spent.seconds().p90()),
                        Cell.seconds(spent.seconds().p99()),
                        Cell.seconds(spent.seconds().max())));
            }
        }
        List<Block> blocks = new ArrayList<>();
        blocks.add(new Block.Table(
                "What completed requests spent their time on",
                List.of(
                        Column.text(""),
                        Column.number("share"),
                        Column.number("mean"),
                        Column.number("p50").withPriority(1),
                        Column.number("p90").withPriority(2),
                        Column.number("p99"),
                        Column.number("max").withPriority(3)),
                rows,
                null));
        Map<String, Map<Part, Double>> pools = result.timeSpentByPool();
        if (pools.size() > 1 && pools.size() <= MOST_BARS) {
            blocks.add(new Block.InFull(List.of(bars(result))));
        }
        return blocks;
    }

    private static Chart.StackedBars bars(SimulationResult result) {
        List<String> names = List.copyOf(result.timeSpentByPool().keySet());
        List<Chart.Series> series = new ArrayList<>();
        for (Part part : Part.values()) {
            List<Double> means = new ArrayList<>();
            double all = 0;
            for (int pool = 0; pool < names.size(); pool++) {
                long completed = result.byPool().get(pool).completed();
                double seconds = result.timeSpentByPool()
                        .getOrDefault(names.get(pool), Map.of())
                        .getOrDefault(part, 0.0);
                all += seconds;
                means.add(completed > 0 ? seconds / completed : 0);
            }
            if (all > 0) {
                series.add(new Chart.Series(words(part), part.index(), means));
            }
        }
        return new Chart.StackedBars("Mean time of a request, by pool", Chart.Scale.SECONDS, names, series);
    }

    /** Tenants or classes that the traces name. */
    static Block.Table groups(String caption, String word, List<GroupResult> groups) {
        List<List<Cell>> rows = new ArrayList<>();
        for (GroupResult one : groups.subList(0, Math.min(groups.size(), MOST_GROUPS))) {
            rows.add(List.of(
                    Cell.text(one.name()),
                    Cell.count(one.requests().arrived()),
                    Cell.count(one.requests().rejected() + one.requests().lost()),
                    Cell.seconds(one.timeToFirstTokenSeconds().p95()),
                    Cell.seconds(one.endToEndSeconds().p95()),
                    one.sloAttainment() == null ? Cell.text("–") : Cell.share(one.sloAttainment()),
                    Cell.number(Numerals.rate(one.goodputRequestsPerSecond()), one.goodputRequestsPerSecond())));
        }
        return new Block.Table(
                caption,
                List.of(
                        Column.text(word),
                        Column.number("requests"),
                        Column.number("turned away"),
                        Column.number("TTFT p95"),
                        Column.number("end to end p95"),
                        Column.number("attained"),
                        Column.number("goodput/s").withPriority(1)),
                rows,
                groups.size() > MOST_GROUPS ? "The first " + MOST_GROUPS + " of " + groups.size() + "." : null);
    }

    /** Failures that were drawn or replayed, by cause. */
    static Block.Table disruptions(SimulationResult result) {
        List<List<Cell>> rows = new ArrayList<>();
        for (Disruptions one : result.disruptions()) {
            rows.add(List.of(
                    Cell.text(one.cause()),
                    Cell.count(one.count()),
                    Cell.seconds(one.totalSeconds() / one.count()),
                    Cell.seconds(one.longestSeconds())));
        }
        return new Block.Table(
                "Failures drawn or replayed, by cause",
                List.of(
                        Column.text("cause"),
                        Column.number("failures"),
                        Column.number("mean length"),
                        Column.number("longest")),
                rows,
                null);
    }

    /** The fleet over time. */
    static Chart.Timeline overTime(SimulationResult result) {
        Series series = result.series();
        int buckets = series.facilityWatts().size();
        int together = (buckets + MOST_BUCKETS - 1) / MOST_BUCKETS;
        List<Double> starts = new ArrayList<>();
        for (int bucket = 0; bucket < buckets; bucket += together) {
            starts.add(bucket * series.bucketSeconds());
        }
        List<Chart.Panel> panels = new ArrayList<>();
        panels.add(panel("Requests arriving", Chart.Scale.RATE, "arriving", series.arrivalsPerSecond(), together));
        panels.add(panel("Requests waiting", Chart.Scale.COUNT, "waiting", series.meanQueued(), together));
        panels.add(panel("Requests in a batch", Chart.Scale.COUNT, "in a batch", series.meanRunning(), together));
        panels.add(panel("KV cache in use", Chart.Scale.SHARE, "in use", series.meanKvUse(), together));
        panels.add(panel("Power of the facilities", Chart.Scale.WATTS, "power", series.facilityWatts(), together));
        Set<Chart.Window> windows = new LinkedHashSet<>();
        for (FailureWindow window : result.failures()) {
            windows.add(new Chart.Window(
                    window.failure(),
                    Math.min(window.startSeconds(), result.simulatedSeconds()),
                    Math.min(window.endSeconds(), result.simulatedSeconds())));
        }
        return new Chart.Timeline(
                "The fleet over time", starts, result.simulatedSeconds(), panels, List.copyOf(windows));
    }

    private static Chart.Panel panel(String title, Chart.Scale scale, String name, List<Double> values, int together) {
        List<Double> merged = new ArrayList<>();
        for (int from = 0; from < values.size(); from += together) {
            List<Double> part = values.subList(from, Math.min(values.size(), from + together));
            merged.add(part.stream().mapToDouble(Double::doubleValue).average().orElse(0));
        }
        return new Chart.Panel(
                title, scale, false, null, null, List.of(new Chart.Series(name, Chart.Series.NEUTRAL, merged)));
    }

    /** Goodput of each workload, for the table of workloads. */
    static Cell goodput(WorkloadResult one) {
        return Cell.number(Numerals.rate(one.goodputRequestsPerSecond()), one.goodputRequestsPerSecond());
    }
}
