package io.ampacity.facts.imports;

import io.ampacity.documents.Issue;
import io.ampacity.facts.Catalogue;
import io.ampacity.facts.Contract;
import io.ampacity.facts.FactKind;
import io.ampacity.facts.Figure;
import io.ampacity.facts.Offer;
import io.ampacity.facts.imports.Table.Row;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads the price list of one supplier in SkyPilot's form ({@code vms.csv}).
 *
 * <p>Rows of one machine in one region, one a zone, become one offer a contract; the spot price is the median of its
 * zones. Machines without accelerators are passed over. Prices that cannot be right are noted and not taken: at or
 * above 100 USD for a chip and hour, and spot at or above on-demand.
 */
public final class SkyPilotCatalogue {

    /** A price of one chip for one hour from which on it is a placeholder and no price, in USD. */
    public static final double PLACEHOLDER_PRICE = 100;

    private static final Pattern MEMORY = Pattern.compile("['\"]?SizeInMiB['\"]?\\s*:\\s*([0-9.]+)");
    private static final Pattern TOTAL = Pattern.compile("['\"]?TotalGpuMemoryInMiB['\"]?\\s*:\\s*([0-9.]+)");

    private SkyPilotCatalogue() {}

    /**
     * Reads a file.
     *
     * @param provider the supplier's id, such as {@code aws}; SkyPilot's files do not name it
     * @param asOf the date of the list, ISO 8601
     * @param known chips and regions that names are looked up in
     */
    public static Imported<Offer> read(Path file, String provider, String asOf, Catalogue known) {
        return offers(Table.read(file), provider, asOf, known);
    }

    /** Reads a table; see {@link #read(Path, String, String, Catalogue)}. */
    public static Imported<Offer> offers(Table table, String provider, String asOf, Catalogue known) {
        List<Issue> issues = new ArrayList<>();
        Map<List<String>, List<PriceRow>> machines = new LinkedHashMap<>();
        Set<String> unknownChips = new LinkedHashSet<>();
        Imported<PriceRow> rows = rows(table, provider);
        issues.addAll(rows.issues());
        for (PriceRow row : rows.records()) {
            String chip = known.idOf(FactKind.CHIPS, row.accelerator()).orElse(null);
            if (chip != null) {
                machines.computeIfAbsent(List.of(row.region(), chip, row.instance()), key -> new ArrayList<>())
                        .add(row);
            } else if (unknownChips.add(row.accelerator())) {
                List<String> near = known.suggestions(FactKind.CHIPS, row.accelerator());
                issues.add(Issue.warning(
                        row.place(),
                        row.accelerator(),
                        "the accelerator \"" + row.accelerator() + "\" is not in the catalogue; its rows are left out",
                        near.isEmpty() ? "add it to your facts" : "you mean " + String.join(" or ", near)));
            }
        }
        Map<String, Offer> offers = new LinkedHashMap<>();
        machines.forEach((key, zones) -> {
            Machine machine = new Machine(provider, key.get(0), key.get(1), key.get(2), zones, known);
            machine.add(offers, new Contract.OnDemand(), onDemand(zones, issues), table.name(), asOf);
            machine.add(offers, new Contract.Spot(), spot(zones, issues), table.name(), asOf);
        });
        return new Imported<>(List.copyOf(offers.values()), issues);
    }

    /** The rows with accelerators as they stand, unjudged, for checks. */
    public static Imported<PriceRow> rows(Table table, String provider) {
        table.require("InstanceType", "AcceleratorName", "AcceleratorCount", "Price", "Region");
        List<PriceRow> rows = new ArrayList<>();
        List<Issue> issues = new ArrayList<>();
        for (Row row : table.rows()) {
            if (row.isBlank("AcceleratorName")) {
                continue;
            }
            Double count = row.number("AcceleratorCount");
            if (count == null || !(count > 0)) {
                issues.add(Issue.error(
                        row.place("AcceleratorCount"),
                        row.text("AcceleratorCount"),
                        "the machine " + row.text("InstanceType") + " has \"" + row.text("AcceleratorCount")
                                + "\" accelerators",
                        "check that columns are not shifted"));
                continue;
            }
            rows.add(new PriceRow(
                    provider,
                    row.text("Region"),
                    row.text("AvailabilityZone"),
                    row.text("InstanceType"),
                    row.text("AcceleratorName"),
                    count,
                    price(row, "Price", issues),
                    price(row, "SpotPrice", issues),
                    found(MEMORY, row.text("GpuInfo")),
                    found(TOTAL, row.text("GpuInfo")),
                    row.place("Price")));
        }
        return new Imported<>(rows, issues);
    }

    private static @Nullable Double price(Row row, String column, List<Issue> issues) {
        Double price = row.number(column);
        if (price == null || price > 0) {
            return price;
        }
        issues.add(Issue.error(
                row.place(column),
                row.text(column),
                "\"" + column + "\" of " + row.text("InstanceType") + " is \"" + row.text(column)
                        + "\", not a price above zero",
                "leave it empty when it is unknown"));
        return null;
    }

    private static @Nullable Double found(Pattern pattern, String info) {
        Matcher matcher = pattern.matcher(info);
        if (!matcher.find()) {
            return null;
        }
        try {
            return Double.valueOf(matcher.group(1));
        } catch (NumberFormatException notANumber) {
            return null;
        }
    }

    private static List<Double> onDemand(List<PriceRow> zones, List<Issue> issues) {
        List<Double> prices = new ArrayList<>();
        for (PriceRow row : zones) {
            Double price = row.onDemandPerChip();
            if (price != null && price >= PLACEHOLDER_PRICE) {
                issues.add(placeholder(row, price));
            } else if (price != null) {
                prices.add(price);
            }
        }
        return prices;
    }

    private static List<Double> spot(List<PriceRow> zones, List<Issue> issues) {
        List<Double> prices = new ArrayList<>();
        for (PriceRow row : zones) {
            Double price = row.spotPerChip();
            Double regular = row.onDemandPerChip();
            if (price == null) {
                continue;
            }
            if (price >= PLACEHOLDER_PRICE) {
                issues.add(placeholder(row, price));
            } else if (regular != null && price >= regular) {
                issues.add(Issue.warning(
                        row.place(),
                        String.valueOf(row.spot()),
                        "the spot price of " + row.subject() + " is " + (price > regular ? "above" : "equal to")
                                + " the on-demand price and is left out",
                        "no spot capacity is offered there"));
            } else {
                prices.add(price);
            }
        }
        return prices;
    }

    private static Issue placeholder(PriceRow row, double price) {
        return Issue.warning(
                row.place(),
                String.valueOf(price),
                String.format(
                        Locale.ROOT,
                        "%s asks %.2f USD for a chip and hour: a placeholder, left out",
                        row.subject(),
                        price),
                "the supplier does not sell it there");
    }

    /** One machine of one region with its rows, one a zone. */
    private record Machine(
            String provider, String region, String chip, String instance, List<PriceRow> zones, Catalogue known) {

        void add(Map<String, Offer> offers, Contract contract, List<Double> prices, String source, String asOf) {
            if (prices.isEmpty()) {
                return;
            }
            List<Double> sorted = prices.stream().sorted().toList();
            int middle = sorted.size() / 2;
            double median =
                    sorted.size() % 2 == 1 ? sorted.get(middle) : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
            String note = sorted.getFirst().equals(sorted.getLast())
                    ? null
                    : String.format(
                            Locale.ROOT,
                            "median of %d zones, %.2f to %.2f",
                            sorted.size(),
                            sorted.getFirst(),
                            sorted.getLast());
            String place = region.isEmpty() ? "any" : region;
            String id = provider + "/" + place + "/" + chip + "/" + contract.id();
            Offer taken = offers.get(id);
            if (taken != null) {
                id = provider + "/" + place + "/" + chip + "/" + instance + "/" + contract.id();
            }
            offers.put(
                    id,
                    new Offer(
                            id,
                            provider,
                            region.isEmpty()
                                    ? null
                                    : known.idOf(FactKind.REGIONS, provider + ":" + region)
                                            .orElse(provider + ":" + region),
                            chip,
                            instance,
                            (int) Math.max(1, Math.round(zones.getFirst().count())),
                            contract,
                            new Figure(median, source, asOf, note, List.of()),
                            null,
                            null));
        }
    }
}
