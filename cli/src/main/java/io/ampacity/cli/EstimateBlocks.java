package io.ampacity.cli;

import io.ampacity.physics.ChipSheet;
import io.ampacity.physics.Operation;
import io.ampacity.physics.estimate.Banded;
import io.ampacity.physics.estimate.Estimate;
import io.ampacity.reports.paper.Block;
import io.ampacity.reports.paper.Cell;
import io.ampacity.reports.paper.Chart;
import io.ampacity.reports.paper.Column;
import io.ampacity.reports.paper.Numerals;
import io.ampacity.reports.paper.Paper;
import io.ampacity.reports.paper.Section;
import io.ampacity.reports.paper.Verdict;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.DoubleFunction;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/** Estimates for a reader. */
final class EstimateBlocks {

    private static final double TERA = 1e12;

    private EstimateBlocks() {}

    /** One estimate as text. */
    static List<Block> one(EstimatePoint point) {
        return List.of(table(point), energy(point), new Block.Paragraph(remark(point)));
    }

    private static Block table(EstimatePoint point) {
        Estimate estimate = point.estimate();
        PriceAndPlace.Costs costs = point.costs();
        List<List<Cell>> rows = new ArrayList<>();
        rows.add(row("time to first token", estimate.timeToFirstTokenSeconds(), Numerals::seconds));
        rows.add(row("time between tokens", estimate.interTokenLatencySeconds(), Numerals::seconds));
        rows.add(row("whole request", estimate.endToEndSeconds(), Numerals::seconds));
        rows.add(row("output tokens a second", estimate.outputTokensPerSecond(), Numerals::significant));
        rows.add(row("power of the chips, W", estimate.averagePowerWatts(), Numerals::significant));
        rows.add(row("energy of a token, J", estimate.energyPerOutputTokenJoules(), Numerals::significant));
        rows.add(row("carbon of a token, gCO2e", costs.carbonPerOutputTokenGrams(), Numerals::significant));
        rows.add(row("cost of a million tokens", costs.costPerMillionOutputTokensUsd(), Numerals::usd));
        List<Column> columns =
                List.of(Column.text("estimate"), Column.number("value"), Column.number("low"), Column.number("high"));
        return new Block.Table("estimate", columns, rows, null);
    }

    private static List<Cell> row(String name, @Nullable Banded banded, DoubleFunction<String> print) {
        if (banded == null) {
            return List.of(Cell.text(name), Cell.text("unknown"), Cell.EMPTY, Cell.EMPTY);
        }
        return List.of(
                Cell.text(name),
                Cell.number(print.apply(banded.value()), banded.value()),
                Cell.number(print.apply(banded.low()), banded.low()),
                Cell.number(print.apply(banded.high()), banded.high()));
    }

    private static Block energy(EstimatePoint point) {
        EnergyBreakdown energy = point.energy();
        Map<String, Double> parts = new LinkedHashMap<>();
        parts.put("chips, as if idle", energy.idle());
        parts.put("chips, at work", energy.work());
        parts.put("hosts, fans, power supplies", energy.server());
        parts.put("network", energy.network());
        Double facility = energy.facility();
        if (facility != null) {
            parts.put("cooling and distribution", facility);
        }
        List<List<Cell>> rows = new ArrayList<>();
        parts.forEach((name, joules) -> rows.add(List.of(
                Cell.text(name),
                Cell.number(Numerals.significant(joules), joules),
                Cell.share(joules / energy.total()),
                Cell.number("", joules / energy.total()))));
        List<Column> columns = List.of(
                Column.text("where the energy of a token goes"),
                Column.number("J"),
                Column.number("share"),
                Column.bar());
        String note = facility == null ? "Without the facility, whose PUE is unknown; --region names a place." : null;
        return new Block.Table("energy", columns, rows, note);
    }

    private static String remark(EstimatePoint point) {
        Estimate estimate = point.estimate();
        return "What binds is " + estimate.binding().id() + "; "
                + Numerals.count(estimate.memory().kvTokens())
                + " tokens of context fit; the figures are "
                + estimate.provenance().id()
                + ", and low and high bound 80 % of measurements. Cost: "
                + point.costs().costBasis() + ". Carbon: " + point.costs().carbonBasis() + ".";
    }

    /** A sweep as a chart and a table. */
    static List<Block> sweep(Sweep sweep, List<EstimatePoint> points, Map<Integer, String> left) {
        List<List<Cell>> rows = new ArrayList<>();
        Map<Integer, EstimatePoint> known = new TreeMap<>();
        points.forEach(point -> known.put(point.value(), point));
        TreeMap<Integer, String> places = new TreeMap<>(left);
        known.keySet().forEach(place -> places.put(place, ""));
        places.forEach((place, problem) -> {
            EstimatePoint point = known.get(place);
            rows.add(point == null ? missing(place, problem) : row(point));
        });
        List<Column> columns = List.of(
                Column.number(sweep.axis()),
                Column.number("TTFT"),
                Column.number("ITL"),
                Column.number("tokens/s"),
                Column.number("W").withPriority(3),
                Column.number("J/token").withPriority(1),
                Column.number("$/M").withPriority(4),
                Column.text("binds").withPriority(2));
        String note = left.isEmpty() ? null : "Where nothing stands, the model does not fit.";
        return List.of(
                plot(sweep, points, "output tokens a second", "", EstimateBlocks::rate),
                plot(sweep, points, "ms between tokens", "ms", EstimateBlocks::gap),
                plot(sweep, points, "joules of a token", "J", EstimateBlocks::joules),
                new Block.Table("sweep", columns, rows, note));
    }

    /** What a terminal shows of a sweep: rate and the table. */
    static List<Block> sweepInBrief(Sweep sweep, List<EstimatePoint> points, Map<Integer, String> left) {
        List<Block> all = sweep(sweep, points, left);
        return List.of(all.getFirst(), all.getLast());
    }

    private static double rate(EstimatePoint point) {
        return point.estimate().outputTokensPerSecond().value();
    }

    private static double gap(EstimatePoint point) {
        return 1e3 * point.estimate().interTokenLatencySeconds().value();
    }

    private static double joules(EstimatePoint point) {
        return point.estimate().energyPerOutputTokenJoules().value();
    }

    private static Block plot(
            Sweep sweep, List<EstimatePoint> points, String title, String unit, ToDoubleFunction<EstimatePoint> value) {
        List<Double> xs = points.stream().map(point -> (double) point.value()).toList();
        List<Double> ys = points.stream().map(value::applyAsDouble).toList();
        return new Chart.Plot(
                title + ", by " + sweep.axis(),
                new Chart.Axis(sweep.axis(), "", true),
                new Chart.Axis(title, unit, false),
                points.isEmpty() ? List.of() : List.of(new Chart.Line(title, 0, xs, ys)),
                List.of());
    }

    private static List<Cell> row(EstimatePoint point) {
        Estimate estimate = point.estimate();
        Banded cost = point.costs().costPerMillionOutputTokensUsd();
        return List.of(
                Cell.count(point.value()),
                Cell.seconds(estimate.timeToFirstTokenSeconds().value()),
                Cell.seconds(estimate.interTokenLatencySeconds().value()),
                Cell.number(Numerals.significant(rate(point)), rate(point)),
                Cell.number(
                        Numerals.significant(estimate.averagePowerWatts().value()),
                        estimate.averagePowerWatts().value()),
                Cell.number(Numerals.significant(joules(point)), joules(point)),
                cost == null ? Cell.text("unknown") : Cell.usd(cost.value()),
                Cell.text(estimate.binding().id()));
    }

    private static List<Cell> missing(int place, String problem) {
        return List.of(
                Cell.count(place),
                Cell.EMPTY,
                Cell.EMPTY,
                Cell.EMPTY,
                Cell.EMPTY,
                Cell.EMPTY,
                Cell.EMPTY,
                Cell.text(problem));
    }

    /** The kernels of an iteration against the roofs of the chip. */
    static List<Block> roofline(ChipSheet sheet, List<Operation> operations, String what) {
        double bandwidth = sheet.memoryBandwidth();
        double least =
                operations.stream().mapToDouble(Operation::intensity).min().orElse(1);
        double most =
                operations.stream().mapToDouble(Operation::intensity).max().orElse(1000);
        double from = Math.min(1, least) / 2;
        List<Chart.Line> roofs = new ArrayList<>();
        TreeMap<Double, String> peaks = new TreeMap<>();
        operations.forEach(operation -> peaks.merge(
                operation.peak(), operation.name(), (one, other) -> one.equals(other) ? one : one + ", " + other));
        int hue = 0;
        for (Double peak : peaks.descendingMap().keySet()) {
            double ridge = peak / bandwidth;
            double until = Math.max(most, ridge) * 3;
            roofs.add(new Chart.Line(
                    Numerals.significant(peak / TERA) + Numerals.JOIN + "TFLOP/s, "
                            + Numerals.significant(bandwidth / TERA) + Numerals.JOIN + "TB/s",
                    hue++,
                    List.of(from, ridge, until),
                    List.of(from * bandwidth / TERA, peak / TERA, peak / TERA)));
        }
        List<Chart.Place> places = new ArrayList<>();
        List<List<Cell>> rows = new ArrayList<>();
        for (Operation operation : operations) {
            places.add(new Chart.Place(operation.name(), 2, operation.intensity(), operation.rate() / TERA));
            double roof = Math.min(operation.peak(), operation.intensity() * bandwidth);
            rows.add(List.of(
                    Cell.text(operation.name()),
                    Cell.number(Numerals.significant(operation.intensity()), operation.intensity()),
                    Cell.number(Numerals.significant(operation.rate() / TERA), operation.rate() / TERA),
                    Cell.share(operation.rate() / roof),
                    Cell.seconds(operation.seconds())));
        }
        List<Column> columns = List.of(
                Column.text("kernels"),
                Column.number("FLOP/byte"),
                Column.number("TFLOP/s"),
                Column.number("of its roof"),
                Column.number("time"));
        return List.of(
                new Chart.Plot(
                        what + ": its kernels under the roofs of bandwidth and arithmetic",
                        new Chart.Axis("operations a byte", "", true),
                        new Chart.Axis("TFLOP/s of a chip", "", true),
                        roofs,
                        places),
                new Block.Table(what, columns, rows, null));
    }

    /** The paper of an estimate. */
    static Paper paper(String title, String subtitle, @Nullable EstimatePoint point, List<Section> sections) {
        List<Block.Tile> tiles = new ArrayList<>();
        String because = "A sweep of estimates; low and high of each stand in --json.";
        if (point != null) {
            Estimate estimate = point.estimate();
            because = remark(point);
            tiles.add(tile("output", rate(point), "tokens a second"));
            tiles.add(new Block.Tile(
                    "a token every",
                    Cell.seconds(estimate.interTokenLatencySeconds().value()),
                    "after "
                            + Numerals.seconds(
                                    estimate.timeToFirstTokenSeconds().value())));
            tiles.add(tile("power", estimate.averagePowerWatts().value(), "W of the chips"));
            tiles.add(tile("energy", joules(point), "J of the chips a token"));
            Banded cost = point.costs().costPerMillionOutputTokensUsd();
            if (cost != null) {
                tiles.add(new Block.Tile("cost", Cell.usd(cost.value()), "a million output tokens"));
            }
        }
        return new Paper(
                title,
                subtitle,
                new Verdict(Verdict.Standing.UNPROVEN, "Estimated", because),
                new Block.Tiles(tiles),
                sections);
    }

    private static Block.Tile tile(String label, double value, String note) {
        return new Block.Tile(label, Cell.number(Numerals.significant(value).toLowerCase(Locale.ROOT), value), note);
    }
}
