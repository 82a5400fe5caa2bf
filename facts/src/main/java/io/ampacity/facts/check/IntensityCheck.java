package io.ampacity.facts.check;

import static io.ampacity.facts.check.Findings.near;
import static io.ampacity.facts.check.Findings.number;

import io.ampacity.facts.Catalogue;
import io.ampacity.facts.FactKind;
import io.ampacity.facts.Figure;
import io.ampacity.facts.Region;
import io.ampacity.facts.check.IntensityRow.Basis;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Finds carbon, energy and water figures of regions that cannot be right. */
final class IntensityCheck {

    private static final double HIGHEST = 1500;
    private static final double BASIS_APART = 1.08;
    private static final int ENOUGH = 5;

    private final Catalogue known;
    private final Findings findings = new Findings();

    private IntensityCheck(Catalogue known) {
        this.known = known;
    }

    static List<Finding> of(List<IntensityRow> rows, Catalogue known) {
        IntensityCheck check = new IntensityCheck(known);
        for (IntensityRow row : rows) {
            check.range(row);
            check.marginal(row);
            check.name(row);
            check.against(row);
        }
        check.duplicates(rows);
        check.staleYears(rows);
        check.constants(rows, "water use", IntensityRow::wue);
        check.constants(rows, "power usage effectiveness", IntensityRow::pue);
        check.mixedBasis(rows);
        return check.findings.list();
    }

    private void range(IntensityRow row) {
        range(row, "carbon intensity", row.average(), 0, HIGHEST);
        range(row, "marginal intensity", row.marginal(), 0, HIGHEST);
        range(row, "carbon intensity", row.unlabelled(), 0, HIGHEST);
        range(row, "power usage effectiveness", row.pue(), 1, 2.5);
        range(row, "water use", row.wue(), 0, 10);
        range(row, "carbon-free share", row.carbonFree(), 0, 1);
    }

    private void range(IntensityRow row, String what, @Nullable Double value, double least, double most) {
        if (value != null && !(value >= least && value <= most)) {
            findings.error(
                    "out-of-range",
                    row.id(),
                    "the " + what + " is out of any range",
                    number(value),
                    number(least) + " to " + number(most),
                    row.place(),
                    "Check the unit and that columns are not shifted.");
        }
    }

    private void marginal(IntensityRow row) {
        Double unlabelled = row.unlabelled();
        if (unlabelled != null && row.marginal() != null && Math.abs(unlabelled - row.marginal()) <= 0.5) {
            findings.error(
                    "marginal-in-average",
                    subject(row),
                    "a marginal intensity stands where an average is read",
                    number(unlabelled) + " gCO2e/kWh",
                    average(row),
                    row.place(),
                    "Move it to the marginal column, and leave the average unknown.");
            return;
        }
        Region region = known.region(row.id()).orElse(null);
        if (region == null || region.marginal() == null || highestAverage(region) == 0) {
            return;
        }
        double marginal = region.marginal().value();
        for (Double value : Stream.of(row.unlabelled(), row.average())
                .filter(Objects::nonNull)
                .toList()) {
            if (near(value, marginal, 0.02) && value > 1.3 * highestAverage(region)) {
                findings.warning(
                        "marginal-in-average",
                        subject(row),
                        "the average is the marginal intensity of that region",
                        number(value) + " gCO2e/kWh",
                        average(row),
                        row.place(),
                        "Look how the list defines it.");
                return;
            }
        }
    }

    private static String subject(IntensityRow row) {
        return row.id() + (row.year().isEmpty() ? "" : " " + row.year());
    }

    private String average(IntensityRow row) {
        double average =
                known.region(row.id()).map(IntensityCheck::highestAverage).orElse(0.0);
        return average == 0 ? "an average, which is lower" : "about " + number(average) + " gCO2e/kWh";
    }

    private static double highestAverage(Region region) {
        return Math.max(value(region.averageDirect()), value(region.averageLifeCycle()));
    }

    private static double value(@Nullable Figure figure) {
        return figure == null ? 0 : figure.value();
    }

    private void name(IntensityRow row) {
        if (!row.region().isEmpty() && known.region(row.id()).isEmpty()) {
            List<String> near = known.suggestions(FactKind.REGIONS, row.id()).stream()
                    .filter(id -> isSwap(row.id(), id))
                    .toList();
            if (!near.isEmpty()) {
                findings.warning(
                        "misspelt-region",
                        row.id(),
                        "no region has this name, but one has the same letters in another order",
                        row.region(),
                        near.getFirst(),
                        row.place(),
                        "Correct the name.");
            }
        }
    }

    /** The same letters in another order: a slip of the fingers, never another region. */
    private static boolean isSwap(String one, String other) {
        return one.length() == other.length()
                && !one.equals(other)
                && one.chars()
                        .sorted()
                        .boxed()
                        .toList()
                        .equals(other.chars().sorted().boxed().toList());
    }

    private void against(IntensityRow row) {
        Region region = known.region(row.id()).orElse(null);
        if (region == null || row.average() == null || row.average() > HIGHEST) {
            return;
        }
        List<Double> averages = Stream.of(region.averageDirect(), region.averageLifeCycle())
                .filter(Objects::nonNull)
                .map(Figure::value)
                .toList();
        if (averages.isEmpty()) {
            return;
        }
        double low = averages.stream().min(Double::compare).orElseThrow();
        double high = averages.stream().max(Double::compare).orElseThrow();
        if (row.average() < low / 2 - 15 || row.average() > high * 2 + 15) {
            findings.warning(
                    "disagrees-with-catalogue",
                    subject(row),
                    "the intensity is far from that of the catalogue",
                    number(row.average()) + " gCO2e/kWh",
                    number(low) + " to " + number(high) + " gCO2e/kWh",
                    row.place(),
                    "Check year, basis and grid zone.");
        }
    }

    private void duplicates(List<IntensityRow> rows) {
        Map<List<String>, IntensityRow> seen = new LinkedHashMap<>();
        for (IntensityRow row : rows) {
            IntensityRow before = seen.putIfAbsent(List.of(row.id(), row.year()), row);
            if (before != null && !row.region().isEmpty()) {
                findings.error(
                        "duplicate-region",
                        subject(row),
                        "the region stands twice"
                                + (before.zone().equals(row.zone())
                                        ? ""
                                        : ", with the grids " + before.zone() + " and " + row.zone()),
                        shown(row.average()),
                        shown(before.average()) + " at " + before.place(),
                        row.place(),
                        "Remove the row with the wrong grid.");
            }
        }
    }

    private static String shown(@Nullable Double value) {
        return value == null ? "unknown" : number(value) + " gCO2e/kWh";
    }

    /** A year that repeats the values of the year before was not measured. */
    private void staleYears(List<IntensityRow> rows) {
        Map<List<String>, Map<String, IntensityRow>> years = new LinkedHashMap<>();
        for (IntensityRow row : rows) {
            if (!row.year().isEmpty() && row.average() != null) {
                years.computeIfAbsent(List.of(row.provider(), row.year()), key -> new LinkedHashMap<>())
                        .putIfAbsent(row.region(), row);
            }
        }
        years.forEach((key, regions) -> {
            Map<String, IntensityRow> before = years.get(List.of(key.get(0), yearBefore(key.get(1))));
            if (before == null) {
                return;
            }
            List<IntensityRow> shared = regions.values().stream()
                    .filter(row -> before.containsKey(row.region()))
                    .toList();
            List<IntensityRow> same = shared.stream()
                    .filter(row -> {
                        IntensityRow earlier = before.get(row.region());
                        return earlier != null && Objects.equals(row.average(), earlier.average());
                    })
                    .toList();
            if (shared.size() >= ENOUGH && same.size() >= 0.8 * shared.size()) {
                findings.error(
                        "stale-year",
                        key.get(0) + " " + key.get(1),
                        "the intensities repeat those of the year before",
                        same.size() + " of " + shared.size() + " regions identical",
                        "new values",
                        same.getFirst().place(),
                        "Date them " + yearBefore(key.get(1)) + ".");
            }
        });
    }

    private static String yearBefore(String year) {
        try {
            return String.valueOf(Integer.parseInt(year) - 1);
        } catch (NumberFormatException noYear) {
            return "";
        }
    }

    private void constants(List<IntensityRow> rows, String what, Function<IntensityRow, @Nullable Double> field) {
        Map<List<String>, List<IntensityRow>> groups = new LinkedHashMap<>();
        for (IntensityRow row : rows) {
            if (field.apply(row) != null) {
                groups.computeIfAbsent(List.of(row.provider(), row.year()), key -> new ArrayList<>())
                        .add(row);
            }
        }
        groups.forEach((key, group) -> {
            Double first = field.apply(group.getFirst());
            if (first != null
                    && group.size() >= ENOUGH
                    && group.stream().allMatch(row -> first.equals(field.apply(row)))) {
                findings.warning(
                        "constant-column",
                        String.join(" ", key).strip(),
                        "the " + what + " is the same in all regions: a fleet mean",
                        number(first) + " in " + group.size() + " regions",
                        "a value of each region",
                        group.getFirst().place(),
                        "Use it for the fleet, and leave the regions unknown.");
            }
        });
    }

    /** One grid in one year with two averages: one is direct, the other life-cycle. */
    private void mixedBasis(List<IntensityRow> rows) {
        Map<List<String>, List<IntensityRow>> zones = new LinkedHashMap<>();
        for (IntensityRow row : rows) {
            if (!row.zone().isEmpty() && row.average() != null && row.basis() == Basis.UNSAID) {
                zones.computeIfAbsent(List.of(row.zone(), row.year()), key -> new ArrayList<>())
                        .add(row);
            }
        }
        zones.forEach((key, group) -> {
            IntensityRow low = group.stream()
                    .min(java.util.Comparator.comparingDouble(IntensityCheck::averageOf))
                    .orElseThrow();
            IntensityRow high = group.stream()
                    .max(java.util.Comparator.comparingDouble(IntensityCheck::averageOf))
                    .orElseThrow();
            if (averageOf(high) > averageOf(low) * BASIS_APART && averageOf(high) - averageOf(low) > 5) {
                findings.warning(
                        "basis-mixed",
                        String.join(" ", key).strip(),
                        "one grid has two averages in one year, in " + low.id() + " and " + high.id(),
                        number(averageOf(high)) + " gCO2e/kWh",
                        number(averageOf(low)) + " gCO2e/kWh",
                        high.place(),
                        "Look which is direct and which is life-cycle, and keep them apart.");
            }
        });
    }

    private static double averageOf(IntensityRow row) {
        return row.average() == null ? 0 : row.average();
    }
}
