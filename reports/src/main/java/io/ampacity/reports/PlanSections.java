package io.ampacity.reports;

import io.ampacity.facts.Deployment;
import io.ampacity.reports.paper.Block;
import io.ampacity.reports.paper.Cell;
import io.ampacity.reports.paper.Chart;
import io.ampacity.reports.paper.Column;
import io.ampacity.reports.paper.Numerals;
import io.ampacity.reports.paper.PlainText;
import io.ampacity.reports.paper.Section;
import io.ampacity.reports.paper.Tone;
import io.ampacity.scenario.Plan;
import io.ampacity.scenario.Site;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** What is held, what runs where, and what it costs. */
final class PlanSections {

    private static final int PROJECTS_COLUMN = 4;

    private static final int ROWS_IN_BRIEF = 12;
    private static final int ROWS_IN_FULL = 100;

    private static final Cell NOTHING = Cell.text("·").in(Tone.FAINT);

    private final PlanReading reading;
    private final Plan plan;

    PlanSections(PlanReading reading) {
        this.reading = reading;
        this.plan = reading.plan;
    }

    /** One line of chips through the periods. */
    private record Holding(String site, String supplier, String chip, String contract) {}

    /** One pool of a workload through the periods. */
    private record Pool(String workload, String site, String supplier, String chip, String layout) {}

    /** Sums of one line of chips; a plan may hold the same chips in several rows. */
    private static final class Held {
        private final int[] counts;
        private double usd;

        Held(int periods) {
            counts = new int[periods];
        }

        void add(Plan.Capacity capacity) {
            usd += capacity.costUsd();
            if (capacity.period() >= 0 && capacity.period() < counts.length) {
                counts[capacity.period()] += capacity.count();
            }
        }
    }

    /** Sums of one pool by period. */
    private static final class Running {
        private final int[] chips;
        private final double[] shares;
        private final boolean[] serves;

        Running(int periods) {
            chips = new int[periods];
            shares = new double[periods];
            serves = new boolean[periods];
        }

        void add(Plan.Placement placement) {
            int period = placement.period();
            if (period >= 0 && period < chips.length) {
                chips[period] += placement.chips();
                shares[period] += placement.share();
                serves[period] |= placement.share() > 0 || placement.capacityRequestsPerSecond() > 0;
            }
        }
    }

    Section held() {
        Map<Holding, Held> holdings = new LinkedHashMap<>();
        for (Plan.Capacity capacity : plan.capacity()) {
            Holding holding = new Holding(capacity.site(), capacity.supplier(), capacity.chip(), capacity.contract());
            holdings.computeIfAbsent(holding, _ -> new Held(reading.periods())).add(capacity);
        }
        List<Column> columns = new ArrayList<>();
        columns.add(Column.text("site"));
        columns.add(Column.text("supplier").withPriority(50));
        columns.add(Column.text("chip"));
        columns.add(Column.text("contract"));
        addPeriods(columns);
        columns.add(Column.number("cost").withPriority(1));
        List<List<Cell>> rows = new ArrayList<>();
        holdings.forEach((holding, held) -> rows.add(holdingRow(holding, held)));
        rows.sort(Comparator.comparingDouble(PlanSections::lastValue).reversed());
        Block brief = table("", columns, shortened(rows, ROWS_IN_BRIEF, totalRow()), null);
        Block fullTable = table(
                "Chips held in each period, the dearest first; cost over the whole horizon, energy apart",
                columns,
                shortened(rows, ROWS_IN_FULL, totalRow()),
                null);
        return new Section(
                "capacity",
                "What is held",
                new Block.InBrief(List.of(brief)),
                new Block.InFull(List.of(chipsChart(), fullTable)));
    }

    Section runs() {
        Map<Pool, Running> pools = new LinkedHashMap<>();
        for (Plan.Placement placement : plan.placement()) {
            Pool pool = new Pool(
                    placement.workload(), placement.site(), placement.supplier(), placement.chip(), layout(placement));
            pools.computeIfAbsent(pool, _ -> new Running(reading.periods())).add(placement);
        }
        List<Column> columns = new ArrayList<>();
        columns.add(Column.text("workload"));
        columns.add(Column.text("site"));
        columns.add(Column.text("chip"));
        columns.add(Column.text("layout").withPriority(40));
        addPeriods(columns);
        List<List<Cell>> rows = new ArrayList<>();
        List<Pool> ordered = new ArrayList<>(pools.keySet());
        ordered.sort(Comparator.comparingInt((Pool pool) -> reading.workloadOrder(pool.workload()))
                .thenComparingInt(
                        pool -> -IntStream.of(running(pools, pool).chips).sum()));
        for (Pool pool : ordered) {
            rows.add(poolRow(pool, running(pools, pool)));
        }
        String note =
                "A share is the routing weight: the pool's part of the workload's traffic. Training and batch show chips.";
        return new Section(
                "placement",
                "What runs where",
                new Block.InBrief(List.of(table("", columns, shortened(rows, ROWS_IN_BRIEF + 4, null), note))),
                new Block.InFull(List.of(
                        table("Routing weights by period", columns, shortened(rows, ROWS_IN_FULL, null), note),
                        new Block.Folded(
                                "Every pool: replicas, and the rate it serves and could carry",
                                List.of(placements())))));
    }

    Section cost() {
        // Most plans undertake nothing, and a column of zeros would only take room.
        boolean undertakes = plan.totals().stream().anyMatch(totals -> totals.projectsUsd() != 0);
        boolean moves = plan.totals().stream().anyMatch(totals -> totals.networkUsd() != 0);
        List<Column> columns = new ArrayList<>(List.of(
                Column.text("period"),
                Column.number("cost"),
                Column.bar(),
                Column.number("capacity"),
                Column.number("energy"),
                Column.number("carbon price").withPriority(3),
                Column.number("electricity").withPriority(1),
                Column.number("CO₂e").withPriority(1),
                Column.number("water").withPriority(4)));
        if (moves) {
            columns.add(PROJECTS_COLUMN, Column.number("data"));
        }
        if (undertakes) {
            columns.add(PROJECTS_COLUMN, Column.number("projects"));
        }
        double dearest = plan.totals().stream()
                .mapToDouble(Plan.PeriodTotals::costUsd)
                .max()
                .orElse(0);
        List<List<Cell>> rows = new ArrayList<>();
        for (Plan.PeriodTotals totals : plan.totals()) {
            List<Cell> row = new ArrayList<>(List.of(
                    Cell.text(reading.periodName(totals.period())),
                    Cell.usd(totals.costUsd()).in(Tone.STRONG),
                    Cell.number("", dearest > 0 ? totals.costUsd() / dearest : 0),
                    Cell.usd(totals.capacityUsd()),
                    Cell.usd(totals.energyUsd()),
                    Cell.usd(totals.carbonPriceUsd()),
                    Cell.number(Numerals.energy(totals.energyKwh()), totals.energyKwh()),
                    Cell.number(Numerals.carbon(totals.carbonKg()), totals.carbonKg()),
                    water(totals)));
            if (moves) {
                row.add(PROJECTS_COLUMN, Cell.usd(totals.networkUsd()));
            }
            if (undertakes) {
                row.add(PROJECTS_COLUMN, Cell.usd(totals.projectsUsd()));
            }
            rows.add(row);
        }
        String note = "Cost = capacity + " + (undertakes ? "projects + " : "")
                + (moves ? "data + " : "")
                + "energy + carbon price, in money of the day, not discounted. A carbon price is an inner"
                + " price, not an invoice. Energy is bought only where rent does not already hold it. Water: ≥ where"
                + " some sites do not tell theirs.";
        Block.Table table = table("Cost by period", columns, rows, note);
        Block.Table brief = table("", columns, rows, null);
        return new Section(
                "cost",
                "What it costs",
                new Block.InBrief(List.of(brief)),
                new Block.InFull(
                        undertakes || plan.totals().stream().anyMatch(totals -> totals.capitalUsd() > 0)
                                ? List.of(costChart(), table, moneyByKind())
                                : List.of(costChart(), table)));
    }

    /** Capital and operating money apart, as budgets are given. */
    private Block.Table moneyByKind() {
        List<List<Cell>> rows = new ArrayList<>();
        for (Plan.PeriodTotals totals : plan.totals()) {
            rows.add(List.of(
                    Cell.text(reading.periodName(totals.period())),
                    Cell.usd(totals.capitalUsd()),
                    Cell.usd(totals.operatingUsd())));
        }
        return table(
                "Capital and operating money",
                List.of(Column.text("period"), Column.number("bought and built"), Column.number("operations")),
                rows,
                "What is bought and built counts whole when it comes; the cost above spreads it over its useful life.");
    }

    /** Water counts only sites whose use is known, so it is a floor where others hold chips. */
    private Cell water(Plan.PeriodTotals totals) {
        boolean all = true;
        for (Plan.Capacity capacity : plan.capacity()) {
            Site site = reading.site(capacity.site());
            if (capacity.period() == totals.period()
                    && capacity.count() > 0
                    && (site == null || site.waterIntensity() == null)) {
                all = false;
            }
        }
        if (all) {
            return Cell.number(Numerals.water(totals.waterLitres()), totals.waterLitres());
        }
        return totals.waterLitres() > 0
                ? Cell.number("≥ " + Numerals.water(totals.waterLitres()), totals.waterLitres())
                : Cell.text("unknown").in(Tone.FAINT);
    }

    private Chart chipsChart() {
        List<Chart.Series> series = new ArrayList<>();
        for (String supplier : reading.supplierOrder()) {
            List<Double> values = new ArrayList<>(Collections.nCopies(reading.periods(), 0.0));
            boolean held = false;
            for (Plan.Capacity capacity : plan.capacity()) {
                if (capacity.supplier().equals(supplier) && capacity.period() < values.size()) {
                    values.set(capacity.period(), values.get(capacity.period()) + capacity.count());
                    held |= capacity.count() > 0;
                }
            }
            if (held) {
                series.add(new Chart.Series(reading.supplierName(supplier), reading.hue(supplier), values));
            }
        }
        return new Chart.StackedBars("Chips held, by supplier", Chart.Scale.COUNT, reading.plan.periods(), series);
    }

    private Chart costChart() {
        List<Chart.Series> series = new ArrayList<>();
        for (String supplier : reading.supplierOrder()) {
            List<Double> values = new ArrayList<>(Collections.nCopies(reading.periods(), 0.0));
            boolean paid = false;
            for (Plan.Capacity capacity : plan.capacity()) {
                if (capacity.supplier().equals(supplier) && capacity.period() < values.size()) {
                    values.set(capacity.period(), values.get(capacity.period()) + capacity.costUsd());
                    paid |= capacity.costUsd() != 0;
                }
            }
            if (paid) {
                series.add(new Chart.Series(reading.supplierName(supplier), reading.hue(supplier), values));
            }
        }
        int hue = reading.supplierOrder().size();
        List<Double> energy = new ArrayList<>();
        List<Double> carbon = new ArrayList<>();
        for (Plan.PeriodTotals totals : plan.totals()) {
            energy.add(totals.energyUsd());
            carbon.add(totals.carbonPriceUsd());
        }
        if (energy.stream().anyMatch(usd -> usd != 0)) {
            series.add(new Chart.Series("Energy", hue, energy));
        }
        if (carbon.stream().anyMatch(usd -> usd != 0)) {
            series.add(new Chart.Series("Carbon price", hue + 1, carbon));
        }
        List<String> names = plan.totals().stream()
                .map(totals -> reading.periodName(totals.period()))
                .toList();
        boolean whole = series.stream().allMatch(one -> one.values().size() == names.size());
        return new Chart.StackedBars("Cost, by what it pays for", Chart.Scale.USD, names, whole ? series : List.of());
    }

    private Block.Table placements() {
        List<Column> columns = List.of(
                Column.text("period"),
                Column.text("workload"),
                Column.text("site"),
                Column.text("chip"),
                Column.text("layout"),
                Column.number("replicas"),
                Column.number("chips"),
                Column.number("weight"),
                Column.number("mean req/s"),
                Column.number("peak req/s"),
                Column.number("can carry"),
                Column.number("tokens"));
        List<List<Cell>> rows = new ArrayList<>();
        List<Plan.Placement> ordered = new ArrayList<>(plan.placement());
        ordered.sort(Comparator.comparingInt(Plan.Placement::period)
                .thenComparingInt(placement -> reading.workloadOrder(placement.workload()))
                .thenComparingDouble(placement -> -placement.share()));
        for (Plan.Placement placement : ordered) {
            rows.add(List.of(
                    Cell.text(reading.periodName(placement.period())),
                    Cell.text(PlainText.name(placement.workload())),
                    Cell.text(PlainText.name(placement.site())),
                    Cell.text(PlainText.name(placement.chip())),
                    Cell.text(layout(placement)),
                    Cell.count(placement.replicas()),
                    Cell.count(placement.chips()),
                    positive(placement.share(), Numerals.share(placement.share())),
                    positive(placement.requestsPerSecond(), Numerals.rate(placement.requestsPerSecond())),
                    positive(placement.peakRequestsPerSecond(), Numerals.rate(placement.peakRequestsPerSecond())),
                    positive(
                            placement.capacityRequestsPerSecond(),
                            Numerals.rate(placement.capacityRequestsPerSecond())),
                    positive(placement.tokens(), Numerals.many(placement.tokens()))));
        }
        return table(
                "Pools, with the rate each serves and could carry within its limits",
                columns,
                shortened(rows, ROWS_IN_FULL, null),
                null);
    }

    private List<Cell> holdingRow(Holding holding, Held held) {
        List<Cell> row = new ArrayList<>();
        row.add(Cell.text(PlainText.name(holding.site())));
        row.add(Cell.text(reading.supplierName(holding.supplier())));
        row.add(Cell.text(PlainText.name(holding.chip())));
        row.add(Cell.text(PlainText.name(holding.contract())));
        for (int count : held.counts) {
            row.add(count == 0 ? NOTHING : Cell.count(count));
        }
        row.add(Cell.usd(held.usd));
        return row;
    }

    private List<Cell> totalRow() {
        List<Cell> row = new ArrayList<>(List.of(Cell.text("all").in(Tone.STRONG), Cell.EMPTY, Cell.EMPTY, Cell.EMPTY));
        for (int period = 0; period < reading.periods(); period++) {
            row.add(Cell.count(reading.chips(period)).in(Tone.STRONG));
        }
        double cost =
                plan.capacity().stream().mapToDouble(Plan.Capacity::costUsd).sum();
        row.add(Cell.usd(cost).in(Tone.STRONG));
        return row;
    }

    private List<Cell> poolRow(Pool pool, Running running) {
        List<Cell> row = new ArrayList<>();
        row.add(Cell.text(PlainText.name(pool.workload())));
        row.add(Cell.text(PlainText.name(pool.site())));
        row.add(Cell.text(PlainText.name(pool.chip())));
        row.add(Cell.text(pool.layout()));
        for (int period = 0; period < running.chips.length; period++) {
            if (running.chips[period] == 0) {
                row.add(NOTHING);
            } else if (running.serves[period]) {
                row.add(Cell.number(Numerals.weight(running.shares[period]), running.shares[period]));
            } else {
                row.add(Cell.count(running.chips[period]));
            }
        }
        return row;
    }

    private void addPeriods(List<Column> columns) {
        List<String> names = reading.shortPeriodNames();
        for (int period = 0; period < names.size(); period++) {
            boolean end = period == 0 || period == names.size() - 1;
            columns.add(Column.number(names.get(period)).withPriority(end ? 0 : 2));
        }
    }

    private static Running running(Map<Pool, Running> pools, Pool pool) {
        return Objects.requireNonNull(pools.get(pool));
    }

    private static String layout(Plan.Placement placement) {
        Deployment deployment = placement.deployment();
        return deployment == null ? "" : deployment.id();
    }

    private static Cell positive(double value, String text) {
        return value == 0 ? NOTHING : Cell.number(text, value);
    }

    private static double lastValue(List<Cell> row) {
        Double value = row.getLast().value();
        return value == null ? 0 : value;
    }

    private static Block.Table table(
            String caption, List<Column> columns, List<List<Cell>> rows, @Nullable String note) {
        return new Block.Table(caption, columns, rows, note);
    }

    /** The first rows, a row that says how many more there are, and the total where there is one. */
    private static List<List<Cell>> shortened(List<List<Cell>> rows, int most, @Nullable List<Cell> total) {
        List<List<Cell>> shortened = new ArrayList<>(rows.size() <= most ? rows : rows.subList(0, most - 1));
        if (rows.size() > most) {
            List<Cell> more =
                    new ArrayList<>(Collections.nCopies(rows.getFirst().size(), Cell.EMPTY));
            more.set(0, Cell.text((rows.size() - most + 1) + " more").in(Tone.FAINT));
            shortened.add(more);
        }
        if (total != null) {
            shortened.add(total);
        }
        return shortened;
    }
}
