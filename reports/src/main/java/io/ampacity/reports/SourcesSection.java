package io.ampacity.reports;

import io.ampacity.facts.Chip;
import io.ampacity.facts.Figure;
import io.ampacity.facts.LanguageModel;
import io.ampacity.facts.Region;
import io.ampacity.reports.paper.Block;
import io.ampacity.reports.paper.Cell;
import io.ampacity.reports.paper.Column;
import io.ampacity.reports.paper.Numerals;
import io.ampacity.reports.paper.PlainText;
import io.ampacity.reports.paper.Section;
import io.ampacity.reports.paper.Tone;
import io.ampacity.scenario.Plan;
import io.ampacity.scenario.Policy;
import io.ampacity.scenario.Site;
import io.ampacity.scenario.Supplier;
import io.ampacity.scenario.Workload;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Every price, intensity and data sheet the plan rests on, with its source and date. */
final class SourcesSection {

    private static final int MOST_ROWS = 200;

    private final PlanReading reading;
    private final List<List<Cell>> rows = new ArrayList<>();

    SourcesSection(PlanReading reading) {
        this.reading = reading;
    }

    Section section() {
        prices();
        sites();
        chips();
        models();
        boolean cut = rows.size() > MOST_ROWS;
        Block.Table table = new Block.Table(
                "Figures the plan rests on, with where and when they were read",
                List.of(
                        Column.text("of"),
                        Column.text("figure"),
                        Column.number("value"),
                        Column.text("source"),
                        Column.text("as of"),
                        Column.text("note")),
                cut ? rows.subList(0, MOST_ROWS) : rows,
                cut ? (rows.size() - MOST_ROWS) + " more figures are left out here." : null);
        return new Section("sources", "Assumptions and sources", new Block.InFull(List.of(table)));
    }

    private void prices() {
        Set<String> done = new LinkedHashSet<>();
        for (Plan.Capacity capacity : reading.plan.capacity()) {
            String key = capacity.site() + "/" + capacity.chip() + "/" + capacity.contract();
            Supplier supplier = reading.supplier(capacity.supplier());
            if (supplier == null || !done.add(key)) {
                continue;
            }
            for (Supplier.SiteOffer offer : supplier.offers()) {
                if (offer.id().equals(key)) {
                    String of = capacity.chip() + " at " + capacity.site() + ", " + capacity.contract();
                    double discount = supplier.discount().value();
                    String off = discount > 0 ? "list price; " + Numerals.asked(discount) + " off was negotiated" : "";
                    Figure hourly = offer.offer().pricePerChipHour();
                    Figure purchase = offer.offer().purchasePrice();
                    if (hourly != null) {
                        row(of, "price of a chip-hour", "$" + Numerals.significant(hourly.value()), hourly, off);
                    }
                    if (purchase != null) {
                        row(of, "price of a chip", Numerals.usd(purchase.value()), purchase, off);
                    }
                }
            }
        }
    }

    private void sites() {
        Set<String> used = new LinkedHashSet<>();
        reading.plan.capacity().forEach(capacity -> used.add(capacity.site()));
        for (String id : used) {
            Site site = reading.site(id);
            if (site == null) {
                continue;
            }
            String regionId = site.region();
            Region region = regionId == null
                    ? null
                    : reading.scenario.catalogue().regions().get(regionId);
            intensity(site, region);
            figure(
                    site.id(),
                    "PUE",
                    site.pue(),
                    Numerals.significant(site.pue()),
                    region == null ? null : region.pue());
            if (site.tariff() != null) {
                double usd = site.tariff().amount();
                figure(
                        site.id(),
                        "electricity price",
                        usd,
                        "$" + Numerals.significant(usd * 1000) + Numerals.JOIN + "/MWh",
                        region == null ? null : region.tariffUsdPerKilowattHour());
            }
        }
    }

    private void intensity(Site site, @Nullable Region region) {
        Policy.CarbonBasis basis = reading.scenario.policy().carbon().basis();
        String name =
                switch (basis) {
                    case AVERAGE_DIRECT -> "grid intensity, average direct";
                    case AVERAGE_LIFE_CYCLE -> "grid intensity, average life-cycle";
                    case MARGINAL -> "grid intensity, marginal";
                };
        if (site.carbonIntensity() == null) {
            rows.add(List.of(
                    Cell.text(PlainText.name(site.id())),
                    Cell.text(name),
                    Cell.text("unknown").in(Tone.BAD),
                    Cell.EMPTY,
                    Cell.EMPTY,
                    Cell.text("its carbon is not counted")));
            return;
        }
        double grams = site.carbonIntensity().amount();
        Figure figure = null;
        if (region != null) {
            figure = switch (basis) {
                case AVERAGE_DIRECT -> region.averageDirect();
                case AVERAGE_LIFE_CYCLE -> region.averageLifeCycle();
                case MARGINAL -> region.marginal();
            };
        }
        figure(site.id(), name, grams, Numerals.significant(grams) + Numerals.JOIN + "g/kWh", figure);
    }

    private void chips() {
        Set<String> used = new LinkedHashSet<>();
        reading.plan.capacity().forEach(capacity -> used.add(capacity.chip()));
        for (String id : used) {
            Chip chip = reading.scenario.catalogue().chips().get(id);
            if (chip == null) {
                continue;
            }
            chip.peakFlops()
                    .forEach((precision, figure) -> row(
                            chip.name(),
                            "dense peak, " + precision.id(),
                            Numerals.significant(figure.value() / 1e12) + Numerals.JOIN + "TFLOP/s",
                            figure,
                            ""));
            optional(chip.name(), "memory", chip.memoryBytes(), 1e9, "GB");
            optional(chip.name(), "memory bandwidth", chip.memoryBandwidth(), 1e12, "TB/s");
            optional(chip.name(), "design power", chip.tdpWatts(), 1, "W");
            optional(chip.name(), "power with its share of the server", chip.allInWatts(), 1, "W");
        }
    }

    private void models() {
        Set<String> used = new LinkedHashSet<>();
        for (Workload workload : reading.scenario.workloads()) {
            used.add(workload.model());
        }
        for (String id : used) {
            LanguageModel model = reading.scenario.catalogue().models().get(id);
            if (model != null) {
                Figure parameters = model.publishedParameters();
                rows.add(List.of(
                        Cell.text(PlainText.name(model.name())),
                        Cell.text("architecture"),
                        parameters == null
                                ? Cell.text(model.layers() + " layers")
                                : Cell.number(Numerals.many(parameters.value()) + " parameters", parameters.value()),
                        Cell.text(model.source()),
                        Cell.text(PlainText.name(model.asOf())),
                        Cell.text(model.note() == null ? "" : model.note())));
            }
        }
    }

    /** A figure of a site: the catalogue's, unless the scenario states another. */
    private void figure(String of, String what, double value, String text, @Nullable Figure known) {
        if (known != null && Math.abs(known.value() - value) <= 1e-9 * Math.max(1, Math.abs(value))) {
            row(of, what, text, known, "");
        } else {
            rows.add(List.of(
                    Cell.text(PlainText.name(of)),
                    Cell.text(what),
                    Cell.number(text, value),
                    Cell.text("the scenario"),
                    Cell.EMPTY,
                    Cell.text(known == null ? "" : "catalogue has " + Numerals.significant(known.value()))));
        }
    }

    private void optional(String of, String what, @Nullable Figure figure, double scale, String unit) {
        if (figure != null) {
            row(of, what, Numerals.significant(figure.value() / scale) + Numerals.JOIN + unit, figure, "");
        }
    }

    private void row(String of, String what, String text, Figure figure, String remark) {
        String note = figure.note();
        String both = note == null ? remark : remark.isEmpty() ? note : remark + "; " + note;
        rows.add(List.of(
                Cell.text(PlainText.of(of)),
                Cell.text(what),
                Cell.number(text, figure.value()),
                Cell.text(figure.source()),
                Cell.text(PlainText.name(figure.asOf())),
                Cell.text(both)));
    }
}
