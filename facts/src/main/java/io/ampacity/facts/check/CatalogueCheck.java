package io.ampacity.facts.check;

import static io.ampacity.facts.check.Findings.near;
import static io.ampacity.facts.check.Findings.number;

import io.ampacity.documents.Place;
import io.ampacity.facts.Catalogue;
import io.ampacity.facts.Chip;
import io.ampacity.facts.Contract;
import io.ampacity.facts.FactKind;
import io.ampacity.facts.Figure;
import io.ampacity.facts.GridProfile;
import io.ampacity.facts.LanguageModel;
import io.ampacity.facts.MonthHourTable;
import io.ampacity.facts.Offer;
import io.ampacity.facts.ParameterCount;
import io.ampacity.facts.Precision;
import io.ampacity.facts.Region;
import io.ampacity.facts.check.IntensityRow.Basis;
import io.ampacity.facts.imports.PriceRow;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Checks a catalogue against itself. A finding whose entry carries a note is explained by it. */
final class CatalogueCheck {

    private final Catalogue catalogue;
    private final Findings findings = new Findings();

    private CatalogueCheck(Catalogue catalogue) {
        this.catalogue = catalogue;
    }

    static List<Finding> of(Catalogue catalogue) {
        CatalogueCheck check = new CatalogueCheck(catalogue);
        check.chips();
        check.models();
        check.regions();
        check.grids();
        check.offers();
        return check.findings.list();
    }

    private static Place place(FactKind kind, String id) {
        return new Place("catalogue", 1, 1, kind.id() + "." + id);
    }

    private void chips() {
        for (Chip chip : catalogue.chips().values()) {
            Place place = place(FactKind.CHIPS, chip.id());
            ChipRow row = new ChipRow(
                    chip.id(),
                    chip.year(),
                    value(chip.peakFlops().get(Precision.BF16)),
                    value(chip.peakFlops().get(Precision.FP8)),
                    value(chip.peakFlops().get(Precision.FP4)),
                    value(chip.memoryBytes()),
                    value(chip.memoryBandwidth()),
                    value(chip.tdpWatts()),
                    value(chip.scaleUpBandwidth()),
                    place);
            String reason = chip.memoryBytes() != null && chip.memoryBytes().note() != null
                    ? chip.memoryBytes().note()
                    : chip.note();
            findings.addAll(explained(ChipCheck.own(List.of(row), catalogue), reason));
            if (chip.allInWatts() != null
                    && chip.tdpWatts() != null
                    && chip.allInWatts().value() < chip.tdpWatts().value()) {
                findings.error(
                        "all-in-below-tdp",
                        chip.id(),
                        "the power with host and network is below that of the chip alone",
                        number(chip.allInWatts().value()) + " W",
                        "above " + number(chip.tdpWatts().value()) + " W",
                        place,
                        "Check which of the two is a mean.");
            }
        }
    }

    private static List<Finding> explained(List<Finding> found, @Nullable String reason) {
        return reason == null
                ? found
                : found.stream().map(finding -> finding.explained(reason)).toList();
    }

    private static @Nullable Double value(@Nullable Figure figure) {
        return figure == null ? null : figure.value();
    }

    private void models() {
        for (LanguageModel model : catalogue.models().values()) {
            Figure published = model.publishedParameters();
            double counted = ParameterCount.of(model).total();
            if (published != null && !near(counted, published.value(), 0.05)) {
                findings.error(
                        "parameter-count",
                        model.id(),
                        "the architecture does not hold the parameters the model is said to have",
                        number(counted / 1e9) + " B",
                        number(published.value() / 1e9) + " B",
                        place(FactKind.MODELS, model.id()),
                        "Check layers, feed-forward size and experts.");
            }
        }
    }

    private void regions() {
        for (Region region : catalogue.regions().values()) {
            Place place = place(FactKind.REGIONS, region.id());
            Figure direct = region.averageDirect();
            Figure lifeCycle = region.averageLifeCycle();
            if (direct != null && lifeCycle != null && direct.value() > lifeCycle.value()) {
                findings.error(
                        "direct-above-life-cycle",
                        region.id(),
                        "direct emissions are above life-cycle ones, which contain them",
                        number(direct.value()) + " gCO2e/kWh",
                        "at most " + number(lifeCycle.value()) + " gCO2e/kWh",
                        place,
                        "Look whether the two are of the same year, or swapped.");
            }
            findings.addAll(IntensityCheck.of(List.of(row(region, place)), catalogue));
            if (region.gridProfile() != null
                    && catalogue.grid(region.gridProfile()).isEmpty()) {
                unknown("grid", region.gridProfile(), region.id(), place, FactKind.GRIDS);
            }
        }
    }

    private static IntensityRow row(Region region, Place place) {
        return new IntensityRow(
                region.provider(),
                region.id().substring(region.id().indexOf(':') + 1),
                "",
                "",
                value(region.averageDirect()),
                Basis.DIRECT,
                value(region.marginal()),
                null,
                value(region.pue()),
                value(region.wue()),
                value(region.carbonFreeEnergy()),
                place);
    }

    private void grids() {
        for (GridProfile grid : catalogue.grids().values()) {
            Place place = place(FactKind.GRIDS, grid.id());
            range(grid, "carbon intensity", grid.carbonDirect(), 0, 1500, place);
            range(grid, "price", grid.price(), -1, 10, place);
            if (grid.carbonDirect() == null) {
                continue;
            }
            double mean = grid.carbonDirect().mean();
            for (Region region : catalogue.regions().values()) {
                if (grid.id().equals(region.gridProfile())
                        && region.averageDirect() != null
                        && !near(mean, region.averageDirect().value(), 0.08)) {
                    findings.warning(
                            "profile-differs-from-region",
                            region.id(),
                            "the yearly mean of the grid's profile is not the region's direct intensity",
                            number(mean) + " gCO2e/kWh",
                            number(region.averageDirect().value()) + " gCO2e/kWh",
                            place,
                            "Look whether one of them is life-cycle, or of another year.");
                }
            }
        }
    }

    private void range(
            GridProfile grid, String what, @Nullable MonthHourTable table, double least, double most, Place place) {
        if (table == null) {
            return;
        }
        double low = Double.POSITIVE_INFINITY;
        double high = Double.NEGATIVE_INFINITY;
        for (int month = 1; month <= 12; month++) {
            for (int hour = 0; hour < 24; hour++) {
                low = Math.min(low, table.at(month, hour));
                high = Math.max(high, table.at(month, hour));
            }
        }
        if (low < least || high > most || low == high) {
            findings.error(
                    "out-of-range",
                    grid.id(),
                    "the " + what + " of the profile is " + (low == high ? "constant" : "out of any range"),
                    number(low) + " to " + number(high),
                    number(least) + " to " + number(most),
                    place,
                    "Check the unit.");
        }
    }

    private void offers() {
        Map<String, List<Offer>> entries = new LinkedHashMap<>();
        for (Offer offer : catalogue.offers().values()) {
            Place place = place(FactKind.OFFERS, offer.id());
            if (catalogue.chip(offer.chip()).isEmpty()) {
                unknown("chip", offer.chip(), offer.id(), place, FactKind.CHIPS);
            }
            if (offer.region() != null && catalogue.region(offer.region()).isEmpty()) {
                unknown("region", offer.region(), offer.id(), place, FactKind.REGIONS);
            }
            String entry = offer.id().substring(0, Math.max(0, offer.id().lastIndexOf('/')));
            entries.computeIfAbsent(entry, key -> new ArrayList<>()).add(offer);
        }
        List<PriceRow> rows = new ArrayList<>();
        Map<String, String> notes = new LinkedHashMap<>();
        entries.forEach((entry, offers) -> {
            PriceRow row = row(entry, offers);
            rows.add(row);
            if (offers.getFirst().note() != null) {
                notes.put(row.place().toString(), offers.getFirst().note());
            }
        });
        for (Finding finding : PriceCheck.of(rows, catalogue)) {
            String note = notes.get(finding.where());
            findings.addAll(List.of(note == null ? finding : finding.explained(note)));
        }
    }

    private static PriceRow row(String entry, List<Offer> offers) {
        Offer first = offers.getFirst();
        double count = first.chipsPerInstance();
        Double regular = null;
        Double spot = null;
        for (Offer offer : offers) {
            if (offer.pricePerChipHour() != null) {
                double machine = offer.pricePerChipHour().value() * count;
                switch (offer.contract()) {
                    case Contract.OnDemand() -> regular = machine;
                    case Contract.Spot() -> spot = machine;
                    case Contract.Reserved reserved -> {}
                    case Contract.Purchase purchase -> {}
                }
            }
        }
        return new PriceRow(
                first.supplier(),
                first.region() == null ? "" : first.region(),
                "",
                first.instance() == null ? first.chip() : first.instance(),
                first.chip(),
                count,
                regular,
                spot,
                null,
                null,
                place(FactKind.OFFERS, entry));
    }

    private void unknown(String what, String name, String subject, Place place, FactKind kind) {
        List<String> near = catalogue.suggestions(kind, name);
        findings.error(
                "unknown-reference",
                subject,
                "there is no " + what + " \"" + name + "\"",
                name,
                near.isEmpty() ? "a known " + what : String.join(" or ", near),
                place,
                "Correct the name, or add it to the facts.");
    }
}
