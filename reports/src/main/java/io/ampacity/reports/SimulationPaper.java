package io.ampacity.reports;

import io.ampacity.reports.paper.Block;
import io.ampacity.reports.paper.Cell;
import io.ampacity.reports.paper.Chart;
import io.ampacity.reports.paper.Column;
import io.ampacity.reports.paper.Numerals;
import io.ampacity.reports.paper.Paper;
import io.ampacity.reports.paper.Section;
import io.ampacity.reports.paper.Tone;
import io.ampacity.reports.paper.Verdict;
import io.ampacity.simulator.report.Distribution;
import io.ampacity.simulator.report.FailureWindow;
import io.ampacity.simulator.report.PoolResult;
import io.ampacity.simulator.report.RequestCounts;
import io.ampacity.simulator.report.SimulationResult;
import io.ampacity.simulator.report.WindowResult;
import io.ampacity.simulator.report.WorkloadResult;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a replay showed, as a paper. */
public final class SimulationPaper {

    private static final double JOULES_PER_KILOWATT_HOUR = 3.6e6;

    private final SimulationResult result;
    private final List<String> bases;

    private SimulationPaper(SimulationResult result, List<String> bases) {
        this.result = result;
        this.bases = bases;
    }

    /**
     * The paper of a replay.
     *
     * @param title what was replayed on what
     * @param subtitle how, in a line; may be empty
     * @param bases what cost, carbon and water rest on, a sentence each
     */
    public static Paper of(String title, String subtitle, SimulationResult result, List<String> bases) {
        SimulationPaper paper = new SimulationPaper(result, bases);
        return new Paper(title, subtitle, paper.verdict(), paper.tiles(), paper.sections());
    }

    private Verdict verdict() {
        List<WorkloadResult> broken = result.byWorkload().stream()
                .filter(one -> one.sloAttainment() != null
                        && one.promisedAttainment() != null
                        && one.sloAttainment() < one.promisedAttainment())
                .toList();
        RequestCounts requests = result.requests();
        String counts = Numerals.count(requests.completed()) + " of " + Numerals.count(requests.arrived())
                + " requests completed, " + Numerals.count(requests.rejected()) + " rejected, "
                + Numerals.count(requests.lost()) + " lost.";
        if (!broken.isEmpty()) {
            WorkloadResult first = broken.getFirst();
            return new Verdict(
                    Verdict.Standing.FAILS,
                    "It does not hold",
                    first.workload() + " attains " + share(first.sloAttainment()) + " of its objective, promised are "
                            + share(first.promisedAttainment()) + ". " + counts);
        }
        boolean promised = result.sloAttainment() != null;
        return promised
                ? new Verdict(Verdict.Standing.HOLDS, "It holds", "Every objective is attained. " + counts)
                : new Verdict(Verdict.Standing.UNPROVEN, "Replayed", "No objective was stated. " + counts);
    }

    private Block.Tiles tiles() {
        List<Block.Tile> tiles = new ArrayList<>();
        if (result.sloAttainment() != null) {
            tiles.add(new Block.Tile("attainment", Cell.share(result.sloAttainment()), "of all requests"));
        }
        double seconds = result.simulatedSeconds();
        tiles.add(new Block.Tile(
                "output",
                Cell.number(Numerals.many(result.outputTokens() / seconds), result.outputTokens() / seconds),
                "tokens/s over " + Numerals.seconds(seconds)));
        tiles.add(new Block.Tile(
                "energy",
                Cell.number(
                        Numerals.energy(result.energyJoules() / JOULES_PER_KILOWATT_HOUR),
                        result.energyJoules() / JOULES_PER_KILOWATT_HOUR),
                Numerals.significant(result.energyJoules() / result.outputTokens()) + " J/token"));
        tiles.add(new Block.Tile(
                "cost", result.costUsd() == null ? Cell.text("unknown") : Cell.usd(result.costUsd()), "of the replay"));
        return new Block.Tiles(tiles);
    }

    private List<Section> sections() {
        List<Section> sections = new ArrayList<>();
        sections.add(new Section("latency", "Latency", latency()));
        if (result.requests().completed() > 0) {
            sections.add(new Section("time", "Where the time went", TimeSections.spent(result)));
            Chart.Timeline chart = TimeSections.overTime(result);
            if (chart.hasLength()) {
                sections.add(new Section("over-time", "Over time", chart));
            }
        }
        if (!result.byTenant().isEmpty()) {
            sections.add(new Section(
                    "tenants", "Tenants", TimeSections.groups("How each tenant fared", "tenant", result.byTenant())));
        }
        if (!result.byClass().isEmpty()) {
            sections.add(new Section(
                    "classes", "Classes", TimeSections.groups("How each class fared", "class", result.byClass())));
        }
        if (result.byWorkload().size() > 1) {
            sections.add(new Section("workloads", "Workloads", workloads()));
        }
        if (!result.failures().isEmpty()) {
            sections.add(new Section("failures", "Failures", failures()));
        }
        if (!result.disruptions().isEmpty()) {
            sections.add(new Section("disruptions", "What failed by chance", TimeSections.disruptions(result)));
        }
        sections.addAll(ServingSections.of(result.serving()));
        sections.add(new Section("pools", "Pools", pools()));
        if (!bases.isEmpty()) {
            List<Block> costs = new ArrayList<>();
            costs.add(costs());
            bases.forEach(basis -> costs.add(new Block.Paragraph(basis, Tone.FAINT)));
            sections.add(new Section("costs", "Energy, carbon, water, cost", costs));
        }
        return sections;
    }

    private Block latency() {
        List<List<Cell>> rows = new ArrayList<>();
        rows.add(row("time to first token", result.timeToFirstTokenSeconds()));
        rows.add(row("time per output token", result.timePerOutputTokenSeconds()));
        rows.add(row("inter-token latency", result.interTokenLatencySeconds()));
        rows.add(row("end to end", result.endToEndSeconds()));
        return new Block.Table(
                "Latency of completed requests",
                List.of(
                        Column.text(""),
                        Column.number("mean"),
                        Column.number("p50"),
                        Column.number("p90"),
                        Column.number("p95").withPriority(1),
                        Column.number("p99"),
                        Column.number("max").withPriority(2)),
                rows,
                "Estimates are " + result.provenance().id() + ".");
    }

    private static List<Cell> row(String name, Distribution times) {
        return List.of(
                Cell.text(name),
                Cell.seconds(times.mean()),
                Cell.seconds(times.p50()),
                Cell.seconds(times.p90()),
                Cell.seconds(times.p95()),
                Cell.seconds(times.p99()),
                Cell.seconds(times.max()));
    }

    private Block workloads() {
        List<List<Cell>> rows = new ArrayList<>();
        for (WorkloadResult one : result.byWorkload()) {
            rows.add(List.of(
                    Cell.text(one.workload()),
                    Cell.count(one.requests().arrived()),
                    Cell.seconds(one.timeToFirstTokenSeconds().p95()),
                    Cell.seconds(one.timePerOutputTokenSeconds().p95()),
                    shareOf(one.sloAttainment()),
                    shareOf(one.promisedAttainment()),
                    TimeSections.goodput(one)));
        }
        return new Block.Table(
                "How each workload fared",
                List.of(
                        Column.text("workload"),
                        Column.number("requests"),
                        Column.number("TTFT p95"),
                        Column.number("TPOT p95"),
                        Column.number("attained"),
                        Column.number("promised"),
                        Column.number("goodput/s").withPriority(1)),
                rows,
                null);
    }

    private Block failures() {
        List<List<Cell>> rows = new ArrayList<>();
        for (FailureWindow window : result.failures()) {
            rows.add(List.of(
                    Cell.text(window.failure()),
                    Cell.text(window.workload()),
                    attained(window.before()),
                    attained(window.during()),
                    attained(window.after()),
                    Cell.count(window.during().lost() + window.during().rejected())));
        }
        return new Block.Table(
                "Attainment before, during and after each failure",
                List.of(
                        Column.text("failure"),
                        Column.text("workload"),
                        Column.number("before"),
                        Column.number("during"),
                        Column.number("after"),
                        Column.number("turned away")),
                rows,
                null);
    }

    private Block pools() {
        List<List<Cell>> rows = new ArrayList<>();
        for (PoolResult pool : result.byPool()) {
            rows.add(List.of(
                    Cell.text(pool.pool()),
                    Cell.count(pool.replicas()),
                    Cell.count(pool.completed()),
                    Cell.share(pool.utilisation()),
                    Cell.share(result.availabilityByPool().getOrDefault(pool.pool(), 1.0)),
                    Cell.share(pool.peakKvUse()),
                    Cell.count(pool.preemptions())));
        }
        return new Block.Table(
                "What each pool did",
                List.of(
                        Column.text("pool"),
                        Column.number("replicas"),
                        Column.number("completed"),
                        Column.number("busy"),
                        Column.number("there").withPriority(2),
                        Column.number("peak KV"),
                        Column.number("preempted").withPriority(1)),
                rows,
                null);
    }

    private Block costs() {
        Double grams = result.carbonGrams();
        Double litres = result.waterLitres();
        double kilowattHours = result.energyJoules() / JOULES_PER_KILOWATT_HOUR;
        return new Block.Entries(List.of(
                new Block.Entry("Energy", Numerals.energy(kilowattHours)),
                new Block.Entry("Carbon", grams == null ? "unknown" : Numerals.carbon(grams / 1000) + " CO₂e"),
                new Block.Entry("Water", litres == null ? "unknown" : Numerals.water(litres)),
                new Block.Entry("Cost", result.costUsd() == null ? "unknown" : Numerals.usd(result.costUsd()))));
    }

    private static Cell attained(WindowResult window) {
        return shareOf(window.sloAttainment());
    }

    private static Cell shareOf(@Nullable Double share) {
        return share == null ? Cell.text("–") : Cell.share(share);
    }

    private static String share(@Nullable Double share) {
        return share == null ? "unknown" : Numerals.share(share);
    }
}
