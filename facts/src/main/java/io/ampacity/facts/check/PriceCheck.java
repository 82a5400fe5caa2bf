package io.ampacity.facts.check;

import static io.ampacity.facts.check.Findings.median;
import static io.ampacity.facts.check.Findings.near;
import static io.ampacity.facts.check.Findings.number;

import io.ampacity.facts.Catalogue;
import io.ampacity.facts.Chip;
import io.ampacity.facts.imports.PriceRow;
import io.ampacity.facts.imports.SkyPilotCatalogue;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Finds prices that cannot be right, row by row and row against row. */
final class PriceCheck {

    private static final double SAME = 0.001;
    private static final double LEVELS_APART = 1.8;
    private static final double GAP = 1.45;
    private static final double CLASS_APART = 6;
    private static final double MEBIBYTE = 0x1p20;

    private final Catalogue known;
    private final Findings findings = new Findings();

    private PriceCheck(Catalogue known) {
        this.known = known;
    }

    /** Checks rows of one list; {@code known} tells what a machine holds. */
    static List<Finding> of(List<PriceRow> rows, Catalogue known) {
        PriceCheck check = new PriceCheck(known);
        for (PriceRow row : rows) {
            check.placeholder(row);
            check.spot(row);
            known.chip(row.accelerator()).ifPresent(chip -> {
                check.chips(row, chip);
                check.memory(row, chip);
            });
        }
        check.levels(rows);
        check.classes(rows);
        check.onePriceEverywhere(rows);
        return check.findings.list();
    }

    private static boolean isPlaceholder(double price) {
        return price >= SkyPilotCatalogue.PLACEHOLDER_PRICE;
    }

    private void placeholder(PriceRow row) {
        Double regular = row.onDemandPerChip();
        Double spot = row.spotPerChip();
        double highest = Math.max(regular == null ? 0 : regular, spot == null ? 0 : spot);
        if (isPlaceholder(highest)) {
            findings.error(
                    "placeholder-price",
                    row.subject(),
                    "the price of one " + row.accelerator() + " for one hour is no price",
                    number(highest) + " USD",
                    "below " + number(SkyPilotCatalogue.PLACEHOLDER_PRICE) + " USD",
                    row.place(),
                    "Leave it empty: the supplier does not sell it there.");
        }
    }

    private void spot(PriceRow row) {
        Double regular = row.onDemandPerChip();
        Double spot = row.spotPerChip();
        if (regular == null || spot == null || isPlaceholder(spot)) {
            return;
        }
        if (spot > regular * (1 + SAME)) {
            findings.error(
                    "spot-above-on-demand",
                    row.subject(),
                    "spot costs more than on-demand",
                    number(spot) + " USD",
                    "below " + number(regular) + " USD",
                    row.place(),
                    "Look whether the on-demand price is that of a commitment.");
        } else if (near(spot, regular, SAME)) {
            findings.warning(
                    "spot-equals-on-demand",
                    row.subject(),
                    "spot costs as much as on-demand",
                    number(spot) + " USD",
                    "below " + number(regular) + " USD",
                    row.place(),
                    "Leave the spot price empty: none is offered.");
        }
    }

    private void chips(PriceRow row, Chip chip) {
        Integer server = chip.chipsPerServer();
        if (server != null && row.count() > server && row.count() % server != 0) {
            Double regular = row.onDemand();
            findings.error(
                    "more-chips-than-server",
                    row.subject(),
                    "the machine has " + number(row.count()) + " " + chip.name() + ", which come " + server
                            + " to a server",
                    number(row.count())
                            + (regular == null ? "" : ", so " + number(regular / row.count()) + " USD a chip"),
                    server + (regular == null ? "" : ", so " + number(regular / server) + " USD a chip"),
                    row.place(),
                    "Divide the price by " + server + ".");
        }
    }

    private void memory(PriceRow row, Chip chip) {
        Double said = row.memoryMebibytes();
        if (said == null || chip.memoryBytes() == null) {
            return;
        }
        double right = chip.memoryBytes().value() / MEBIBYTE;
        if (said < right / 100) {
            findings.error(
                    "memory-unit",
                    row.subject(),
                    "the memory of " + chip.name() + " is given in another unit than MiB",
                    number(said) + " MiB",
                    number(right) + " MiB",
                    row.place(),
                    "Multiply by 1,024: the field holds GB.");
        }
        Double total = row.totalMemoryMebibytes();
        if (total != null && row.count() > 1 && near(total, said, 0.01)) {
            findings.warning(
                    "total-memory-of-one",
                    row.subject(),
                    "the memory of all " + number(row.count()) + " chips is that of one",
                    number(total) + " MiB",
                    number(said * row.count()) + " MiB",
                    row.place(),
                    "Multiply by the number of chips.");
        }
    }

    /** On-demand prices of one supplier for one chip that fall into two groups: the lower is another contract. */
    private void levels(List<PriceRow> rows) {
        Map<List<String>, List<PriceRow>> groups = new LinkedHashMap<>();
        for (PriceRow row : rows) {
            Double price = row.onDemandPerChip();
            if (price != null && !isPlaceholder(price)) {
                groups.computeIfAbsent(List.of(row.provider(), row.accelerator()), key -> new ArrayList<>())
                        .add(row);
            }
        }
        groups.values().stream().filter(group -> group.size() >= 3).forEach(this::levelsOf);
    }

    private void levelsOf(List<PriceRow> group) {
        List<PriceRow> sorted = group.stream()
                .sorted(java.util.Comparator.comparingDouble(PriceCheck::regular))
                .toList();
        double lowest = regular(sorted.getFirst());
        double highest = regular(sorted.getLast());
        if (highest < lowest * LEVELS_APART) {
            return;
        }
        int split = 0;
        double widest = 1;
        for (int i = 1; i < sorted.size(); i++) {
            double gap = regular(sorted.get(i)) / regular(sorted.get(i - 1));
            if (gap > widest) {
                widest = gap;
                split = i;
            }
        }
        if (widest < GAP) {
            return;
        }
        String above = number(regular(sorted.get(split)));
        Set<String> told = new LinkedHashSet<>();
        for (PriceRow row : sorted.subList(0, split)) {
            if (told.add(row.subject())) {
                findings.warning(
                        "two-price-levels",
                        row.subject(),
                        "the on-demand price of " + row.accelerator() + " is far below that of sibling rows",
                        number(regular(row)) + " USD",
                        above + " USD or more, as in " + (sorted.size() - split) + " sibling rows",
                        row.place(),
                        "Look whether it is a commitment price, or whether the machine has fewer chips than listed.");
            }
        }
    }

    private static double regular(PriceRow row) {
        Double price = row.onDemandPerChip();
        return price == null ? 0 : price;
    }

    /** Prices far from the median of that chip over all suppliers of the catalogue. */
    private void classes(List<PriceRow> rows) {
        Map<String, List<Double>> usual = new LinkedHashMap<>();
        known.offers().values().forEach(offer -> {
            if (offer.pricePerChipHour() != null && offer.contract() instanceof io.ampacity.facts.Contract.OnDemand) {
                usual.computeIfAbsent(offer.chip(), key -> new ArrayList<>())
                        .add(offer.pricePerChipHour().value());
            }
        });
        for (PriceRow row : rows) {
            Double price = row.onDemandPerChip();
            List<Double> others = known.chip(row.accelerator())
                    .map(chip -> usual.getOrDefault(chip.id(), List.of()))
                    .orElse(List.of());
            if (price == null || isPlaceholder(price) || others.size() < 3) {
                continue;
            }
            double middle = median(others);
            if (price > middle * CLASS_APART || price < middle / CLASS_APART) {
                findings.warning(
                        "price-class-outlier",
                        row.subject(),
                        "the price is far from that of other suppliers for the same chip",
                        number(price) + " USD",
                        "about " + number(middle) + " USD",
                        row.place(),
                        "Check chip, count and currency.");
            }
        }
    }

    private void onePriceEverywhere(List<PriceRow> rows) {
        Map<String, Map<String, Set<Double>>> prices = new LinkedHashMap<>();
        Map<String, Set<String>> regions = new LinkedHashMap<>();
        Map<String, PriceRow> first = new LinkedHashMap<>();
        for (PriceRow row : rows) {
            Double price = row.onDemandPerChip();
            if (price != null) {
                prices.computeIfAbsent(row.provider(), key -> new LinkedHashMap<>())
                        .computeIfAbsent(row.instance(), key -> new LinkedHashSet<>())
                        .add(price);
                regions.computeIfAbsent(row.provider(), key -> new LinkedHashSet<>())
                        .add(row.region());
                first.putIfAbsent(row.provider(), row);
            }
        }
        prices.forEach((provider, machines) -> {
            PriceRow row = first.get(provider);
            Set<String> places = regions.getOrDefault(provider, Set.of());
            if (row != null
                    && machines.size() >= 3
                    && places.size() >= 4
                    && machines.values().stream().allMatch(each -> each.size() == 1)
                    && rows.stream()
                                    .filter(other -> other.provider().equals(provider))
                                    .count()
                            >= (long) machines.size() * places.size()) {
                findings.note(
                        "one-price-everywhere",
                        provider,
                        "every region lists every machine at one price, so the list does not tell what exists where",
                        machines.size() + " machines in " + places.size() + " regions",
                        "only the regions that have the machine",
                        row.place(),
                        "Ask the supplier which regions have it before you plan on it.");
            }
        });
    }
}
