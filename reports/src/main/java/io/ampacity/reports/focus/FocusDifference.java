package io.ampacity.reports.focus;

import io.ampacity.reports.paper.Block;
import io.ampacity.reports.paper.Cell;
import io.ampacity.reports.paper.Column;
import io.ampacity.reports.paper.Numerals;
import io.ampacity.reports.paper.Tone;
import io.ampacity.scenario.Scenario;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What a bill says beside what the plan said, in the months that the bill covers.
 *
 * @param lines one for each month, provider, service category and region that either of the two knows
 * @param beyondPlan billed in months outside the plan
 */
public record FocusDifference(List<Line> lines, BigDecimal beyondPlan, long rows) {

    /**
     * A pair.
     *
     * @param forecastUsd null when the plan expected nothing here
     * @param billedUsd effective cost of the bill; null when it holds nothing here
     */
    public record Line(
            String month,
            String provider,
            String category,
            String region,
            @Nullable BigDecimal forecastUsd,
            @Nullable BigDecimal billedUsd) {

        public boolean matched() {
            return forecastUsd != null && billedUsd != null;
        }

        public BigDecimal differenceUsd() {
            return amount(billedUsd).subtract(amount(forecastUsd));
        }
    }

    public FocusDifference {
        lines = List.copyOf(lines);
    }

    private static BigDecimal amount(@Nullable BigDecimal usd) {
        return usd == null ? BigDecimal.ZERO : usd;
    }

    /** Compares; a provider is known by the name or the id that the scenario gives it. */
    public static FocusDifference of(Scenario scenario, List<FocusRow> rows, FocusBill bill) {
        Map<String, String> names = new HashMap<>();
        scenario.suppliers().forEach(supplier -> {
            String name = supplier.name().isBlank() ? supplier.id() : supplier.name();
            String key = FocusKey.of("", name, "", "").provider();
            names.put(key, key);
            names.put(FocusKey.of("", supplier.id(), "", "").provider(), key);
        });
        Map<FocusKey, BigDecimal> expected = FocusBill.of(rows).costs();
        Set<String> planned = new TreeSet<>();
        expected.keySet().forEach(key -> planned.add(key.month()));
        Map<FocusKey, BigDecimal> billed = new TreeMap<>();
        Set<String> covered = new TreeSet<>();
        BigDecimal beyond = BigDecimal.ZERO;
        for (Map.Entry<FocusKey, BigDecimal> entry : bill.costs().entrySet()) {
            FocusKey key = entry.getKey();
            if (planned.contains(key.month())) {
                covered.add(key.month());
                billed.merge(
                        new FocusKey(
                                key.month(),
                                names.getOrDefault(key.provider(), key.provider()),
                                key.category(),
                                key.region()),
                        entry.getValue(),
                        BigDecimal::add);
            } else {
                beyond = beyond.add(entry.getValue());
            }
        }
        Set<FocusKey> all = new TreeSet<>(billed.keySet());
        expected.keySet().stream().filter(key -> covered.contains(key.month())).forEach(all::add);
        List<Line> lines = new ArrayList<>();
        for (FocusKey key : all) {
            lines.add(new Line(
                    key.month(), key.provider(), key.category(), key.region(), expected.get(key), billed.get(key)));
        }
        return new FocusDifference(lines, beyond, bill.rows());
    }

    public BigDecimal forecastUsd() {
        return lines.stream().map(line -> amount(line.forecastUsd())).reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    public BigDecimal billedUsd() {
        return lines.stream().map(line -> amount(line.billedUsd())).reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    /** The same for a reader. */
    public List<Block> blocks() {
        List<List<Cell>> cells = new ArrayList<>();
        for (Line line : lines) {
            BigDecimal forecast = line.forecastUsd();
            BigDecimal billed = line.billedUsd();
            double difference = line.differenceUsd().doubleValue();
            cells.add(List.of(
                    Cell.text(line.month()),
                    Cell.text(line.provider()),
                    Cell.text(line.category()),
                    Cell.text(line.region()),
                    forecast == null ? Cell.text("not planned") : Cell.usd(forecast.doubleValue()),
                    billed == null ? Cell.text("not billed") : Cell.usd(billed.doubleValue()),
                    Cell.usd(difference).in(line.matched() ? Tone.PLAIN : Tone.BAD),
                    forecast == null || forecast.signum() == 0 || billed == null
                            ? Cell.EMPTY
                            : Cell.share(difference / forecast.doubleValue())));
        }
        List<Block> blocks = new ArrayList<>();
        blocks.add(new Block.Table(
                "effective cost, bill against plan",
                List.of(
                        Column.text("month"),
                        Column.text("provider"),
                        Column.text("category"),
                        Column.text("region"),
                        Column.number("planned"),
                        Column.number("billed"),
                        Column.number("difference"),
                        Column.number("of plan")),
                cells,
                null));
        long open = lines.stream().filter(line -> !line.matched()).count();
        String unmatched = open == 0 ? "" : " " + open + " of " + lines.size() + " lines stand on one side only.";
        String outside = beyondPlan.signum() == 0
                ? ""
                : " Left out: " + Numerals.usd(beyondPlan.doubleValue()) + " of months outside the plan.";
        blocks.add(new Block.Paragraph(
                lines.isEmpty()
                        ? "The bill and the plan have no month in common." + outside
                        : "Planned " + Numerals.usd(forecastUsd().doubleValue()) + ", billed "
                                + Numerals.usd(billedUsd().doubleValue()) + " in the months that the bill covers."
                                + unmatched + outside));
        return blocks;
    }
}
